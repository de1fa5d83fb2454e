"""Lists the weeks that a form can be opened for: those with a check-in to correct, and those without one."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.form.field import display_name
from sprintkit.actions.load_sprint import load_records
from sprintkit.charter.model import Charter
from sprintkit.errors import RefusedError
from sprintkit.progress.weeks import Weeks
from sprintkit.records.checkin import CheckIn
from sprintkit.text.dates import format_day


class FormWeek(NamedTuple):
    """A week that has begun."""

    number: int
    on: date
    """The date of its check-in; its check-in day if it has none."""
    has_entry: bool
    about: str
    """Its check-in, summarised in one line."""


def list_weeks(context: WorkspaceContext, slug: str) -> list[FormWeek]:
    """The weeks up to today, the last one first.

    Raises RefusedError if there is no charter with a start, InputError.
    """
    sprint = load_records(context, slug)
    charter = sprint.charter_in(sprint.week_of(context.today), context.today)
    calendar = Weeks.from_charter(charter)
    if calendar is None:
        raise RefusedError(
            f"{slug} has no start yet, so it has no weeks",
            code="no_start",
            hint=f"Use: sprintkit scope {slug}",
        )
    entries = {entry.week: entry for entry in sprint.entries()}
    last = min(calendar.week_of(context.today), calendar.count)
    weeks = []
    for number in sorted({*range(1, last + 1), *entries}, reverse=True):
        entry = entries.get(number)
        if entry is None:
            day = min(calendar.checkin_on(number), context.today)
            weeks.append(FormWeek(number, day, has_entry=False, about="no check-in yet"))
        else:
            weeks.append(FormWeek(number, entry.on, has_entry=True, about=_describe_entry(entry, charter)))
    return weeks


def _describe_entry(entry: CheckIn, charter: Charter) -> str:
    ids = ", ".join(acceptance.id for acceptance in entry.accepted)
    accepted = f"accepted {ids}" if ids else "nothing accepted"
    return f"{format_day(entry.on)}, {display_name(charter, entry.by)}: {accepted}"
