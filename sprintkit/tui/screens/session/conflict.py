"""Somebody else has changed the file that is open here: the difference, and whose answers go on."""

from __future__ import annotations

from typing import ClassVar, Literal

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen

from ....actions.session import Session
from ....actions.session_review import where
from ....actions.session_standing import question_at
from ....actions.session_values import shown
from ...text import wrapped
from ...widgets.block import Block

Choice = Literal["mine", "theirs", "look"]


class ConflictScreen(ModalScreen[Choice]):
    """Nothing is written until one of the three is chosen, by a key that nobody hits while typing on."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("f2", "choose('mine')", "keep mine"),
        ("f3", "choose('theirs')", "take theirs"),
        ("escape", "choose('look')", "look first"),
    ]
    CSS_PATH = "session.tcss"

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="session-dialog"):
            yield Block(id="told")

    def on_mount(self) -> None:
        self.call_after_refresh(self._draw)

    def on_resize(self) -> None:
        self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        block = self.query_one("#told", Block)
        width = max(block.content_size.width, 20)
        disk = self.session.disk
        lines = [Content.styled("Somebody else has changed this sprint", "bold $warning")]
        lines += [Content.styled(part, "$faint") for part in wrapped(disk.path, width)]
        if disk.can_take_theirs:
            found = self.session.differences()
            many = "1 answer differs" if len(found) == 1 else f"{len(found)} answers differ"
            lines += [Content(""), Content(f"{many}. Nothing has been overwritten.")]
            for one in found[:40]:
                lines += [Content(""), Content.styled(self._where(one.path), "bold")]
                lines += self._side("mine  ", one.path, one.mine, width)
                lines += self._side("theirs", one.path, one.theirs, width)
        else:
            said = "The file is gone, or cannot be read any more. Nothing has been overwritten; keeping mine writes it anew."
            lines += [Content(""), *map(Content, wrapped(said, width))]
        lines += [Content(""), self._keys()]
        block.show(lines)

    def _keys(self) -> Content:
        parts = [("F2 ", "bold $key"), ("keep mine   ", "")]
        if self.session.disk.can_take_theirs:
            parts += [("F3 ", "bold $key"), ("take theirs   ", "")]
        return Content.assemble(*parts, ("Esc ", "bold $key"), ("look first, save later", ""))

    def _where(self, path: str) -> str:
        return where(self.session.standing, path) if path else "The whole file"

    def _side(self, name: str, path: str, value: object, width: int) -> list[Content]:
        question = question_at(path) if path else None
        text = (
            "(nothing)"
            if value is None
            else shown(question, value, self.session.document)
            if question
            else str(value)
        )
        style = "$foreground" if value is not None else "$faint"
        parts = wrapped(text, width - 10)[:4]
        first = Content.assemble((f"  {name}  ", "$secondary"), (parts[0], style))
        return [first, *(Content.assemble("          ", (part, style)) for part in parts[1:])]

    def action_choose(self, choice: Choice) -> None:
        """Gives back whose answers go on."""
        if choice != "theirs" or self.session.disk.can_take_theirs:
            self.dismiss(choice)
