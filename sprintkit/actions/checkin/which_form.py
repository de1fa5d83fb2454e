"""Chooses the form to open: this week's check-in, one that was begun, or a correction of an earlier one."""

from __future__ import annotations

from sprintkit.actions.checkin.checkin_form import CheckInForm
from sprintkit.actions.checkin.correction_form import CorrectionForm
from sprintkit.actions.checkin.weeks import FormWeek
from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.form.record_form import OpenedForm
from sprintkit.text.dates import format_day


def open_due_form(context: WorkspaceContext, slug: str) -> OpenedForm:
    """The check-in that was begun; otherwise this week's, or a correction of it if the week has one.

    Raises RefusedError, InputError.
    """
    form = CheckInForm(context, slug)
    week = form.basis.week
    if form.starting_date != context.today and form.draft.load():
        day = format_day(form.starting_date)
        return OpenedForm(form, f"Begun for {day}, week {week}, and not saved: finish it, or discard it.")
    if not form.has_entry:
        return OpenedForm(form)
    notice = f"Week {week} has its check-in, which stays as it is. What you save here corrects it."
    return OpenedForm(CorrectionForm(context, slug, week), notice)


def open_week_form(context: WorkspaceContext, slug: str, week: FormWeek) -> OpenedForm:
    """A correction of a week's check-in, or the check-in if the week missed it. Raises RefusedError, InputError."""
    if week.has_entry:
        return OpenedForm(CorrectionForm(context, slug, week.number))
    return OpenedForm(CheckInForm(context, slug, week.on))
