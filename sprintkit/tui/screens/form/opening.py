"""Which form opens: the week's check-in, or that of an earlier week, or a correction of one that is there."""

from __future__ import annotations

from typing import Any

from textual.screen import Screen

from ....actions.attention import day
from ....actions.desk import Desk
from ....actions.form.checkin import CheckInForm
from ....actions.form.correction import CorrectionForm
from ....actions.form.weeks import weeks
from ....errors import Refused
from .screen import FormScreen
from .weeks import WeeksScreen


def checkin(desk: Desk, slug: str) -> Screen[Any]:
    """The check-in that is begun, else this week's, else a correction of it. Raises Refused, Unusable."""
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


def earlier(desk: Desk, slug: str) -> Screen[Any]:
    """A week to choose: its entry is put right, or written where it was missed. Raises Refused, Unusable."""
    found = weeks(desk, slug)
    if not found:
        raise Refused(
            f"{slug} has not begun, so no week of it has a check-in",
            code="no_entry",
            hint="A check-in can be written from its start on.",
        )
    return WeeksScreen(desk, slug, found)
