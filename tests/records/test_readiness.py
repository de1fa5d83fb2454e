"""The 25 questions of readiness: where each leads in the charter, and which answers need a proof."""

from __future__ import annotations

import pytest

from sprintkit.charter.question_bank import questions_by_path
from sprintkit.errors import InputError
from sprintkit.records.parsing import parse_record
from sprintkit.records.readiness import (
    AREAS,
    ReadinessAnswers,
    ReadinessQuestion,
    ReadinessScores,
    answer_label,
    readiness_questions,
)


def test_there_are_five_areas_of_five_questions() -> None:
    assert [len(area.question_ids) for area in AREAS] == [5] * 5
    question_ids = [name for area in AREAS for name in area.question_ids]
    assert question_ids == list(readiness_questions()) == list(ReadinessScores.model_fields)


@pytest.mark.parametrize("question", readiness_questions().values(), ids=lambda question: question.id)
def test_every_question_leads_to_one_of_the_charter(question: ReadinessQuestion) -> None:
    assert question.leads_to in questions_by_path()


def test_an_answer_shown_needs_a_proof_and_one_only_said_does_not() -> None:
    document = {
        "answers": {"deputy": 1, "one_owner": 1.0, "stop_line": 0.5, "hours_agreed": 1},
        "proofs": {"deputy": "rota of June", "hours_agreed": "  ", "stop_line": "minutes"},
    }
    record = parse_record(ReadinessAnswers, document)
    assert record.unproven == ("one_owner", "hours_agreed")
    assert record.proof_of("deputy") == "rota of June"
    assert record.proof_of("five_duties") == ""


def test_a_proof_of_an_unknown_question_is_refused_with_the_nearest_one() -> None:
    with pytest.raises(InputError, match="proofs.deputi is not a key of this record. Did you mean 'deputy'"):
        parse_record(ReadinessAnswers, {"proofs": {"deputi": "rota"}})


def test_an_answer_has_a_short_label() -> None:
    labels = [answer_label(score) for score in (0.0, 0.5, 1.0, None)]
    assert labels == ["no", "said, not shown", "shown", "not answered"]
