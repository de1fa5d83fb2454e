"""The weeks of a sprint that a form can be about: those with an entry to put right, and those that missed theirs."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.form.field import name_of
from sprintkit.actions.sprint_records import load
from sprintkit.actions.status.attention import day
from sprintkit.charter.model import Charter
from sprintkit.errors import RefusedError
from sprintkit.progress.weeks import Weeks
from sprintkit.records.checkin import CheckIn


class Week(NamedTuple):
    """A week that has begun."""

    number: int
    on: date
    """The day of its entry; its check-in day where it has none."""
    has_entry: bool
    about: str
    """What its entry says, in a line."""


def weeks(desk: WorkspaceContext, slug: str) -> list[Week]:
    """The weeks up to today, the last one first. Raises RefusedError without a charter that has a start, InputError."""
    sprint = load(desk, slug)
    charter = sprint.charter_in(sprint.week_of(desk.today), desk.today)
    plan = Weeks.of(charter)
    if plan is None:
        raise RefusedError(
            f"{slug} has no start yet, so no week of it can be told",
            code="no_start",
            hint=f"Use: sprintkit scope {slug}",
        )
    there = {one.week: one for one in sprint.entries()}
    last = min(plan.week_of(desk.today), plan.count)
    found = []
    for number in sorted({*range(1, last + 1), *there}, reverse=True):
        entry = there.get(number)
        on = entry.on if entry else min(plan.checkin_on(number), desk.today)
        found.append(
            Week(number, on, entry is not None, _about(entry, charter) if entry else "no check-in yet")
        )
    return found


def _about(entry: CheckIn, charter: Charter) -> str:
    accepted = ", ".join(one.id for one in entry.accepted)
    done = f"accepted {accepted}" if accepted else "nothing accepted"
    return f"{day(entry.on)}, {name_of(charter, entry.by)}: {done}"
