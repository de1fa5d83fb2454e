"""Builds the screens of forms: the check-in, an earlier week, an amendment, the closing, the review of a month."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from textual.screen import Screen

from sprintkit.actions.amend.form import AmendmentForm
from sprintkit.actions.checkin.weeks import list_weeks
from sprintkit.actions.checkin.which_form import open_due_form
from sprintkit.actions.close.close_form import open_closing_form
from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.sign.moment import moment_on
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


def build_amendment_screen(
    context: WorkspaceContext, slug: str, *, with_cut: bool = False, again: str | None = None
) -> Screen[Any]:
    """Return the amendment that was begun, else an empty one, or with the cut that a health reason asks for.

    `again` is the id of an amendment that is written once more. Raises RefusedError, InputError.
    """

    def now() -> datetime:
        return moment_on(context.today, datetime.now().astimezone())

    form = AmendmentForm(context, slug, now)
    if again is not None:
        if form.draft.load():
            return FormScreen(
                form, f"An amendment was begun before: finish it, or discard it and withdraw {again} anew."
            )
        return FormScreen(form, f"As {again} had it. Nothing is saved yet.", form.answers_for(again))
    proposal = form.proposed_cut() if with_cut else None
    if proposal is None:
        if with_cut:
            raise RefusedError("no health reason asks for a cut any more", code="no_cut")
        return FormScreen(form)
    if form.draft.load():
        return FormScreen(form, "An amendment was begun before: finish it, or discard it to see the cut.")
    notice = f"The cut for {proposal.cut.reason.code}: {proposal.summary}. Nothing is saved yet."
    return FormScreen(form, notice, form.answers_for_cut(proposal))


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
