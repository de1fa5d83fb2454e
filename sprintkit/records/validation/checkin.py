"""What a check-in is refused for."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sprintkit.charter.blank import is_blank
from sprintkit.charter.model import Charter
from sprintkit.charter.paths import quote_key
from sprintkit.errors import Problem
from sprintkit.records.calendar import week_of
from sprintkit.records.checkin import VOTES, Accepted, CheckIn
from sprintkit.records.closing import Closing
from sprintkit.records.progress_log import Blocker, accepted_milestones, blockers, milestones, verifier
from sprintkit.records.validation.issues import IssueCollector, known
from sprintkit.text.dates import format_date


def validate_checkin(
    entry: CheckIn,
    charter: Charter,
    others: Sequence[CheckIn] = (),
    closing: Closing | None = None,
    *,
    charter_at: Callable[[int], Charter] | None = None,
) -> list[Problem]:
    """Everything a check-in is refused for.

    `charter` is the one in force in the entry's week, `others` are all other entries with their corrections
    applied, `closing` is the closing if there is one, `charter_at` gives the charter in force in an earlier week
    where that differs.
    """
    telling = IssueCollector(entry, charter)
    _week(telling, entry, charter, others)
    if closing is not None:
        telling.tell(
            "on",
            "closed",
            f"is {format_date(entry.on)}, and the sprint was closed on {format_date(closing.on)}.",
            "A closed sprint takes no more check-ins; a month of operating is a review.",
        )
    telling.person("by", entry.by)
    earlier = [other for other in others if other.week < entry.week]
    _milestones(telling, entry, charter, earlier, charter_at or (lambda week: charter))
    _blockers(telling, entry, charter, others, earlier)
    _readings(telling, entry, charter)
    for at, vote in enumerate(entry.votes):
        if vote not in VOTES:
            telling.tell(f"votes[{at}]", "vote", f"is {vote}.", "A vote is 1, 2, 3, 4 or 5.")
    for at, ready in enumerate(entry.ready):
        telling.person(f"ready[{at}].by", ready.by)
    return telling.problems


def _week(telling: IssueCollector, entry: CheckIn, charter: Charter, others: Sequence[CheckIn]) -> None:
    start = charter.timeline.start
    if start is None:
        telling.tell("week", "no_start", "cannot be told: the charter has no start.", "Set timeline.start.")
        return
    right = week_of(start, entry.on)
    day = format_date(entry.on)
    if right < 1:
        telling.tell("on", "before_start", f"is {day}, before the sprint starts on {format_date(start)}.")
    if entry.week != right and not (entry.week < 1 and right < 1):
        told = f"is {entry.week}, but {day} lies in week {right}."
        hint = f"Write: week = {right}" if right >= 1 else None
        telling.tell("week", "wrong_week", told, hint)
    elif entry.week < 1:
        telling.tell("week", "wrong_week", f"is {entry.week}; the first week is 1.")
    same = next((other for other in others if other.week == entry.week), None)
    if same is not None:
        telling.tell(
            "week",
            "week_twice",
            f"is {entry.week}, which has an entry of {format_date(same.on)}.",
            "An entry is never edited: put it right by a correction, or reopen what was accepted.",
        )


def _milestones(
    telling: IssueCollector,
    entry: CheckIn,
    charter: Charter,
    earlier: Sequence[CheckIn],
    charter_at: Callable[[int], Charter],
) -> None:
    there = milestones(charter)
    stand = accepted_milestones(earlier, charter_at)
    for at, reopened in enumerate(entry.reopened):
        path = f"reopened[{at}].id"
        if telling.among(path, reopened.id, there, "milestone") and reopened.id not in stand:
            telling.tell(path, "not_accepted", f"is '{reopened.id}', which is not accepted.", known(stand))
    for at, accepted in enumerate(entry.accepted):
        path = f"accepted[{at}]"
        is_person = telling.person(f"{path}.by", accepted.by)
        telling.person(f"{path}.instead_of", accepted.instead_of)
        if telling.among(f"{path}.id", accepted.id, there, "milestone"):
            if is_person:
                _verifier(telling, path, accepted, charter)
            _live_since(telling, path, accepted, entry, charter)


def _verifier(telling: IssueCollector, path: str, accepted: Accepted, charter: Charter) -> None:
    """Whether it is accepted by its verifier, or by the owner's deputy who says for whom and why."""
    named = verifier(milestones(charter)[accepted.id], charter)
    deputy = charter.owner.deputy
    if accepted.by == named:
        if accepted.instead_of not in (None, named):
            told = f"is '{accepted.instead_of}', but '{accepted.by}' is the verifier of {accepted.id}."
            telling.tell(f"{path}.instead_of", "not_verifier", told, "Leave it out.")
        return
    if accepted.by != deputy or is_blank(deputy):
        deputy = None if deputy == named else deputy
        stand_in = f", or in their place by '{deputy}', with a reason" if deputy else ""
        told = f"is '{accepted.by}'; {accepted.id} is accepted by '{named}'{stand_in}."
        hint = f'Write: by = "{deputy}", instead_of = "{named}" and a reason' if deputy else None
        telling.tell(f"{path}.by", "not_verifier", told, hint)
        return
    if accepted.instead_of != named:
        told = f"must be '{named}': '{accepted.by}' is not the verifier of {accepted.id}, but the owner's deputy."
        telling.tell(f"{path}.instead_of", "stand_in", told, f'Write: instead_of = "{named}"')
    if is_blank(accepted.reason):
        told = f"is missing: why does '{accepted.by}' accept {accepted.id} instead of '{named}'?"
        telling.tell(f"{path}.reason", "stand_in", told)


