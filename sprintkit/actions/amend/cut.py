"""Proposes the cut that a health reason suggests, as an amendment that can be completed and saved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, TypedDict

from sprintkit.actions.amend.amend import SignerData, preview_on
from sprintkit.actions.amend.basis import AmendmentBasis, build_basis, load_basis
from sprintkit.actions.amend.changes import cut_changes
from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.result import Result
from sprintkit.actions.sprint_view import SprintView
from sprintkit.charter import paths
from sprintkit.charter.findings import ERROR
from sprintkit.errors import RefusedError
from sprintkit.progress.cut import BLOCKER_REASONS, LATE_REASONS, Cut, Weights, propose_cut
from sprintkit.progress.progress import Progress
from sprintkit.records.amendment import Change
from sprintkit.records.in_force import Version, apply_changes
from sprintkit.text.numbers import format_figure


class CutProposal(NamedTuple):
    """A cut and the amendment that makes it."""

    cut: Cut
    record: dict[str, Any]
    """The content of the amendment's file; people may improve the wording of its reason."""
    summary: str
    """`M6 goes; M7 gets 33 points, M8 17`."""


class ProposalData(TypedDict):
    """The `data` of `amend --propose-cut`. Nothing is written."""

    slug: str
    path: None
    code: str
    """The health reason that suggests the cut."""
    clears: bool
    """Whether the cut removes that reason."""
    health: str | None
    """With the amendment in force from its week."""
    signers: list[SignerData]
    summary: str
    record: dict[str, Any]
    """The amendment, for `--from`."""


def find_cut(basis: AmendmentBasis, code: str | None = None) -> CutProposal | None:
    """The cut that the first health reason, or the reason `code`, suggests; None if none does, or nothing can be cut.

    The cut is one that `amend` accepts: it leaves everything that the rules require.
    """
    if basis.closing is not None:
        return None
    week = basis.progress.as_of_week or 1

    def try_cut(removed: Sequence[str], weights: Weights) -> Progress:
        document = _document_without(basis, removed, weights)
        return basis.progress_with(Version(week, document, None, basis.context.today))

    amendable_ids = {str(paths.item_name(item)) for item in _milestones(basis.document)}
    if not {state.id for state in basis.progress.milestones} <= amendable_ids:
        return None  # the text to amend is later than the one of the last check-in

    def try_allowed_cut(removed: Sequence[str], weights: Weights) -> Progress | None:
        return try_cut(removed, weights) if _is_allowed(basis, removed, weights) else None

    cut = propose_cut(basis.progress, try_cut, code)
    if cut is not None and not _is_allowed(basis, cut.removed, cut.weights):
        # Checking a text is slow, and nearly all cuts are allowed: so the first try goes without it.
        cut = propose_cut(basis.progress, try_allowed_cut, code)
    return None if cut is None else _proposal(basis, cut)


def _is_allowed(basis: AmendmentBasis, removed: Sequence[str], weights: Weights) -> bool:
    """Whether an amendment may make a cut, that is, whether the cut causes no error finding."""
    findings = basis.new_findings(_document_without(basis, removed, weights))
    return not any(finding.severity == ERROR for finding in findings)


def _document_without(basis: AmendmentBasis, removed: Sequence[str], weights: Weights) -> Mapping[str, Any]:
    """The text without some milestones, and with other points."""
    changes = cut_changes(basis.document, removed, weights)
    return apply_changes(basis.document, [Change.model_validate(change) for change in changes])[0]


def _milestones(document: Mapping[str, Any]) -> list[Any]:
    plan = document.get("plan")
    milestones = plan.get("milestones") if isinstance(plan, Mapping) else None
    return milestones if isinstance(milestones, list) else []


def _proposal(basis: AmendmentBasis, cut: Cut) -> CutProposal:
    titles = {state.id: state.milestone.title or state.id for state in basis.progress.milestones}
    record: dict[str, Any] = {
        "id": basis.next_id,
        "requested_by": basis.usual_requester,
        "requested_on": basis.context.today,
        "kind": "plan",
        "reason": f"{cut.reason.code}: {cut.reason.short_message}",
    }
    if cut.reason.code in BLOCKER_REASONS:
        record["because_of"] = cut.reason.about
    record |= {
        "changes": cut_changes(basis.document, cut.removed, cut.weights),
        "gives_up": [titles[milestone_id] for milestone_id in cut.removed],
        "gains": [],
        "deadline_change_days": 0,
        "cost_change": 0.0,
        "from_week": cut.from_week,
    }
    return CutProposal(cut, record, describe_cut(cut.removed, cut.weights))


def describe_cut(removed: Sequence[str], weights: Weights) -> str:
    """`M6 goes; M7 gets 33 points, M8 17`."""
    verb = "goes" if len(removed) == 1 else "go"
    shares = [f"{milestone_id} {format_figure(points)}" for milestone_id, points in weights.items()]
    if not shares:
        return f"{_join(removed)} {verb}"
    first, *rest = shares
    milestone_id, points = first.rsplit(" ", 1)
    noun = "point" if points == "1" else "points"
    return f"{_join(removed)} {verb}; {', '.join([f'{milestone_id} gets {points} {noun}', *rest])}"


def _join(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def cut_for_page(context: WorkspaceContext, view: SprintView) -> CutProposal | None:
    """The cut that a health reason on a sprint's page suggests; None if nothing can be amended."""
    codes = {reason.code for reason in view.progress.reasons}
    if view.state in ("scoping", "broken", "due") or not codes & {*LATE_REASONS, *BLOCKER_REASONS}:
        return None
    try:
        return find_cut(build_basis(context, view.sprint, view.progress))
    except RefusedError:
        return None


def propose_cut_record(context: WorkspaceContext, slug: str) -> Result[ProposalData]:
    """The amendment with the cut that a health reason suggests. Writes nothing.

    Raises RefusedError if there is no charter, no reason suggests a cut, or nothing can be cut; InputError.
    """
    basis = load_basis(context, slug)
    proposal = find_cut(basis)
    if proposal is None:
        raise RefusedError(
            f"no health reason of {slug} asks for a cut that would help",
            code="no_cut",
            hint=f"See the reasons: sprintkit status {slug}",
        )
    preview = preview_on(basis, proposal.record)
    signers = preview.classification.signers if preview.classification else ()
    return Result(
        {
            "slug": slug,
            "path": None,
            "code": proposal.cut.reason.code,
            "clears": proposal.cut.clears,
            "health": preview.after.health if preview.after else None,
            "signers": [{"party": party, "person": person} for party, person in signers],
            "summary": proposal.summary,
            "record": proposal.record,
        },
        notes=(f"{proposal.summary}. Complete it, then: sprintkit amend {slug} --from FILE",),
    )
