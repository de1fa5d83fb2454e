"""Parked questions and waived warnings."""

from __future__ import annotations

from typing import Annotated

from sprintkit.charter.model.base import CharterTable, DateField, PersonField, TextField
from sprintkit.charter.questions import QuestionSpec


class ParkedEntry(CharterTable):
    """One entry of `[[parked]]`: a question that nobody in the room can answer, with a holder and a day."""

    path: Annotated[
        TextField, QuestionSpec(label="Question", prompt="Which question?", strong="success_metric.baseline")
    ] = None
    holder: Annotated[
        TextField, QuestionSpec(label="Holder", prompt="Who finds out?", strong="Tunde Okonfield")
    ] = None
    due: Annotated[
        DateField,
        QuestionSpec(
            label="By",
            prompt="By which day?",
            strong="2026-02-12",
            strong_about="in a week or so",
            days="ahead",
        ),
    ] = None
    note: Annotated[TextField, QuestionSpec(label="Note", prompt="What should they know?")] = None


class Waiver(CharterTable):
    """One entry of `[[waivers]]`: a warning that stays, with a reason and a name."""

    rule: Annotated[
        TextField,
        QuestionSpec(label="Rule", prompt="Which warning stays?", strong="DEL-004", is_required=True),
    ] = None
    path: Annotated[
        TextField,
        QuestionSpec(label="Where", prompt="Where?", strong="deliverable.users_on_day_one", is_required=True),
    ] = None
    reason: Annotated[
        TextField, QuestionSpec(label="Reason", prompt="Why does it stay?", is_required=True)
    ] = None
    by: Annotated[
        PersonField,
        QuestionSpec(
            label="By", prompt="Who says so?", strong="Bram Yellowby", is_required=True, kind="person"
        ),
    ] = None
