"""The dialog that sets how readily the judge remarks on weak answers, in this session only."""

from __future__ import annotations

from typing import Final

from sprintkit.actions.session.session import Session
from sprintkit.charter.judge_setting import JUDGE_SETTINGS, JudgeSetting
from sprintkit.tui.lines import Lines, paragraph, title
from sprintkit.tui.screens.choice import Choice, ChoiceScreen

_EFFECTS: Final[dict[JudgeSetting, str]] = {
    "strict": "remarks on answers that read weak (ANS-001)",
    "calm": "remarks only where it is very sure",
    "off": "remarks on nothing",
}
_SCOPE: Final = (
    "Remarks keep nobody from signing. Your choice holds for this session and changes no file. To set it for everybody, "
    'put a line such as judge = "calm" into sprintkit.toml.'
)


def build_judge_dialog(session: Session) -> ChoiceScreen:
    """Build the dialog. It returns a setting, or an empty text to leave it as it is."""

    def lines(width: int) -> Lines:
        settings: Lines = []
        for setting, effect in _EFFECTS.items():
            now = " (now)" if setting == session.judge else ""
            settings += paragraph(f"{effect}{now}", width, indent=8, first=(setting, "bold"))
        return [title("Judge of weak answers"), *settings, *paragraph(_SCOPE, width, "$faint")]

    choices = [Choice(setting, setting) for setting in _EFFECTS]
    return ChoiceScreen(lines, choices, "leaves it")


def parse_setting(choice: str | None) -> JudgeSetting | None:
    """Return the setting that the dialog returned; None if it was left."""
    return next((setting for setting in JUDGE_SETTINGS if setting == choice), None)
