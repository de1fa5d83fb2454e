"""The menu of ways in which a person decides, one letter each."""

from __future__ import annotations

from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content

from sprintkit.tui.lines import paragraph
from sprintkit.tui.text import key_line
from sprintkit.tui.widgets.dialog import Dialog
from sprintkit.tui.widgets.pick_list import PickList, PickListEntry
from sprintkit.tui.widgets.text_block import TextBlock

MAIL: Final = "mail"
CHOICES: Final[tuple[tuple[str, str, str, str], ...]] = (
    ("own", "i", "This is me", "signs here, by typing the full name"),
    ("received", "r", "I received it", "it came by e-mail, on paper or in a meeting"),
    ("reject", "x", "Rejects it", "with the reason"),
    (MAIL, "m", "Write the mail that asks", "a draft in the current folder; nothing is sent"),
)
"""Name, key, label and explanation of each choice."""


class DecideMenu(Dialog[str | None]):
    """Dismissed with the name of a choice, or None."""

    ABOUT = "Only people who type their own full name here sign. What somebody else received is recorded as received."
    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape,q", "dismiss(None)", "back"),
        ("enter", "choose", "do"),
        *((key, f"run('{name}')", label) for name, key, label, _ in CHOICES),
    ]
    CSS_PATH = "sign.tcss"
    AUTO_FOCUS = "PickList"

    def __init__(self, name: str) -> None:
        super().__init__()
        self.person_name = name

    def compose(self) -> ComposeResult:
        with Vertical(classes="sign-dialog -small"):
            yield PickList()
            yield TextBlock(id="hint")

    def on_mount(self) -> None:
        self.query_one(PickList).fill(self._entries)
        self.query_one("#hint", TextBlock).show([Content(""), key_line((("Enter", "do"), ("Esc", "back")))])

    def _entries(self, width: int) -> list[PickListEntry]:
        heading = [*paragraph(f"How does {self.person_name} decide?", width, "bold"), Content("")]
        entries = [PickListEntry(heading)]
        for name, key, label, about in CHOICES:
            lines = [Content.assemble((f"{key}  ", "bold $key"), label)]
            entries.append(PickListEntry([*lines, *paragraph(about, width, "$faint", 3)], name))
        return entries

    def action_choose(self) -> None:
        """Take the choice under the cursor."""
        self.dismiss(self.query_one(PickList).key)

    def on_pick_list_chosen(self, event: PickList.Chosen) -> None:
        """Take the clicked choice."""
        self.dismiss(event.key)

    def action_run(self, name: str) -> None:
        """Take the choice of a key."""
        self.dismiss(name)
