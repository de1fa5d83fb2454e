"""One person's own answers: to the agreement cases, or to questions parked with them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

from sprintkit.charter.model import Charter
from sprintkit.charter.questions import QuestionSpec
from sprintkit.records.base import FileRecord, Record, optional_list
from sprintkit.text.composing import fold_name


class TestimonyAnswer(Record):
    """One answer, word for word."""

    id: Annotated[str, QuestionSpec(label="Case", prompt="Which case?", strong="Q1", is_required=True)] = ""
    says: Annotated[
        str,
        QuestionSpec(
            label="Says",
            prompt="What do you do?",
            why="In your own words, before hearing anybody else.",
            strong="whoever owns the account",
            kind="prose",
            is_required=True,
        ),
    ] = ""


class Testimony(FileRecord):
    """One person's sheet of agreement cases."""

    who: Annotated[
        str, QuestionSpec(label="Who", prompt="Who answers?", strong="north rep", is_required=True)
    ] = ""
    answers: Annotated[
        list[TestimonyAnswer],
        QuestionSpec(label="Answers", prompt="What do you do in each case?", is_required=True),
    ] = optional_list()


def unmerged_answers(sheets: Iterable[Testimony], charter: Charter) -> list[tuple[str, str]]:
    """Case and person of every testimony for a case of the charter that has not been entered in the charter yet."""
    cases = {
        case.id: {fold_name(answer.who or "") for answer in case.answers}
        for case in charter.process.questions
    }
    return [
        (answer.id, sheet.who)
        for sheet in sheets
        for answer in sheet.answers
        if answer.id in cases and fold_name(sheet.who) not in cases[answer.id]
    ]


class ParkedAnswer(Record):
    """The answer to one parked question."""

    path: Annotated[str, QuestionSpec(label="Question", prompt="Which question?", is_required=True)] = ""
    value: Annotated[Any, QuestionSpec(label="Answer", prompt="What is the answer?", is_required=True)]


class ParkedSheet(FileRecord):
    """One holder's sheet of parked questions, filled in; its values go into the draft."""

    who: Annotated[
        str, QuestionSpec(label="Who", prompt="Who answers?", strong="Tunde Okonfield", is_required=True)
    ] = ""
    answers: Annotated[
        list[ParkedAnswer], QuestionSpec(label="Answers", prompt="What did you find out?", is_required=True)
    ] = optional_list()
