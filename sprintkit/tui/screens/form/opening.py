"""Which form opens: the week's check-in, or a correction of one that is there."""

from __future__ import annotations

from typing import Any

from textual.screen import Screen

from ....actions.desk import Desk
from ....actions.form.checkin import CheckInForm
from ....actions.form.correction import CorrectionForm
from ....errors import Refused
from .screen import FormScreen
from .weeks import WeeksScreen


def checkin(desk: Desk, slug: str) -> Screen[Any]:
    """This week's check-in; where the week has its entry, a correction of it. Raises Refused, Unusable."""
    form = CheckInForm(desk, slug)
    if not form.exists:
        return FormScreen(form)
    week = form.prepared.week
    notice = f"Week {week} has its check-in, which stays as it is; this puts it right."
    return FormScreen(CorrectionForm(desk, slug, week), notice)


def correction(desk: Desk, slug: str) -> Screen[Any]:
    """A correction: of the one week that has an entry, or of one that is chosen. Raises Refused, Unusable."""
    weeks = CorrectionForm.weeks(desk, slug)
    if not weeks:
        raise Refused(
            f"{slug} has no check-in yet, so there is nothing to correct",
            code="no_entry",
            hint="Check in first.",
        )
    if len(weeks) == 1:
        return FormScreen(CorrectionForm(desk, slug, weeks[0]))
    return WeeksScreen(desk, slug, weeks)
