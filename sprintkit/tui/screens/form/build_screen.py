"""Builds the screens of forms: this week's check-in, an earlier week, the closing, the review of a month."""

from __future__ import annotations

from typing import Any

from textual.screen import Screen

from sprintkit.actions.checkin.weeks import list_weeks
from sprintkit.actions.checkin.which_form import open_due_form
from sprintkit.actions.close.close_form import open_closing_form
from sprintkit.actions.context import WorkspaceContext
from sprintkit.errors import RefusedError
from sprintkit.tui.screens.form.screen import FormScreen
from sprintkit.tui.screens.form.weeks import WeeksScreen


def build_checkin_screen(context: WorkspaceContext, slug: str) -> Screen[Any]:
    """Return the check-in that was begun, else this week's, else a correction of it.

    Raises RefusedError, InputError.
    """
    opened = open_due_form(context, slug)
    return FormScreen(opened.form, opened.notice)


def build_review_screen(context: WorkspaceContext, slug: str) -> Screen[Any]:
    """Return the review that was begun, else that of the first month without one. Raises RefusedError, InputError."""
    from sprintkit.actions.review.review_form import open_review_form  # few open it

    opened = open_review_form(context, slug)
    return FormScreen(opened.form, opened.notice)


def build_closing_screen(context: WorkspaceContext, slug: str) -> Screen[Any]:
    """Return the form of a closing: the one that was begun, else a new one. Raises RefusedError, InputError."""
    form, notice = open_closing_form(context, slug)
    return FormScreen(form, notice)


def build_weeks_screen(context: WorkspaceContext, slug: str) -> Screen[Any]:
    """Return a dialog to choose a week whose check-in is corrected, or written if it was missed.

    Raises RefusedError, InputError.
    """
    weeks = list_weeks(context, slug)
    if not weeks:
        raise RefusedError(
            f"{slug} has not started, so no week has a check-in",
            code="no_entry",
            hint="The first check-in can be written once it starts.",
        )
    return WeeksScreen(context, slug, weeks)
