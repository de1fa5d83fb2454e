"""Validates check-ins."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from sprintkit.charter.blank import is_blank
from sprintkit.charter.going_live import LIVE
from sprintkit.charter.model import Charter
from sprintkit.charter.paths import quote_key
from sprintkit.errors import Problem
from sprintkit.records.calendar import week_number
from sprintkit.records.checkin import VOTE_RANGE, AcceptedMilestone, CheckIn
from sprintkit.records.closing import Closing
from sprintkit.records.correction import apply_corrections
from sprintkit.records.issues import IssueCollector, file_name_problem, known_hint
from sprintkit.records.kinds import CHECKIN, RecordKind
from sprintkit.records.progress_log import (
    Blocker,
    accepted_milestones,
    blockers_by_id,
    latest_slips,
    milestones_by_id,
    verifier,
)
from sprintkit.records.record_set import RecordIssues, RecordSet, RuleCheck
from sprintkit.text.dates import format_date


def checkin_issues(records: RecordSet, check: RuleCheck | None = None) -> RecordIssues:
    """Validate the check-ins of a sprint with their corrections applied."""
    closing = records.closings[0].record if records.closings else None
    corrected = {
        stored.path: apply_corrections([stored.record], records.corrections)[0] for stored in records.checkins
    }
    for path, entry in corrected.items():
        others = [other for other_path, other in corrected.items() if other_path != path]
        problems = validate_checkin(
            entry,
            records.charter_by_week(entry.week),
            others,
            closing if closing is not None and entry.on > closing.on else None,
            charter_at=records.charter_by_week,
        )
        problems.extend(week_name_problems(CHECKIN, path, entry.week))
        problems.extend(_incomparable_reading(entry, records.charter_by_week(entry.week)))
        yield path, problems


def _incomparable_reading(entry: CheckIn, charter: Charter) -> Iterator[Problem]:
    """A warning about a reading that another recipe measured than the baseline; it keeps no record from counting."""
    recipe, baseline = entry.metric and entry.metric.recipe_digest, charter.success_metric.recipe_digest
    if recipe and baseline and recipe != baseline:
        message = (
            f"metric.recipe_digest is {recipe[:12]}, and the baseline was measured by recipe {baseline[:12]}: "
            "the reading is not comparable."
        )
        yield Problem("not_comparable", message, None, "Read it by the baseline's recipe.")


def week_name_problems(kind: RecordKind, path: str, week: int) -> list[Problem]:
    """A problem if a record of `week` lies in a file that is named after another week."""
    match = kind.match_path(path)
    if match is None or int(match[1]) == week:
        return []
    return [file_name_problem("week", str(week), path.rpartition("/")[2])]


def validate_checkin(
    entry: CheckIn,
    charter: Charter,
    others: Sequence[CheckIn] = (),
    closing: Closing | None = None,
    *,
    charter_at: Callable[[int], Charter] | None = None,
) -> list[Problem]:
    """All problems of a check-in.

    `charter` is the one in force in the entry's week. `others` are all other entries with their corrections
    applied. `closing` is the closing before the entry, if there is one. `charter_at` gives the charter in force in
    an earlier week, if that may differ.
    """
    issues = IssueCollector(entry, charter)
    _check_week(issues, entry, charter, others)
    if closing is not None:
        message = f"is {format_date(entry.on)}, and the sprint was closed on {format_date(closing.on)}."
        hint = "A closed sprint takes no more check-ins; a month of operating is a review."
        issues.add("on", "closed", message, hint)
    issues.require_person("by", entry.by)
    earlier = [other for other in others if other.week < entry.week]
    _check_milestones(issues, entry, charter, earlier, charter_at or (lambda week: charter))
    _check_slips(issues, entry, charter, earlier, charter_at or (lambda week: charter))
    _check_blockers(issues, entry, charter, others, earlier)
    _check_readings(issues, entry, charter)
    for index, vote in enumerate(entry.votes):
        if vote not in VOTE_RANGE:
            issues.add(f"votes[{index}]", "vote", f"is {vote}.", "A vote is 1, 2, 3, 4 or 5.")
    for index, promise in enumerate(entry.ready):
        issues.require_person(f"ready[{index}].by", promise.by)
    return issues.problems


def _check_week(issues: IssueCollector, entry: CheckIn, charter: Charter, others: Sequence[CheckIn]) -> None:
    start = charter.timeline.start
    if start is None:
        issues.add("week", "no_start", "cannot be checked: the charter has no start.", "Set timeline.start.")
        return
    actual_week = week_number(start, entry.on)
    day = format_date(entry.on)
    if actual_week < 1:
        issues.add("on", "before_start", f"is {day}, before the sprint starts on {format_date(start)}.")
    if entry.week != actual_week and not (entry.week < 1 and actual_week < 1):
        hint = f"Write: week = {actual_week}" if actual_week >= 1 else None
        issues.add("week", "wrong_week", f"is {entry.week}, but {day} lies in week {actual_week}.", hint)
    elif entry.week < 1:
        issues.add("week", "wrong_week", f"is {entry.week}; the first week is 1.")
    duplicate = next((other for other in others if other.week == entry.week), None)
    if duplicate is not None:
        message = f"is {entry.week}, which already has an entry of {format_date(duplicate.on)}."
        hint = "An entry is never edited: add a correction, or reopen what was accepted."
        issues.add("week", "week_twice", message, hint)


def _check_milestones(
    issues: IssueCollector,
    entry: CheckIn,
    charter: Charter,
    earlier: Sequence[CheckIn],
    charter_at: Callable[[int], Charter],
) -> None:
    milestones = milestones_by_id(charter)
    acceptances = accepted_milestones(earlier, charter_at)
    for index, reopened in enumerate(entry.reopened):
        path = f"reopened[{index}].id"
        is_known = issues.require_known(path, reopened.id, milestones, "milestone")
        if is_known and reopened.id not in acceptances:
            message = f"is '{reopened.id}', which is not accepted."
            issues.add(path, "not_accepted", message, known_hint(acceptances))
    for index, accepted in enumerate(entry.accepted):
        path = f"accepted[{index}]"
        is_person = issues.require_person(f"{path}.by", accepted.by)
        issues.require_person(f"{path}.instead_of", accepted.instead_of)
        if issues.require_known(f"{path}.id", accepted.id, milestones, "milestone"):
            if is_person:
                _check_verifier(issues, path, accepted, charter)
            _check_live_since(issues, path, accepted, entry, charter)


def _check_verifier(issues: IssueCollector, path: str, accepted: AcceptedMilestone, charter: Charter) -> None:
    """A milestone is accepted by its verifier, or by the owner's deputy, who says for whom and why."""
    named = verifier(milestones_by_id(charter)[accepted.id], charter)
    deputy = charter.owner.deputy
    if accepted.by == named:
        if accepted.instead_of not in (None, named):
            message = f"is '{accepted.instead_of}', but '{accepted.by}' is the verifier of {accepted.id}."
            issues.add(f"{path}.instead_of", "not_verifier", message, "Leave it out.")
        return
    if accepted.by != deputy or is_blank(deputy):
        deputy = None if deputy == named else deputy
        alternative = f", or in their place by '{deputy}', with a reason" if deputy else ""
        message = f"is '{accepted.by}'; {accepted.id} is accepted by '{named}'{alternative}."
        hint = f'Write: by = "{deputy}", instead_of = "{named}" and a reason' if deputy else None
        issues.add(f"{path}.by", "not_verifier", message, hint)
        return
    if accepted.instead_of != named:
        message = f"must be '{named}': '{accepted.by}' is not the verifier of {accepted.id}, but the owner's deputy."
        issues.add(f"{path}.instead_of", "stand_in", message, f'Write: instead_of = "{named}"')
    if is_blank(accepted.reason):
        message = f"is missing: why does '{accepted.by}' accept {accepted.id} instead of '{named}'?"
        issues.add(f"{path}.reason", "stand_in", message)


