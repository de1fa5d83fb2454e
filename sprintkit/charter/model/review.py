"""What is settled while scoping is reviewed: parked questions and waivers."""

from __future__ import annotations

from typing import Annotated

from sprintkit.charter.model.base import Day, Part, Person, Text
from sprintkit.charter.questions import QuestionSpec


class Parked(Part):
    """One of `[[parked]]`: nobody in the room knows; it has a holder and a day."""

    path: Annotated[
        Text, QuestionSpec(label="Question", ask="Which question?", strong="success_metric.baseline")
    ] = None
    holder: Annotated[Text, QuestionSpec(label="Holder", ask="Who finds out?", strong="Tunde Okonfield")] = (
        None
    )
    due: Annotated[Day, QuestionSpec(label="By", ask="By which day?", strong="2026-02-12")] = None
    note: Annotated[Text, QuestionSpec(label="Note", ask="What should they know?")] = None


class Waiver(Part):
    """One of `[[waivers]]`: a warning that stays, with a reason and a name."""

    rule: Annotated[
        Text, QuestionSpec(label="Rule", ask="Which warning stays?", strong="DEL-004", needed=True)
    ] = None
    path: Annotated[
        Text, QuestionSpec(label="Where", ask="Where?", strong="deliverable.users_on_day_one", needed=True)
    ] = None
    reason: Annotated[Text, QuestionSpec(label="Reason", ask="Why does it stay?", needed=True)] = None
    by: Annotated[
        Person,
        QuestionSpec(label="By", ask="Who says so?", strong="Bram Yellowby", needed=True, kind="person"),
    ] = None
