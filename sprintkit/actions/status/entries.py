"""The entries of sprints in listings: computed from their files, and cached for as long as they stay the same.

An entry is valid until a file of the sprint or the settings change, or until a day on which it may change
(`progress.change_days`). Along with today's entry, those of the next one to four weeks are computed: models are parsed
once for all of them, and on each new day only some sprints have to be read again.
"""

from __future__ import annotations

from binascii import crc32
from datetime import date, timedelta

from sprintkit.store.workspace import SETTINGS_FILE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from sprintkit.actions.context import WorkspaceContext
    from sprintkit.actions.load_sprint import Sprint
    from sprintkit.actions.review.basis import OperatingData
    from sprintkit.actions.sprint_view import SprintView
    from sprintkit.progress.change_days import DayDependence
    from sprintkit.store.cache.listing import SprintIndex

    Entry = dict[str, Any]
    """See `read_entry`."""

LEAST_DAYS_AHEAD = 7
MORE_DAYS_AHEAD = 21
"""Varies by sprint, so that sprints that were computed on one day are not all computed again on the same day."""


def cache_key(index: SprintIndex, today: str) -> str:
    """The key of a cached listing: what it depends on apart from the sprints' files and the program."""
    return f"{today} {_settings_key(index)}"


def cached_entry(index: SprintIndex, slug: str, today: date) -> Entry | None:
    """The cached entry of a sprint on a day; None if it has to be computed.

    The index stores spans: the first day, the day after the last one, and the entry of these days.
    """
    day = today.toordinal()
    for first_day, end_day, entry in index.get(slug, _settings_key(index)) or ():
        if first_day <= day < end_day:
            return dict(entry)
    return None


def cache_entries(context: WorkspaceContext, index: SprintIndex, slug: str) -> Entry:
    """As `read_entry`, and store the entry and those of the coming days in the index, if it can store them.

    An entry with problems is not cached, because restoring the permission to read a file does not change its mtime.
    """
    from sprintkit.actions.load_sprint import load_records
    from sprintkit.progress.change_days import next_change_day

    sprint = load_records(context, slug, is_known=True)
    first = entry = _entry_of(context, sprint)
    if entry["problems"] or not index.can_store(slug):
        return first
    dependence = _day_dependence(context, sprint)
    days_ahead = LEAST_DAYS_AHEAD + crc32(slug.encode(errors="surrogateescape")) % MORE_DAYS_AHEAD
    day, spans = context.today, []
    last_day = day + timedelta(days=min(days_ahead, (date.max - day).days))
    while day < last_day:
        next_day = next_change_day(dependence, day, last_day)
        spans.append((day.toordinal(), next_day.toordinal(), _sharing_equal_parts(entry, first)))
        day = next_day
        if day < last_day:
            entry = _entry_of(context.on_day(day), sprint)
    index.put(slug, _settings_key(index), spans)
    return first


def read_entry(context: WorkspaceContext, slug: str) -> Entry:
    """The entry of one of the workspace's sprints, computed from its files, in values that the index can store.

    `row` (a StatusRow), `problems`, `briefs` (a short message for each reason), `due` (the date of the check-in that
    is due, or None), `parked` (see `_parked_holders`), `waiting` (see `_waiting_people`), `ending` (see `_ending`),
    `operating` (an OperatingData, or None), `metric` and `blockers` (see `board_facts`).
    """
    from sprintkit.actions.load_sprint import load_records

    return _entry_of(context, load_records(context, slug, is_known=True))


def list_entries(context: WorkspaceContext, index: SprintIndex) -> list[Entry]:
    """The entries of all sprints, in order of their folders' names; computed entries are cached."""
    entries = [
        cached_entry(index, slug, context.today) or cache_entries(context, index, slug)
        for slug in index.slugs
    ]
    index.close()
    return entries


def row_with_needs(entry: Entry) -> dict[str, Any]:
    """The row of an entry, with the values that its position in a list depends on."""
    needs = {"checkin_due": entry["due"], "waiting": entry["waiting"], "operating": entry["operating"]}
    return {**entry["row"], **needs}


def _settings_key(index: SprintIndex) -> str:
    return index.file_stamp(SETTINGS_FILE)


def _entry_of(context: WorkspaceContext, sprint: Sprint) -> Entry:
    from sprintkit.actions.sprint_view import build_view, next_checkin_due
    from sprintkit.actions.status.board_facts import metric_facts, past_blockers

    view = build_view(context, sprint)
    due = next_checkin_due(view)
    return {
        "row": view.row,
        "problems": [list(problem) for problem in view.problems],
        "briefs": [str(reason.short_message) for reason in view.progress.reasons]
        if view.row["reasons"]
        else [],
        "due": due and due.isoformat(),
        "parked": _parked_holders(view),
        "waiting": _waiting_people(context, view),
        "ending": _ending(context, view),
        "operating": _operating_needs(context, view),
        "metric": metric_facts(context, view),
        "blockers": past_blockers(view),
    }


def _day_dependence(context: WorkspaceContext, sprint: Sprint) -> DayDependence:
    from sprintkit.charter.parsing import parse_lenient
    from sprintkit.progress.change_days import find_day_dependence
    from sprintkit.progress.weeks import Weeks

    charters = [sprint.filled_charter, sprint.reading.charter]
    if sprint.amendments:
        charters += [parse_lenient(version.document).charter for version in sprint.judged_amendments()[0]]
    return find_day_dependence(
        [file.document for file in sprint.files.loaded],
        [weeks for charter in charters if (weeks := Weeks.from_charter(charter)) is not None],
        has_months=bool(sprint.closings),
        settings=context.settings,
    )


def _sharing_equal_parts(entry: Entry, first: Entry) -> Entry:
    """The entry with the objects of the first one where they are equal, so that they are written once."""
    return {
        key: first[key]
        if value == first[key]
        else _sharing_equal_parts(value, first[key])
        if isinstance(value, dict) and isinstance(first[key], dict) and value.keys() == first[key].keys()
        else value
        for key, value in entry.items()
    }


def _ending(context: WorkspaceContext, view: SprintView) -> dict[str, Any] | None:
    """`sentence`, what was decided at the end; None while the sprint is open."""
    from sprintkit.actions.status.attention import CLOSED_STATES

    if view.state not in CLOSED_STATES:
        return None
    from sprintkit.actions.close.assessment import current_ending

    assessment = current_ending(context, view)
    return None if assessment is None else {"sentence": str(assessment.sentence)}


def _parked_holders(view: SprintView) -> list[list[str]]:
    """Name of the holder and due date ("" if there is none) of each parked question, the earliest first."""
    holders = []
    for question in view.sprint.reading.charter.parked:
        if question.path:
            person = view.charter.people.get(question.holder or "")
            name = (person.name if person else None) or question.holder or ""
            holders.append([name, question.due.isoformat() if question.due else ""])
    return sorted(holders, key=lambda holder: holder[1] or "~")


def _waiting_people(context: WorkspaceContext, view: SprintView) -> list[list[Any]]:
    """Name, date and whether it is a rejection, of everybody whose decision others wait for, the longest first."""
    if not (view.sprint.signatures or view.sprint.amendments):
        return []
    from sprintkit.actions.sign.signing_status import list_waiting

    return [
        [entry.name, entry.since.isoformat(), entry.is_rejection]
        for entry in list_waiting(view.sprint, context.today)
    ]


def _operating_needs(context: WorkspaceContext, view: SprintView) -> OperatingData | None:
    if view.state != "operating":
        return None
    from sprintkit.actions.review.basis import operating_needs, sprint_operation

    return operating_needs(sprint_operation(view.sprint, context.today, context.settings))