def _check_live_since(
    issues: IssueCollector, path: str, accepted: AcceptedMilestone, entry: CheckIn, charter: Charter
) -> None:
    live_ids = [
        milestone_id
        for milestone_id, milestone in milestones_by_id(charter).items()
        if milestone.category == LIVE
    ]
    path = f"{path}.live_since"
    if accepted.live_since is None:
        if accepted.id in live_ids:
            message = f"is missing: since which day is it live? {accepted.id} is the milestone of going live."
            issues.add(path, "live_since", message, f"Write: live_since = {entry.on}")
        return
    if live_ids and accepted.id not in live_ids:
        message = f"does not belong to {accepted.id}: {', '.join(live_ids)} is of category live."
        issues.add(path, "live_since", message, "Leave it out here.")
    elif accepted.live_since > entry.on:
        message = f"is {format_date(accepted.live_since)}, after the day of this entry."
        issues.add(path, "live_since", message)


def _check_slips(
    issues: IssueCollector,
    entry: CheckIn,
    charter: Charter,
    earlier: Sequence[CheckIn],
    charter_at: Callable[[int], Charter],
) -> None:
    """A slip names a milestone that is still open, and a later week than planned; the planned one ends a slip."""
    milestones = milestones_by_id(charter)
    earlier_slips = latest_slips(earlier)
    acceptances = accepted_milestones([*earlier, entry], charter_at)
    named: set[str] = set()
    for index, slip in enumerate(entry.slips):
        path = f"slips[{index}]"
        if not issues.require_known(f"{path}.id", slip.id, milestones, "milestone"):
            continue
        due_week = milestones[slip.id].due_week
        if slip.id in named:
            issues.add(f"{path}.id", "slip_twice", f"is '{slip.id}', which this entry names already.")
        elif slip.id in acceptances:
            message = f"is '{slip.id}', which is accepted and cannot slip."
            issues.add(f"{path}.id", "accepted", message, "Reopen it first, if it is not done.")
        elif slip.expected_week < entry.week:
            message = f"is {slip.expected_week}, and this is week {entry.week}."
            issues.add(
                f"{path}.expected_week", "expected_week", message, "Name a week that is still to come."
            )
        elif due_week is not None and slip.expected_week <= due_week:
            if slip.expected_week == due_week and slip.id in earlier_slips:
                continue
            message = f"is {slip.expected_week}, and {slip.id} is due in week {due_week}."
            hint = f"A slip names a later week than {due_week}."
            issues.add(f"{path}.expected_week", "no_slip", message, hint)
        named.add(slip.id)


