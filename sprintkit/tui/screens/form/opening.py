"""Which form opens: the week's check-in, or that of an earlier week, or a correction of one that is there."""

from __future__ import annotations

from typing import Any

from textual.screen import Screen

from sprintkit.actions.checkin.correction_form import CorrectionForm
from sprintkit.actions.checkin.form import CheckInForm
from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.form.weeks import weeks
from sprintkit.actions.status.attention import day
from sprintkit.errors import RefusedError
from sprintkit.tui.screens.form.screen import FormScreen
from sprintkit.tui.screens.form.weeks import WeeksScreen


def checkin(desk: WorkspaceContext, slug: str) -> Screen[Any]:
    """The check-in that is begun, else this week's, else a correction of it. Raises RefusedError, InputError."""
    form = CheckInForm(desk, slug)
    week = form.prepared.week
    if form.begun_on != desk.today and form.draft.load():
        return FormScreen(
            form, f"Begun for {day(form.begun_on)}, week {week}, and not saved: finish it, or discard it."
        )
    if not form.exists:
        return FormScreen(form)
    notice = f"Week {week} has its check-in, which stays as it is; this puts it right."
    return FormScreen(CorrectionForm(desk, slug, week), notice)


def earlier(desk: WorkspaceContext, slug: str) -> Screen[Any]:
    """A week to choose: its entry is put right, or written where it was missed. Raises RefusedError, InputError."""
    found = weeks(desk, slug)
    if not found:
        raise RefusedError(
            f"{slug} has not begun, so no week of it has a check-in",
            code="no_entry",
            hint="A check-in can be written from its start on.",
        )
    return WeeksScreen(desk, slug, found)
