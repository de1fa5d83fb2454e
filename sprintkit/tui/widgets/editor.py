"""The editor of a typed answer: one line that wraps, or prose; what is typed and pasted stays exactly as it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.document._document import Document, EditResult, Location
from textual.document._document_navigator import DocumentNavigator
from textual.document._wrapped_document import WrappedDocument
from textual.widgets import TextArea

from sprintkit.text.escaping import escape_invisible
from sprintkit.tui.widgets.key_passthrough import trigger_bindings

_TEXT_AREA_ACTIONS = (
    "cut", "copy", "delete_right", "delete_left", "delete_word_left", "delete_word_right",
    "delete_to_start_of_line", "delete_to_end_of_line_or_delete_line", "cursor_",
)  # fmt: skip
"""Actions of Textual's text area whose keys stay; f6, f7, page keys and its own undo go."""


class PlainDocument(Document):
    """Lines end at a line feed only: other separators are text, and come back as they were."""

    def __init__(self, text: str) -> None:
        super().__init__("")
        self._newline = "\n"
        self._lines = text.split("\n")

    def replace_range(self, start: Location, end: Location, text: str) -> EditResult:
        """Replaces what stands between two places; see Document."""
        (top, left), (bottom, right) = sorted((start, end))
        replaced = self.get_text_range((top, left), (bottom, right))
        lines = text.split("\n")
        after = self._lines[bottom][right:] if bottom < len(self._lines) else ""
        lines[0] = (self._lines[top][:left] if top < len(self._lines) else "") + lines[0]
        ends = (top + len(lines) - 1, len(lines[-1]))
        lines[-1] += after
        self._lines[top : bottom + 1] = lines
        return EditResult(ends, replaced)


class TextEditor(TextArea, inherit_bindings=False):
    """A text area that knows one line from prose. Keys that it has no use for go on to the screen."""

    IS_TYPED_INTO = True

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            binding
            for binding in TextArea.BINDINGS
            if isinstance(binding, Binding)
            and binding.action.startswith(_TEXT_AREA_ACTIONS)
            and not binding.action.startswith("cursor_page")
        ),
        ("ctrl+v", "paste", "paste"),
    ]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, soft_wrap=True, highlight_cursor_line=False, compact=True)
        self.one_line = True
        """Whether there are no line breaks in this answer."""
        self.leave: Callable[[int], None] = lambda _by: None
        """Called when the cursor goes out of the text: -1 above its first line, 1 below its last one."""
        self.completions: Sequence[str] = ()
        """What the text may be about to become; the first that fits is shown behind the cursor."""

    def load(self, text: str, *, one_line: bool, completions: Sequence[str] = ()) -> None:
        """Shows another answer, with the cursor at its end."""
        self.one_line = one_line
        self.completions = completions
        with self.prevent(TextArea.Changed):
            self.load_text(text)
        self.move_cursor(self.document.end)

    def put(self, text: str) -> None:
        """Replaces the text as if it had been typed."""
        self.replace(text, self.document.start, self.document.end)
        self.move_cursor(self.document.end)

    # What Textual's own does otherwise

    def _set_document(self, text: str, language: str | None) -> None:
        document = PlainDocument(text)
        self.document = document
        self.wrapped_document = WrappedDocument(document, tab_width=self.indent_width)
        self.navigator = DocumentNavigator(self.wrapped_document)
        self._build_highlight_map()
        self.move_cursor((0, 0))
        self._rewrap_and_refresh_virtual_size()

    def get_line(self, line_index: int) -> Text:
        """A line with a sign in place of each character that acts without being seen."""
        line = self.document.get_line(line_index)
        if escape_invisible(line) != line:
            line = "".join(
                sign if sign == "\t" or escape_invisible(sign) == sign else _visible_symbol(sign) for sign in line
            )
        return Text(line, end="", no_wrap=True)

    def update_suggestion(self) -> None:
        """Shows how what was typed may go on, while the cursor stands at its end."""
        typed = self.text
        fits = ""
        if typed.strip() and self.cursor_location == self.document.end:
            folded = typed.casefold()
            fits = next((one for one in self.completions if one.casefold().startswith(folded)), "")
        self.suggestion = escape_invisible(fits[len(typed) :]).replace("\n", " ") if fits else ""

    async def _on_key(self, event: events.Key) -> None:
        if not event.is_printable and (event.key != "enter" or self.one_line):
            await trigger_bindings(self, event)

    async def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self._insert(event.text)

    def action_paste(self) -> None:
        """Inserts what was cut or copied in sprintkit."""
        self._insert(self.app.clipboard)

    def _insert(self, text: str) -> None:
        text = text.replace("\r\n", "\n")
        if self.one_line:
            text = text.replace("\n", " ")
        if text and (result := self._replace_via_keyboard(text, *self.selection)):
            self.move_cursor(result.end_location)

    def action_delete_to_start_of_line(self) -> None:
        """Deletes what was typed before the cursor, however often the line wraps."""
        row, column = self.cursor_location
        if column and self.selection.is_empty:
            self._delete_via_keyboard((row, 0), (row, column))
        else:
            super().action_delete_to_start_of_line()

    def action_cursor_up(self, select: bool = False) -> None:
        """One line up, out of the text from its first one."""
        if not select and self.wrapped_document.location_to_offset(self.cursor_location).y == 0:
            self.leave(-1)
        else:
            super().action_cursor_up(select)

    def action_cursor_down(self, select: bool = False) -> None:
        """One line down, out of the text from its last one."""
        offset = self.wrapped_document.location_to_offset(self.cursor_location).y
        if not select and offset >= self.wrapped_document.height - 1:
            self.leave(1)
        else:
            super().action_cursor_down(select)


def _visible_symbol(unseen: str) -> str:
    """One cell for a character that has none: its picture where Unicode has one."""
    code = ord(unseen)
    return chr(0x2400 + code) if code < 32 else "\u2421" if code == 127 else "\ufffd"