def _check_blockers(
    issues: IssueCollector,
    entry: CheckIn,
    charter: Charter,
    others: Sequence[CheckIn],
    earlier: Sequence[CheckIn],
) -> None:
    used_ids = {opened.id for other in others for opened in other.opened}
    milestones = milestones_by_id(charter)
    for index, opened in enumerate(entry.opened):
        path = f"opened[{index}]"
        if opened.id in used_ids and not is_blank(opened.id):
            hint = "A blocker that comes back is a new one with a new id."
            issues.add(f"{path}.id", "id_used", f"is '{opened.id}', which was used before.", hint)
        used_ids.add(opened.id)
        issues.require_person(f"{path}.holder", opened.holder)
        for number, milestone_id in enumerate(opened.stops):
            issues.require_known(f"{path}.stops[{number}]", milestone_id, milestones, "milestone")
    opened_only = entry.model_copy(update={"updated": [], "closed": []})
    blockers = blockers_by_id([*earlier, opened_only])
    for index, updated in enumerate(entry.updated):
        path = f"updated[{index}]"
        _require_open_blocker(issues, f"{path}.id", updated.id, blockers)
        issues.require_person(f"{path}.holder", updated.holder)
        if is_blank(updated.holder) and updated.due_week is None:
            message = "changes nothing: it has neither a new holder nor a new due week."
            issues.add(path, "no_change", message, "Write: holder, due_week, or both")
    for index, closed in enumerate(entry.closed):
        if _require_open_blocker(issues, f"closed[{index}].id", closed.id, blockers):
            del blockers[closed.id]


def _require_open_blocker(
    issues: IssueCollector, path: str, blocker_id: str, blockers: Mapping[str, Blocker]
) -> bool:
    """Whether there is an open blocker with this id; if not, record a problem."""
    if is_blank(blocker_id):
        return False
    open_ids = [blocker.id for blocker in blockers.values() if blocker.is_open]
    if blocker_id in open_ids:
        return True
    if blocker_id in blockers:
        message = f"is '{blocker_id}', which was closed in week {blockers[blocker_id].closed_week}."
        issues.add(path, "blocker_closed", message, "Open a new blocker with a new id.")
    else:
        message = f"is '{blocker_id}', which is not an open blocker."
        issues.add(path, "unknown_blocker", message, f"Open: {', '.join(open_ids) or 'none'}.")
    return False


def _check_readings(issues: IssueCollector, entry: CheckIn, charter: Charter) -> None:
    metric = entry.metric
    if metric is not None and metric.from_ > metric.to:
        message = f"is {format_date(metric.from_)}, after its end, {format_date(metric.to)}."
        issues.add("metric.from", "from_after_to", message)
    for name in ("recipe_digest", "file_digest"):
        digest = None if metric is None else getattr(metric, name)
        if digest is not None:
            issues.require_digest(f"metric.{name}", digest)
    guardrail_ids = [guardrail.id for guardrail in charter.success_metric.guardrails if guardrail.id]
    for guardrail_id in entry.guardrails:
        issues.require_known(
            f"guardrails.{quote_key(guardrail_id)}", guardrail_id, guardrail_ids, "guardrail"
        )
