"""Which form opens: the week's check-in, or that of an earlier week, or a correction of one that is there."""

from __future__ import annotations

from typing import Any

from textual.screen import Screen

from sprintkit.actions.checkin.opening import open_due_form
from sprintkit.actions.checkin.weeks import list_weeks
from sprintkit.actions.context import WorkspaceContext
from sprintkit.errors import RefusedError
from sprintkit.tui.screens.form.screen import FormScreen
from sprintkit.tui.screens.form.weeks import WeeksScreen


def checkin(desk: WorkspaceContext, slug: str) -> Screen[Any]:
    """The check-in that is begun, else this week's, else a correction of it. Raises RefusedError, InputError."""
    opened = open_due_form(desk, slug)
    return FormScreen(opened.form, opened.notice)


def earlier(desk: WorkspaceContext, slug: str) -> Screen[Any]:
    """A week to choose: its entry is put right, or written where it was missed. Raises RefusedError, InputError."""
    found = list_weeks(desk, slug)
    if not found:
        raise RefusedError(
            f"{slug} has not begun, so no week of it has a check-in",
            code="no_entry",
            hint="A check-in can be written from its start on.",
        )
    return WeeksScreen(desk, slug, found)
