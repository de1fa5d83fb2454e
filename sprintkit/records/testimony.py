"""What one person said alone: answers to the agreement cases, or to questions parked with them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

from sprintkit.charter.model import Charter
from sprintkit.charter.people import fold
from sprintkit.charter.questions import QuestionSpec
from sprintkit.records.base import File, Record, items


class Said(Record):
    """One answer, word for word."""

    id: Annotated[str, QuestionSpec(label="Case", ask="Which case?", strong="Q1", needed=True)] = ""
    says: Annotated[
        str,
        QuestionSpec(
            label="Says",
            ask="What do you do?",
            why="In your own words, before hearing anybody else.",
            strong="whoever owns the account",
            kind="prose",
            needed=True,
        ),
    ] = ""


class Testimony(File):
    """One person's sheet of agreement cases."""

    who: Annotated[str, QuestionSpec(label="Who", ask="Who answers?", strong="north rep", needed=True)] = ""
    answers: Annotated[
        list[Said], QuestionSpec(label="Answers", ask="What do you do in each case?", needed=True)
    ] = items()


def not_taken_in(sheets: Iterable[Testimony], charter: Charter) -> list[tuple[str, str]]:
    """Case and person of every answer that was given alone to a case of the charter and does not stand there."""
    cases = {
        case.id: {fold(answer.who or "") for answer in case.answers} for case in charter.process.questions
    }
    return [
        (said.id, sheet.who)
        for sheet in sheets
        for said in sheet.answers
        if said.id in cases and fold(sheet.who) not in cases[said.id]
    ]


class Found(Record):
    """The answer to one parked question."""

    path: Annotated[str, QuestionSpec(label="Question", ask="Which question?", needed=True)] = ""
    value: Annotated[Any, QuestionSpec(label="Answer", ask="What is the answer?", needed=True)]


class ParkedSheet(File):
    """One holder's sheet of parked questions, filled in; its values go into the draft."""

    who: Annotated[
        str, QuestionSpec(label="Who", ask="Who answers?", strong="Tunde Okonfield", needed=True)
    ] = ""
    answers: Annotated[
        list[Found], QuestionSpec(label="Answers", ask="What did you find out?", needed=True)
    ] = items()
