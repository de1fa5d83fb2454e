"""An amendment: what it is, who signs it, what it would change, and saving it as proposed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypedDict, final

from sprintkit.actions import save_document
from sprintkit.actions.amend.basis import AmendmentBasis, load_basis
from sprintkit.actions.amend.objections import blocking_warnings
from sprintkit.actions.amend.problems import DECISION_ENOUGH, amendment_problems, empty_change_problems
from sprintkit.actions.amendment_states import list_amendments
from sprintkit.actions.check.findings import summarise_findings
from sprintkit.actions.check.report import FindingsSummary
from sprintkit.actions.compare.changes import FieldChange, describe_changes
from sprintkit.actions.compare.differences import ChangeData
from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.form.record_form import Preview
from sprintkit.actions.normalise import normalise_record, normalise_value
from sprintkit.actions.result import Result
from sprintkit.actions.sprint_view import ReasonData
from sprintkit.charter import paths
from sprintkit.charter.findings import Finding
from sprintkit.charter.parsing import parse_lenient
from sprintkit.charter.question_bank import place_of
from sprintkit.errors import ExitCode, InputError
from sprintkit.records.amendment import Amendment
from sprintkit.records.in_force import Version, apply_amendment
from sprintkit.records.kinds import AMENDMENT
from sprintkit.records.parsing import parse_record
from sprintkit.records.signatories import signers
from sprintkit.signoff.canonical import content_digest
from sprintkit.signoff.change_class import ChangeClass, Classification, classify_changes


class SignerData(TypedDict):
    """A person who must sign an amendment, and for which party."""

    party: str
    person: str


_ClassData = TypedDict("_ClassData", {"class": ChangeClass | None})


class RefusedAmendmentData(_ClassData):
    """The `data` of `amend` for a record that was refused."""

    slug: str
    path: str | None
    id: str | None
    signers: list[SignerData]
    digest_before: str | None
    digest_after: str | None


@final
class AmendData(RefusedAmendmentData):
    """The `data` of `amend`: what was written, and the figures of the sprint with it, as in `StatusRow`."""

    from_week: int
    changes: list[ChangeData]
    lines: list[str]
    """Each change as a sentence."""
    health: str | None
    """With the amendment in force from its week."""
    health_before: str | None
    reasons: list[ReasonData]
    as_of_week: int | None
    weeks: int | None
    planned: float | None
    earned: float | None
    earned_schedule: float | None
    forecast_kind: float | None
    forecast_pace: float | None
    missing_at_deadline: list[str]
    points_at_deadline: float | None
    findings: FindingsSummary
    """Findings about the new text that the old one did not have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendmentPreview(Preview):
    """What an amendment would change."""

    basis: AmendmentBasis
    classification: Classification | None = None
    """None if the record cannot be parsed."""
    document: Mapping[str, Any] | None = None
    """The resulting text; None if the changes do not apply to the current one."""
    changes: tuple[FieldChange, ...] = ()
    findings: tuple[Finding, ...] = ()
    """Findings about the new text that the old one did not have."""

    @property
    def amendment(self) -> Amendment | None:
        """The record; None if it cannot be parsed."""
        return self.entry if isinstance(self.entry, Amendment) else None


def preview_amendment(
    context: WorkspaceContext, slug: str, record: Mapping[str, Any], source_path: str | None = None
) -> AmendmentPreview:
    """The class of an amendment, what it would change, and all its problems. Writes nothing.

    Raises RefusedError if there is no charter, or nothing about it can be amended any more; InputError.
    """
    return preview_on(load_basis(context, slug), record, source_path)


def preview_on(
    basis: AmendmentBasis, record: Mapping[str, Any], source_path: str | None = None
) -> AmendmentPreview:
    """As `preview_amendment`, on a basis that is already loaded."""
    context = basis.context
    try:
        amendment = parse_record(Amendment, _normalise(record), source_path)
    except InputError as error:
        return AmendmentPreview(
            problems=error.problems, entry=None, before=basis.progress, after=None, basis=basis
        )
    before = basis.document
    after, mismatches = apply_amendment(before, amendment)
    findings = basis.new_findings(after)
    classification = _classify(basis, amendment, after, findings)
    problems = amendment_problems(basis, amendment, classification, findings, None if mismatches else after)
    version = Version(amendment.from_week, after, amendment, context.today)
    return AmendmentPreview(
        problems=tuple(dict.fromkeys(problem._replace(path=source_path) for problem in problems)),
        entry=amendment,
        before=basis.progress,
        after=basis.progress if mismatches else basis.progress_with(version),
        headline=_headline(amendment, classification, basis),
        basis=basis,
        classification=classification,
        document=None if mismatches else after,
        changes=tuple(describe_changes(before, after)),
        findings=findings,
    )


