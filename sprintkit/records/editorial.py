"""Which change of a charter is one of wording only: a text whose numbers stay as they are."""

from __future__ import annotations

import re
from typing import Any, Final, Literal

from sprintkit.charter.question_bank import questions_by_path

_NUMBER: Final = re.compile(r"\d+(?:[.,:]\d+)*")

Wording = Literal["wording", "not_text", "number"]


def classify_wording(pattern: str, old: Any, new: Any) -> Wording:
    """What a change of the value at a path pattern is.

    `not_text`: the value is no text for people to read. `number`: a number in the text changes.
    """
    question = questions_by_path().get(pattern)
    is_text = question is not None and question.kind in ("line", "prose")
    if not (is_text and isinstance(old, str) and isinstance(new, str)):
        return "not_text"
    return "wording" if _NUMBER.findall(old) == _NUMBER.findall(new) else "number"
