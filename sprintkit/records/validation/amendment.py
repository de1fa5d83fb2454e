"""Validates amendments as they are written.

The limits that still apply after everybody has signed are in `records.amendment_limits`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any, Final

from sprintkit.charter import paths
from sprintkit.charter.blank import is_blank
from sprintkit.charter.findings import ERROR
from sprintkit.charter.model import Charter
from sprintkit.charter.parsing import ParsedCharter, parse_lenient
from sprintkit.charter.settings import DEFAULT_SETTINGS, Settings
from sprintkit.errors import Problem
from sprintkit.records.amendment import Amendment
from sprintkit.records.amendment_limits import header_refusals, metric_refusals, plan_refusals
from sprintkit.records.base import StoredRecord
from sprintkit.records.editorial import classify_wording
from sprintkit.records.in_force import DigestOf, Version, altered_reasons_of, apply_amendment
from sprintkit.records.issues import IssueCollector
from sprintkit.records.progress_log import accepted_milestones, blockers_by_id, has_result
from sprintkit.records.record_set import RecordIssues, RecordSet, RuleCheck
from sprintkit.text.numbers import format_figure, natural_order

_COST_TOLERANCE: Final = 0.005
"""Half of the smallest coin."""


def amendment_issues(records: RecordSet, check: RuleCheck | None = None) -> RecordIssues:
    """Validate the amendments of a sprint, each on top of those that apply before it."""
    if records.document is None:
        return
    entries = records.entries()
    blocker_ids = set(blockers_by_id(entries))
    ordered = sorted(records.amendments, key=_order)
    place = {id(stored.record): index for index, stored in enumerate(ordered)}
    versions, _ = records.judged_amendments()
    reported = 0
    for index, stored in enumerate(ordered):
        amendment = stored.record
        earlier = [other.record for other in ordered[:index]]
        known_entries = [entry for entry in entries if entry.week < amendment.from_week]
        acceptances = accepted_milestones(known_entries, records.charter_by_week)
        before = _version_before(stored.record, versions, records.digest_of) or [
            version.document
            for version in versions
            if version.amendment is None or place[id(version.amendment)] < index
        ][-1]  # fmt: skip
        problems = validate_amendment(
            amendment,
            before,
            earlier,
            accepted=set(acceptances),
            is_metric_fixed=has_result(known_entries, acceptances.values()),
            blockers=blocker_ids,
            check=check,
            digest_of=records.digest_of,
        )
        log_problems = validate_amendment_log([*earlier, amendment])
        problems.extend(problem for problem in log_problems[reported:] if problem not in problems)
        reported = len(log_problems)
        problems = [problem for problem in problems if problem.code != "id_used"]
        if same := [other.path for other in ordered[:index] if other.record.id == amendment.id]:
            message = f"id of {stored.path} is '{amendment.id}', and so is that of {', '.join(same)}."
            problems.append(Problem("repeated_id", message, None, "Whoever names it could mean either."))
        yield stored.path, problems


def _version_before(
    amendment: Amendment, versions: Sequence[Version], digest_of: DigestOf | None
) -> Mapping[str, Any] | None:
    """The charter before an amendment, if it is in force or was written for the charter in force; else None."""
    for earlier, version in pairwise(versions):
        if version.amendment is amendment:
            return earlier.document
    latest = versions[-1].document
    is_latest = digest_of is not None and amendment.digest_before == digest_of(latest)
    return latest if is_latest else None


def _order(stored: StoredRecord[Amendment]) -> tuple[int, bool, date, tuple[tuple[int, int, str], ...]]:
    amendment = stored.record
    return (
        amendment.from_week,
        amendment.signed_on is None,
        amendment.signed_on or amendment.requested_on,
        natural_order(stored.path),
    )


def validate_amendment(
    amendment: Amendment,
    document: Mapping[str, Any],
    earlier: Sequence[Amendment] = (),
    *,
    accepted: Collection[str] = (),
    is_metric_fixed: bool = False,
    blockers: Collection[str] | None = None,
    check: RuleCheck | None = None,
    settings: Settings = DEFAULT_SETTINGS,
    digest_of: DigestOf | None = None,
) -> list[Problem]:
    """All problems of an amendment.

    `document` is the charter in force before it, `earlier` are the amendments so far, `accepted` the ids of accepted
    milestones, `is_metric_fixed` whether the metric has a result, `blockers` the ids of all blockers (None skips the
    check). `check` runs the charter's rules: an error that the charter did not have before is a problem. With
    `digest_of`, so is a `digest_after` that does not follow from the changes.
    """
    before = parse_lenient(document)
    issues = IssueCollector(amendment, before.charter)
    _check_header(issues, amendment, earlier, blockers)
    for refusal in header_refusals(amendment):
        issues.add(*refusal)
    result, mismatches = apply_amendment(document, amendment)
    for mismatch in mismatches:
        issues.add(f"changes[{mismatch.change_index}].{mismatch.code}", mismatch.code, f"{mismatch.message}.")
    if amendment.kind == "editorial":
        _check_editorial(issues, amendment, document)
    if not mismatches and amendment.decision in ("approve", None):
        for reason in altered_reasons_of(amendment, document, result, digest_of):
            issues.add("digest_after", "digest_after", reason.removeprefix("digest_after "))
    if not mismatches:
        after = parse_lenient(result)
        _check_cost(issues, amendment, before.charter, after.charter)
        known_faults = {(fault.kind, fault.path) for fault in before.faults}
        for fault in after.faults:
            if (fault.kind, fault.path) not in known_faults:
                issues.add("changes", fault.kind, f"would leave a charter that is refused: {fault.message}")
        limit = settings.accepted_points_up
        for refusal in plan_refusals(before.charter, after.charter, accepted, limit):
            issues.add(*refusal)
        if is_metric_fixed and amendment.kind != "editorial":
            for refusal in metric_refusals(before.charter, after.charter):
                issues.add(*refusal)
        if check is not None:
            _check_rules(issues, before, after, check)
    return issues.problems


def validate_amendment_log(amendments: Sequence[Amendment]) -> list[Problem]:
    """Problems between amendments: an id used twice, or two that start from the same charter."""
    problems = []
    for field, code in (("id", "id_used"), ("digest_before", "same_digest_before")):
        first_ids: dict[str, str] = {}
        for amendment in amendments:
            value = getattr(amendment, field)
            if value is None or is_blank(value):
                continue
            if field == "digest_before" and amendment.decision != "approve":
                continue
            if value in first_ids:
                message = f"{field} of {amendment.id} is also that of {first_ids[value]}: {value[:12]}."
                hint = "Write one of them again, on top of the other." if code != "id_used" else None
                problems.append(Problem(code, message, None, hint))
            first_ids.setdefault(value, amendment.id)
    return problems


def _check_header(
    issues: IssueCollector,
    amendment: Amendment,
    earlier: Sequence[Amendment],
    blockers: Collection[str] | None,
) -> None:
    if any(other.id == amendment.id for other in earlier) and not is_blank(amendment.id):
        next_id = next_amendment_id(other.id for other in earlier)
        message = f"is '{amendment.id}', which was used before."
        issues.add("id", "id_used", message, f"Write another one: {next_id}.")
    issues.require_person("requested_by", amendment.requested_by)
    if blockers is not None and amendment.because_of is not None:
        issues.require_known("because_of", amendment.because_of, blockers, "blocker")
    first_week = max((other.from_week for other in earlier if other.decision == "approve"), default=1)
    if amendment.from_week < first_week:
        hint = "It cannot count from a week before that of an earlier amendment." if first_week > 1 else None
        issues.add("from_week", "from_week", f"is {amendment.from_week}, before week {first_week}.", hint)
    for field in ("digest_before", "digest_after"):
        digest = getattr(amendment, field)
        if digest is not None:
            issues.require_digest(field, digest)
    for index, person in enumerate(amendment.signed_by):
        issues.require_person(f"signed_by[{index}]", person)
    if amendment.signed_by and amendment.signed_on is None:
        issues.add("signed_on", "missing", "is missing: on which day did the last of them sign?")
    if amendment.signed_on is not None and not amendment.signed_by:
        issues.add("signed_by", "missing", "is missing: who signed?")


def next_amendment_id(taken: Iterable[str]) -> str:
    """An id that no amendment has used."""
    folded = {name.casefold() for name in taken}
    return next(name for number in range(1, 10_000) if (name := f"A{number}").casefold() not in folded)


def _check_cost(issues: IssueCollector, amendment: Amendment, before: Charter, after: Charter) -> None:
    """Report a stated change of cost, which people sign, that differs from the change of the sprint's cost."""
    difference = cost_difference(before.budget.sprint_cost, after.budget.sprint_cost)
    if difference is not None and abs(amendment.cost_change - difference) > _COST_TOLERANCE:
        message = f"is {format_figure(amendment.cost_change)}, and budget.sprint_cost changes by {format_figure(difference)}."
        issues.add("cost_change", "cost_change", message, f"Write {format_figure(difference)}.")