def record_amendment(
    context: WorkspaceContext,
    slug: str,
    record: Mapping[str, Any],
    at: datetime,
    source_path: str | None = None,
) -> Result[RefusedAmendmentData]:
    """Write an amendment to its own file. Without `decision` it is proposed, and its signatures decide.

    If the record is refused, all its problems are reported at once: exit code 1, or 2 if a value has the wrong type or a
    key is unknown. `at` is the current time, which distinguishes two amendments with the same file name. Raises
    RefusedError if there is no charter or nothing can be amended any more, InputError, WriteError.
    """
    preview = preview_amendment(context, slug, record, source_path)
    amendment, after = preview.amendment, preview.document
    if amendment is None or after is None or preview.problems:
        codes = {problem.code for problem in preview.problems}
        if amendment is None and codes & {"wrong_type", "unknown_key"}:
            return Result(None, preview.problems, ExitCode.USAGE)
        return Result(_refused_data(preview), preview.problems, ExitCode.NO)
    path = _free_path(context, preview.basis, amendment, at)
    document = {
        "schema": 1,
        **_normalise(record),
        "digest_before": content_digest(preview.basis.document),
        "digest_after": content_digest(after),
    }
    ordered = save_document.order_keys(Amendment, document)
    saved = save_document.save_document(context, path, ordered, AMENDMENT.name, expected=None)
    names = {**_names(preview.basis.document), **_names(after)}
    return Result(_amend_data(preview, saved.path), notes=tuple(_notes(preview)), names=names)


def _names(document: Mapping[str, Any]) -> dict[str, str]:
    """The names of people by their keys."""
    people = parse_lenient(document).charter.people
    return {key: person.name for key, person in people.items() if person.name}


def describe_class(classification: Classification, basis: AmendmentBasis) -> str:
    """The class of the changes in one sentence: `An amendment, to be signed by …`."""
    if classification.change_class == "decision":
        return f"Within the charter: {DECISION_ENOUGH}."
    if classification.change_class == "new_charter":
        return f"A new charter. {' '.join(classification.reasons)}"
    people = basis.charter.people
    names: dict[str, list[str]] = {}
    for party, person in classification.signers:
        names.setdefault((people[person].name if person in people else None) or person, []).append(party)
    signing = "; ".join(f"{name} ({', '.join(parties)})" for name, parties in names.items())
    noun = "Editorial" if classification.change_class == "editorial" else "An amendment"
    return f"{noun}, to be signed by {signing or 'nobody'}."


def _headline(amendment: Amendment, classification: Classification, basis: AmendmentBasis) -> str:
    """As `describe_class`; empty as long as nothing changes."""
    return "" if any(empty_change_problems(amendment)) else describe_class(classification, basis)


def _normalise(record: Mapping[str, Any]) -> dict[str, Any]:
    """The record with normalised text. New values of charter fields are normalised as in the charter."""
    normalised = normalise_record(Amendment, record)
    changes = normalised.get("changes")
    if isinstance(changes, list):
        normalised["changes"] = [_normalise_change(change) for change in changes]
    return normalised


def _normalise_change(change: Any) -> Any:
    if not isinstance(change, Mapping) or not isinstance(change.get("path"), str):
        return change
    try:
        parts = paths.parse(change["path"])
    except paths.PathError:
        return change
    place = place_of(parts)
    return {key: normalise_value(place, value) if key == "new" else value for key, value in change.items()}


def _classify(
    basis: AmendmentBasis, amendment: Amendment, after: Mapping[str, Any], findings: tuple[Finding, ...]
) -> Classification:
    """The class of an amendment. Changes of wording are editorial only if the record says so; else all parties sign."""
    classification = classify_changes(
        basis.document,
        amendment.changes,
        has_result=basis.has_result,
        additions=basis.additions,
        gains=bool(amendment.gains),
        adds_finding=bool(findings),
    )
    if classification.change_class == "editorial" and amendment.kind != "editorial":
        return classification._replace(
            change_class="amendment", signers=tuple(signers(amendment, basis.document, after))
        )
    return classification


