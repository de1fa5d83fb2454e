"""Which change of a charter is one of wording only: a text whose numbers stay as they are."""

from __future__ import annotations

import re
from typing import Any, Final, Literal

from sprintkit.charter.question_bank import questions_by_path

_NUMBER: Final = re.compile(r"\d+(?:[.,:]\d+)*")

_IDENTITY: Final = (
    "people[].name",
    "people[].contact",
    "success_metric.unit",
    "success_metric.formula",
    "charter.supersedes",
    "plan.signatories[].party",
    "data_requirements[].system",
    "data_requirements[].acceptance[].field",
    "data_requirements[].acceptance[].check",
    "data_requirements[].acceptance[].on_fail",
    "data_requirements[].defects[].field",
    "integration_points[].tool",
    "budget.currency",
)
"""Texts that say who or what is meant: another one is another agreement, whatever its wording."""

Wording = Literal["wording", "not_text", "number"]


def classify_wording(pattern: str, old: Any, new: Any) -> Wording:
    """What a change of the value at a path pattern is.

    `not_text`: the value is no text for people to read, or says who or what is meant. `number`: a number in the text changes.
    """
    question = questions_by_path().get(pattern)
    is_text = question is not None and question.kind in ("line", "prose") and pattern not in _IDENTITY
    if not (is_text and isinstance(old, str) and isinstance(new, str)):
        return "not_text"
    return "wording" if _NUMBER.findall(old) == _NUMBER.findall(new) else "number"
