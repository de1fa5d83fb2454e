"""The dialog that changes how readily the judge remarks on weak answers, in this session only."""

from __future__ import annotations

from typing import Final

from sprintkit.actions.session.session import Session
from sprintkit.charter.judge_setting import JUDGE_SETTINGS, JudgeSetting
from sprintkit.tui.lines import Lines, paragraph, title
from sprintkit.tui.screens.choice import Choice, ChoiceScreen

_ABOUT: Final[dict[JudgeSetting, str]] = {
    "strict": "remarks on answers that read weak (ANS-001)",
    "calm": "remarks only where it is very sure",
    "off": "remarks on nothing",
}
_SCOPE: Final = (
    "Remarks keep nobody from signing. The choice is for this session and changes no file; for everybody, put a line "
    'such as judge = "calm" into sprintkit.toml.'
)


def choose_judge(session: Session) -> ChoiceScreen:
    """The dialog; dismissed with a setting, or with an empty text."""

    def lines(width: int) -> Lines:
        shown = title("Judge of weak answers")
        about: Lines = []
        for setting, sentence in _ABOUT.items():
            now = " (now)" if setting == session.judge else ""
            about += paragraph(f"{sentence}{now}", width, indent=8, first=(setting, "bold"))
        return [shown, *about, *paragraph(_SCOPE, width, "$faint")]

    choices = [Choice(setting, setting) for setting in _ABOUT]
    return ChoiceScreen(lines, choices, "leaves it")


def setting_named(name: str | None) -> JudgeSetting | None:
    """The setting that the dialog was dismissed with, if it was one."""
    return next((setting for setting in JUDGE_SETTINGS if setting == name), None)
