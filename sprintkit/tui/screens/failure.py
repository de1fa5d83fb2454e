"""An expected failure, told whole: what is wrong, where, and what to do."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from ...errors import Problem
from ..text import plain


class FailureScreen(ModalScreen[None]):
    """Any key that means "go on" closes it; `c` copies it."""

    BINDINGS: ClassVar[list[BindingType]] = [("escape,enter,q", "dismiss", "close"), ("c", "copy", "copy")]

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__()
        self.problems = problems

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="dialog"):
            yield Static(self._content(), markup=False)

    def action_copy(self) -> None:
        self.app.copy_to_clipboard(self._content().plain)
        self.app.notify("Copied.", markup=False)

    def _content(self) -> Content:
        parts: list[Content | tuple[str, str]] = [("That did not work\n", "bold $error")]
        for one in self.problems:
            where = f"{plain(one.path)}: " if one.path else ""
            parts.append((f"\n{where}{plain(one.message)}\n", ""))
            if one.hint:
                parts.append((f"{plain(one.hint)}\n", "$faint"))
        parts.append(("\nEsc closes this, c copies it.", "$faint"))
        return Content.assemble(*parts)