def _live_since(
    telling: IssueCollector, path: str, accepted: Accepted, entry: CheckIn, charter: Charter
) -> None:
    live = [key for key, one in milestones(charter).items() if one.category == "live"]
    if accepted.live_since is None:
        if accepted.id in live:
            told = f"is missing: since which day is it live? {accepted.id} is the milestone of going live."
            telling.tell(f"{path}.live_since", "live_since", told, f"Write: live_since = {entry.on}")
        return
    if live and accepted.id not in live:
        told = f"does not belong to {accepted.id}: {', '.join(live)} is of category live."
        telling.tell(f"{path}.live_since", "live_since", told, "Leave it out here.")
    elif accepted.live_since > entry.on:
        told = f"is {format_date(accepted.live_since)}, after the day of this entry."
        telling.tell(f"{path}.live_since", "live_since", told)


def _blockers(
    telling: IssueCollector,
    entry: CheckIn,
    charter: Charter,
    others: Sequence[CheckIn],
    earlier: Sequence[CheckIn],
) -> None:
    used = {opened.id for other in others for opened in other.opened}
    there = milestones(charter)
    for at, opened in enumerate(entry.opened):
        path = f"opened[{at}]"
        if opened.id in used and not is_blank(opened.id):
            told = f"is '{opened.id}', which was used before."
            telling.tell(
                f"{path}.id", "id_used", told, "A blocker that comes back is a new one with a new id."
            )
        used.add(opened.id)
        telling.person(f"{path}.holder", opened.holder)
        for number, stopped in enumerate(opened.stops):
            telling.among(f"{path}.stops[{number}]", stopped, there, "milestone")
    so_far = blockers([*earlier, entry.model_copy(update={"updated": [], "closed": []})])
    for at, updated in enumerate(entry.updated):
        path = f"updated[{at}]"
        _is_open(telling, f"{path}.id", updated.id, so_far)
        telling.person(f"{path}.holder", updated.holder)
        if is_blank(updated.holder) and updated.due_week is None:
            told = "changes nothing: it has neither a new holder nor a new week to be due in."
            telling.tell(path, "no_change", told, "Write: holder, due_week, or both")
    for at, closed in enumerate(entry.closed):
        if _is_open(telling, f"closed[{at}].id", closed.id, so_far):
            so_far = {key: one for key, one in so_far.items() if key != closed.id}


def _is_open(telling: IssueCollector, path: str, blocker: str, so_far: dict[str, Blocker]) -> bool:
    if is_blank(blocker):
        return False
    still = [key for key, one in so_far.items() if one.is_open]
    if blocker in still:
        return True
    if blocker in so_far:
        told = f"is '{blocker}', which was closed in week {so_far[blocker].closed_week}."
        telling.tell(path, "blocker_closed", told, "Open a new blocker with a new id.")
    else:
        told = f"is '{blocker}', which is no open blocker."
        telling.tell(path, "unknown_blocker", told, f"Open: {', '.join(still) or 'none'}.")
    return False


def _readings(telling: IssueCollector, entry: CheckIn, charter: Charter) -> None:
    metric = entry.metric
    if metric is not None and metric.from_ > metric.to:
        told = f"is {format_date(metric.from_)}, after its end, {format_date(metric.to)}."
        telling.tell("metric.from", "from_after_to", told)
    guardrails = [one.id for one in charter.success_metric.guardrails if one.id]
    for name in entry.guardrails:
        telling.among(f"guardrails.{quote_key(name)}", name, guardrails, "guardrail")
