"""Which answers are judged, and the topic that each is judged under."""

from __future__ import annotations

from functools import cache
from typing import Final

from sprintkit.charter.field_selector import FieldSelector
from sprintkit.charter.judge.features import PERSON_TOPIC
from sprintkit.charter.question_bank import person_field_patterns, questions_by_path

PERSON_NAME: Final = "people[].name"
PERSON_ROLE: Final = "people[].role"

_NOT_JUDGED: Final = (
    "charter.language",
    "charter.organization",
    "charter.supersedes",
    "charter.facilitator",
    "people",
    "process.questions[].answers",
    "process.questions[].settled_group",
    "process.questions[].accepted_by",
    "success_metric.technical_measures",
    "data_requirements[].truth_for",
    "data_requirements[].defects[].field",
    "data_requirements[].acceptance",
    "integration_points[].user_role",
    "plan.signatories[].party",
    "budget.currency",
    "timeline.checkin_by",
    "parked",
    "waivers",
)
"""Texts that cannot be weak: other people's words, and names that only repeat what is said elsewhere."""


@cache
def judged_texts() -> FieldSelector:
    """Reads all judged answers except those about people. A list of texts is one answer."""
    return FieldSelector(
        pattern
        for pattern, question in questions_by_path().items()
        if question.kind in ("line", "prose", "texts")
        and not question.choices
        and not pattern.startswith(_NOT_JUDGED)
    )


@cache
def topics() -> dict[str, str]:
    """The topic of each judged question by its pattern, including questions answered with a person."""
    return {
        **dict.fromkeys((PERSON_NAME, *person_field_patterns()), PERSON_TOPIC),
        **{pattern: pattern for pattern in (PERSON_ROLE, *judged_texts().patterns)},
    }


def joined_text(answer: str | list[str]) -> str:
    """An answer as one text, as the judge reads it."""
    return answer if isinstance(answer, str) else ", ".join(answer)
