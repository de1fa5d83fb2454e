"""How readily the judge remarks on an answer. A module of its own, so that reading settings loads no weights."""

from __future__ import annotations

from typing import Final, Literal, get_args

JudgeSetting = Literal["off", "calm", "strict"]
JUDGE_SETTINGS: Final[tuple[JudgeSetting, ...]] = get_args(JudgeSetting)
DEFAULT_JUDGE_SETTING: Final = "strict"


def judge_settings_in_words() -> str:
    """The settings as a message lists them: `"off", "calm" or "strict"`."""
    *others, last = (f'"{setting}"' for setting in JUDGE_SETTINGS)
    return f"{', '.join(others)} or {last}"
