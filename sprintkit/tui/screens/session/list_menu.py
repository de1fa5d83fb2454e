"""The menu of a list: what can be done with its items, each by one letter."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content

from sprintkit.tui.text import fit_line, key_line
from sprintkit.tui.widgets.dialog import Dialog
from sprintkit.tui.widgets.pick_list import PickList, PickListEntry
from sprintkit.tui.widgets.text_block import TextBlock

LIST_OPERATIONS = (
    ("add", "a", "Add one more"),
    ("copy", "c", "Copy it"),
    ("up", "u", "Move it up (alt+↑)"),
    ("down", "n", "Move it down (alt+↓)"),
    ("remove", "d", "Delete it (ctrl+z brings it back)"),
)
"""The name, the letter and the label of each operation."""


class ListMenuScreen(Dialog[str | None]):
    """Returns the name of the chosen operation, or None."""

    ABOUT = "What you can do with the list in focus. ctrl+z undoes it."
    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape,f9", "dismiss(None)", "back"),
        ("enter", "choose", "do"),
        *((letter, f"run('{operation}')", label) for operation, letter, label in LIST_OPERATIONS),
    ]
    CSS_PATH = "session.tcss"
    AUTO_FOCUS = "PickList"

    def __init__(self, heading: str, has_item: bool) -> None:
        """`has_item` says whether an item has the focus, so that all operations apply."""
        super().__init__()
        self.heading, self.has_item = heading, has_item

    def compose(self) -> ComposeResult:
        with Vertical(classes="session-dialog -small"):
            yield PickList()
            yield TextBlock(id="hint")

    def on_mount(self) -> None:
        self.query_one(PickList).fill(self._entries)
        keys = key_line((("Enter", "do"), ("Esc", "back")))
        self.query_one("#hint", TextBlock).show([Content(""), keys])

    def _entries(self, width: int) -> list[PickListEntry]:
        entries = [PickListEntry([Content.styled(fit_line(self.heading, width), "bold"), Content("")])]
        for operation, letter, label in LIST_OPERATIONS:
            if operation == "add" or self.has_item:
                entries.append(
                    PickListEntry([Content.assemble((f"{letter}  ", "bold $key"), label)], operation)
                )
        return entries

    def action_choose(self) -> None:
        """Return the operation under the cursor."""
        self.dismiss(self.query_one(PickList).key)

    def on_pick_list_chosen(self, event: PickList.Chosen) -> None:
        """Return the clicked operation."""
        self.dismiss(event.key)

    def action_run(self, operation: str) -> None:
        """Return an operation chosen by its letter, if it applies."""
        if operation == "add" or self.has_item:
            self.dismiss(operation)
