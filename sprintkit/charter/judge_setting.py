"""How readily the judge remarks on an answer. Loads no weights: the workspace's settings are read with it."""

from __future__ import annotations

from typing import Final, Literal, get_args

JudgeSetting = Literal["off", "calm", "strict"]
JUDGE_SETTINGS: Final[tuple[JudgeSetting, ...]] = get_args(JudgeSetting)
DEFAULT_JUDGE_SETTING: Final = "strict"


def judge_settings_in_words() -> str:
    """The settings as a message lists them."""
    *others, last = (f'"{setting}"' for setting in JUDGE_SETTINGS)
    return f"{', '.join(others)} or {last}"