def cost_difference(old: float | None, new: float | None) -> float | None:
    """By how much what the sprint costs changes; None if it does not."""
    difference = (new or 0.0) - (old or 0.0)
    return difference if abs(difference) > _COST_TOLERANCE else None


def _check_editorial(issues: IssueCollector, amendment: Amendment, document: Mapping[str, Any]) -> None:
    """An editorial amendment changes only the wording of texts, and no number in them."""
    for index, change in enumerate(amendment.changes):
        try:
            pattern = paths.path_pattern(paths.resolve(document, change.path))
        except paths.PathError:
            continue
        wording = classify_wording(pattern, change.old, change.new)
        if wording == "not_text":
            message = f"is '{change.path}', which is not a text; an editorial amendment changes only wording."
            hint = "Say which kind it is: scope, plan, person, …"
            issues.add(f"changes[{index}].path", "not_editorial", message, hint)
        elif wording == "number":
            message = "changes a number in the text; an editorial amendment changes only wording."
            issues.add(f"changes[{index}].new", "not_editorial", message)
        elif wording == "promise":
            message = "begins with another word, which says what is promised; an editorial amendment changes only wording."
            issues.add(f"changes[{index}].new", "not_editorial", message)


def _check_rules(
    issues: IssueCollector, before: ParsedCharter, after: ParsedCharter, check: RuleCheck
) -> None:
    known = {(finding.rule, finding.path) for finding in check(before)}
    for finding in check(after):
        if finding.severity == ERROR and (finding.rule, finding.path) not in known:
            message = f"would leave an error, {finding.rule} at {finding.path}: {finding.message}"
            issues.add("changes", finding.rule, message)
