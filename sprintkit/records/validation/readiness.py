"""What the answers of the readiness score are refused for."""

from __future__ import annotations

from sprintkit.errors import Problem
from sprintkit.records.readiness import AREAS, SHOWN, ReadinessAnswers
from sprintkit.records.validation.issues import IssueCollector


def validate_readiness(record: ReadinessAnswers) -> list[Problem]:
    """Everything the answers are refused for: a question without one, or an answer there is not."""
    telling = IssueCollector(record)
    allowed = "; ".join(f"{value:g} {meaning}" for value, meaning in SHOWN.items())
    for area in AREAS:
        for name in area.ids:
            value = getattr(record.answers, name)
            if value is None:
                telling.tell(
                    f"answers.{name}", "missing", f"is missing ({area.title}).", f"Answer {allowed}."
                )
            elif value not in SHOWN:
                telling.tell(f"answers.{name}", "answer", f"is {value:g}.", f"Answer {allowed}.")
    return telling.problems
