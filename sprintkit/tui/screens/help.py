"""F1: what this screen is for, and every command that applies on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from .. import commands


class HelpScreen(ModalScreen[None]):
    """Read from the registry, with the keys that hold in this workspace."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape,q,f1,question_mark,enter", "dismiss", "close"),
        ("down", "scroll(1)", ""),
        ("up", "scroll(-1)", ""),
    ]

    def __init__(self, scope: str, about: str) -> None:
        super().__init__()
        self.scope = scope
        self.about = about

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="dialog"):
            yield Static(self._text(), markup=False)

    def action_scroll(self, lines: int) -> None:
        self.query_one("#dialog").scroll_relative(y=lines, animate=False)

    def _text(self) -> Content:
        chosen = getattr(self.app, "chosen_keys", {})
        found = [*commands.in_scope(self.scope), *commands.in_scope("app")]
        width = max(cell_len(_keys(one, chosen)) for one in found) + 2
        parts: list[Content | tuple[str, str]] = [("Help\n", "bold")]
        if self.about:
            parts.append((f"{self.about}\n", "$foreground"))
        group = None
        for one in found:
            if one.group != group:
                group = one.group
                parts.append((f"\n{group}\n", "bold $primary"))
            keys = _keys(one, chosen)
            parts += [(keys + " " * (width - cell_len(keys)), "bold $key"), (f"{one.help}\n", "")]
        parts.append(("\nEsc closes this.", "$faint"))
        return Content.assemble(*parts)


def _keys(one: commands.Command, chosen: Mapping[str, str]) -> str:
    keys = chosen.get(one.id, one.keys)
    return ", ".join(commands.key_name(key) for key in keys.split(","))
