"""The dialog that changes how readily the judge remarks on weak answers, in this session only."""

from __future__ import annotations

from typing import Final

from sprintkit.actions.session.session import Session
from sprintkit.charter.judge_setting import JUDGE_SETTINGS, JudgeSetting
from sprintkit.tui.screens.choice import Choice, ChoiceScreen
from sprintkit.tui.sprint_page.lines import Lines, paragraph, title

_CHOICES: Final[dict[JudgeSetting, str]] = {
    "strict": "strict: remarks on answers that read weak",
    "calm": "calm: only where it is very sure",
    "off": "off: no remarks",
}
_ABOUT: Final = (
    "It remarks on answers that read weak (ANS-001); remarks keep nobody from signing. A choice here is for this session "
    'and changes no file. For everybody: a line such as judge = "calm" in sprintkit.toml.'
)


def choose_judge(session: Session) -> ChoiceScreen:
    """The dialog; dismissed with a setting, or with an empty text."""

    def lines(width: int) -> Lines:
        now = f"Now: {session.judge}."
        return [title("Judge of weak answers"), *paragraph(_ABOUT, width), *paragraph(now, width)]

    choices = [Choice(setting, label) for setting, label in _CHOICES.items()]
    return ChoiceScreen(lines, choices, "leaves it")


def setting_named(name: str | None) -> JudgeSetting | None:
    """The setting that the dialog was dismissed with, if it was one."""
    return next((setting for setting in JUDGE_SETTINGS if setting == name), None)