def _free_path(context: WorkspaceContext, basis: AmendmentBasis, amendment: Amendment, at: datetime) -> str:
    """The path of a new amendment, with the time in its name if the plain name is taken."""
    path = context.workspace.record_path(
        basis.sprint.slug,
        AMENDMENT,
        on=amendment.requested_on.isoformat(),
        change=amendment.kind,
        person=amendment.requested_by,
    )
    taken = (stored.path for stored in basis.sprint.amendments)
    return save_document.first_free_path(path, (f"-{at:%H%M}", f"-{at:%H%M%S}"), taken)


def _signer_data(preview: AmendmentPreview) -> list[SignerData]:
    required = preview.classification.signers if preview.classification else ()
    return [{"party": party, "person": person} for party, person in required]


def _refused_data(preview: AmendmentPreview) -> RefusedAmendmentData:
    amendment, classification, after = preview.amendment, preview.classification, preview.document
    return {
        "slug": preview.basis.sprint.slug,
        "path": None,
        "id": None if amendment is None else amendment.id,
        "class": None if classification is None else classification.change_class,
        "signers": _signer_data(preview),
        "digest_before": content_digest(preview.basis.document),
        "digest_after": None if after is None else content_digest(after),
    }


def _amend_data(preview: AmendmentPreview, path: str) -> AmendData:
    assert preview.amendment is not None and preview.after is not None
    figures = preview.after.as_dict()
    return {
        **_refused_data(preview),
        "path": path,
        "from_week": preview.amendment.from_week,
        "changes": [change.as_data() for change in preview.changes],
        "lines": [change.sentence for change in preview.changes],
        "health": figures["health"],
        "health_before": preview.before.health,
        "reasons": figures["reasons"],
        "as_of_week": figures["as_of_week"],
        "weeks": figures["weeks"],
        "planned": figures["planned"],
        "earned": figures["earned"],
        "earned_schedule": figures["earned_schedule"],
        "forecast_kind": figures["forecast_kind"],
        "forecast_pace": figures["forecast_pace"],
        "missing_at_deadline": figures["missing_at_deadline"],
        "points_at_deadline": figures["points_at_deadline"],
        "findings": summarise_findings(preview.findings),
    }


def _notes(preview: AmendmentPreview) -> Iterator[str]:
    """Notes for the user on an amendment that was written."""
    amendment, basis, classification = preview.amendment, preview.basis, preview.classification
    assert amendment is not None and classification is not None
    today = basis.context.today
    if amendment.signed_by:
        yield "It names who signed it elsewhere; that counts as recorded, not as signed."
    elif amendment.decision in (None, "approve"):
        yield f"Proposed: it counts from week {amendment.from_week} on, once everybody it names has signed."
    if amendment.kind != "editorial" and all(
        change.change_class == "editorial" for change in classification.by_change
    ):
        yield 'Its changes are wording alone: with kind = "editorial" only sponsor and owner sign.'
    if blocking := blocking_warnings(preview.findings):
        rules = ", ".join(dict.fromkeys(finding.rule for finding in blocking))
        yield (
            f"Nobody can sign it while {rules} stands: a change that adds to waivers says why it may stay. Take it back "
            f"with: sprintkit amend {basis.sprint.slug} --withdraw {amendment.id}"
        )
    if amendment.requested_on > today:
        yield (
            f"It is dated {amendment.requested_on}, after today ({today}): it is named, and can be signed, from that "
            "day on."
        )
    as_of_week = preview.before.as_of_week
    if as_of_week is not None and amendment.from_week < as_of_week:
        yield (
            f"It counts from week {amendment.from_week}, before week {as_of_week}, as of which the sprint stands: "
            "the weeks since then are measured by it as well."
        )
    if basis.sprint.draft_pending:
        yield "A changed draft lies beside the charter: nobody can sign until it is saved or discarded."
    digest = content_digest(basis.document)
    undecided = [
        entry["path"]
        for entry in list_amendments(basis.sprint, today)
        if entry["state"] in ("proposed", "signed")
    ]
    rivals = [
        stored.record.id
        for stored in basis.sprint.amendments
        if stored.path in undecided and stored.record.digest_before == digest
    ]
    if rivals:
        yield f"{', '.join(rivals)} would change the same text: the first in force makes the others stale."
