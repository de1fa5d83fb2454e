"""Builds the screens of forms: check-in, earlier week, amendment, closing, and review of a month."""

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
    """Return the check-in begun before, else this week's check-in, else its correction if it is saved already.

    Raises RefusedError, InputError.
    """
    opened = open_due_form(context, slug)
    return FormScreen(opened.form, opened.notice)


def build_review_screen(context: WorkspaceContext, slug: str) -> Screen[Any]:
    """Return the review begun before, else that of the first month without one. Raises RefusedError, InputError."""
    from sprintkit.actions.review.review_form import open_review_form  # most sessions never need it

    opened = open_review_form(context, slug)
    return FormScreen(opened.form, opened.notice)


def build_closing_screen(context: WorkspaceContext, slug: str) -> Screen[Any]:
    """Return the closing begun before, else a new one. Raises RefusedError, InputError."""
    form, notice = open_closing_form(context, slug)
    return FormScreen(form, notice)


def build_amendment_screen(
    context: WorkspaceContext, slug: str, *, with_cut: bool = False, copied_from: str | None = None
) -> Screen[Any]:
    """Return the amendment begun before, else a new one.

    A new amendment is empty, or has the cut that a health reason asks for (`with_cut`), or the changes of the withdrawn
    amendment whose id is `copied_from`. Raises RefusedError, also if no health reason asks for a cut, and InputError.
    """

    def now() -> datetime:
        return moment_on(context.today, datetime.now().astimezone())

    form = AmendmentForm(context, slug, now)
    has_draft = bool(form.draft.load())
    if copied_from is not None:
        if has_draft:
            notice = f"An amendment was begun before; {copied_from} is not in it. Finish it, or discard it."
            return FormScreen(form, notice)
        notice = f"These are the changes of {copied_from}. Nothing is saved yet."
        return FormScreen(form, notice, form.answers_for(copied_from))
    if not with_cut:
        return FormScreen(form)
    proposal = form.proposed_cut()
    if proposal is None:
        raise RefusedError("no health reason asks for a cut any more", code="no_cut")
    if has_draft:
        return FormScreen(form, "An amendment was begun before: finish it, or discard it to see the cut.")
    notice = f"The cut for {proposal.cut.reason.code}: {proposal.summary}. Nothing is saved yet."
    return FormScreen(form, notice, form.answers_for_cut(proposal))


def build_weeks_screen(context: WorkspaceContext, slug: str) -> Screen[Any]:
    """Return a dialog that offers the weeks so far: to correct their check-ins, or to write missed ones.

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
