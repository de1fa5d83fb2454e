"""What can be done with an item of a list, one letter each."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content

from sprintkit.tui.text import fit, key_line
from sprintkit.tui.widgets.dialog import Dialog
from sprintkit.tui.widgets.picklist import Entry, PickList
from sprintkit.tui.widgets.text_block import Block

DEEDS = (
    ("add", "a", "Add one more"),
    ("copy", "c", "Copy it"),
    ("up", "u", "Move it up (alt+↑)"),
    ("down", "n", "Move it down (alt+↓)"),
    ("remove", "d", "Delete it (ctrl+z brings it back)"),
)


class ItemsScreen(Dialog[str | None]):
    """Gives back what to do; None for nothing."""

    ABOUT = "What can be done in the list that is in focus; ctrl+z takes it back."
    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape,f9", "dismiss(None)", "back"),
        ("enter", "choose", "do"),
        *((letter, f"do('{deed}')", title) for deed, letter, title in DEEDS),
    ]
    CSS_PATH = "session.tcss"
    AUTO_FOCUS = "PickList"

    def __init__(self, what: str, has_item: bool) -> None:
        super().__init__()
        self.what, self.has_item = what, has_item

    def compose(self) -> ComposeResult:
        with Vertical(classes="session-dialog -small"):
            yield PickList()
            yield Block(id="hint")

    def on_mount(self) -> None:
        self.query_one(PickList).fill(self._entries)
        keys = key_line((("Enter", "do"), ("Esc", "back")))
        self.query_one("#hint", Block).show([Content(""), keys])

    def _entries(self, width: int) -> list[Entry]:
        entries = [Entry([Content.styled(fit(self.what, width), "bold"), Content("")])]
        for deed, letter, title in DEEDS:
            if deed == "add" or self.has_item:
                entries.append(Entry([Content.assemble((f"{letter}  ", "bold $key"), title)], deed))
        return entries

    def action_choose(self) -> None:
        """Does what the cursor is on."""
        self.dismiss(self.query_one(PickList).key)

    def on_pick_list_chosen(self, event: PickList.Chosen) -> None:
        """Does what was clicked."""
        self.dismiss(event.key)

    def action_do(self, deed: str) -> None:
        """Does what the letter stands for."""
        if deed == "add" or self.has_item:
            self.dismiss(deed)
