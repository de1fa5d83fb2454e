"""The editor of a typed answer: one line that wraps, or prose. Text is stored exactly as typed or pasted."""

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
"""Actions of Textual's text area that keep their keys. F6, F7, the page keys and undo belong to the screen."""


class PlainDocument(Document):
    """A document whose lines end at a line feed only. Any other separator is text and is left as it is."""

    def __init__(self, text: str) -> None:
        super().__init__("")
        self._newline = "\n"
        self._lines = text.split("\n")

    def replace_range(self, start: Location, end: Location, text: str) -> EditResult:
        """Replace the text between two locations; see `Document.replace_range`."""
        (top, left), (bottom, right) = sorted((start, end))
        replaced = self.get_text_range((top, left), (bottom, right))
        lines = text.split("\n")
        after = self._lines[bottom][right:] if bottom < len(self._lines) else ""
        lines[0] = (self._lines[top][:left] if top < len(self._lines) else "") + lines[0]
        ends = (top + len(lines) - 1, len(lines[-1]))
        lines[-1] += after
        self._lines[top : bottom + 1] = lines
        return EditResult(ends, replaced)


def find_completion(typed: str, completions: Sequence[str], *, is_closed: bool) -> str:
    """The first completion that starts with the typed text; empty if none does.

    In a closed list, "Ana Lima" is a full name of its own, even if there is an "Ana Lima Reis".
    """
    prefix = typed.casefold()
    completion = next((text for text in completions if text.casefold().startswith(prefix)), "")
    is_full_name = " " in prefix.strip() and completion[len(prefix) : len(prefix) + 1] == " "
    return "" if is_closed and is_full_name else completion


class TextEditor(TextArea, inherit_bindings=False):
    """A text area for one line or for prose. Keys that it does not handle trigger the bindings of the screen."""

    IS_TYPED_INTO = True
    # In a closed list the completion is part of the answer, so it does not look like a mere suggestion.
    DEFAULT_CSS = """
    TextEditor.-closed .text-area--suggestion { color: $accent; text-style: underline; }
    """

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
        self.cursor_blink = False  # each blink draws the whole editor again, all day long
        self.is_one_line = True
        """Whether line breaks are replaced by spaces."""
        self.leave_text: Callable[[int], None] = lambda _step: None
        """Called when the cursor moves out of the text: -1 above the first line, 1 below the last one."""
        self.completions: Sequence[str] = ()
        """Possible answers. The rest of the first one that starts with the typed text is shown after the cursor."""
        self.is_closed = False
        """Whether only these answers are valid. If so, the completion is part of the answer; if not, it is a grey
        suggestion that → accepts.
        """

    def load(
        self,
        text: str,
        *,
        is_one_line: bool,
        completions: Sequence[str] = (),
        is_closed: bool = False,
        is_prefilled: bool = False,
    ) -> None:
        """Show another answer, with the cursor at its end, without posting Changed.

        A prefilled answer is selected: typing replaces it, and the arrow keys move into it.
        """
        self.is_one_line = is_one_line
        self.completions, self.is_closed = completions, is_closed
        self.set_class(is_closed, "-closed")
        with self.prevent(TextArea.Changed):
            self.load_text(text)
        self.move_cursor(self.document.end)
        if is_prefilled and text:
            self.select_all()

    def replace_text(self, text: str) -> None:
        """Replace the whole text as if it had been typed."""
        self.replace(text, self.document.start, self.document.end)
        self.move_cursor(self.document.end)

    # Overrides of Textual's text area

    def _set_document(self, text: str, language: str | None) -> None:
        document = PlainDocument(text)
        self.document = document
        self.wrapped_document = WrappedDocument(document, tab_width=self.indent_width)
        self.navigator = DocumentNavigator(self.wrapped_document)
        self._build_highlight_map()
        self.move_cursor((0, 0))
        self._rewrap_and_refresh_virtual_size()

    def get_line(self, line_index: int) -> Text:
        """Return a line with every invisible control character as a symbol of one cell."""
        line = self.document.get_line(line_index)
        if escape_invisible(line) != line:
            line = "".join(
                character
                if character == "\t" or escape_invisible(character) == character
                else _visible_symbol(character)
                for character in line
            )
        return Text(line, end="", no_wrap=True)

    def update_suggestion(self) -> None:
        """Suggest the rest of the answer while the cursor is at the end of the text."""
        typed = self.text
        completion = ""
        if typed.strip() and self.cursor_location == self.document.end:
            completion = find_completion(typed, self.completions, is_closed=self.is_closed)
        self.suggestion = escape_invisible(completion[len(typed) :]).replace("\n", " ") if completion else ""

    async def _on_key(self, event: events.Key) -> None:
        if not event.is_printable and (event.key != "enter" or self.is_one_line):
            await trigger_bindings(self, event)

    async def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self._insert_text(event.text)

    def action_paste(self) -> None:
        """Insert the text last cut or copied in sprintkit."""
        self._insert_text(self.app.clipboard)

    def _insert_text(self, text: str) -> None:
        text = text.replace("\r\n", "\n")
        if self.is_one_line:
            text = text.replace("\n", " ")
        if text and (result := self._replace_via_keyboard(text, *self.selection)):
            self.move_cursor(result.end_location)

    def action_delete_to_start_of_line(self) -> None:
        """Delete everything before the cursor in this line, even if the line wraps."""
        row, column = self.cursor_location
        if column and self.selection.is_empty:
            self._delete_via_keyboard((row, 0), (row, column))
        else:
            super().action_delete_to_start_of_line()

    def action_cursor_up(self, select: bool = False) -> None:
        """Move up a line; above the first line, leave the text."""
        if not select and self.wrapped_document.location_to_offset(self.cursor_location).y == 0:
            self.leave_text(-1)
        else:
            super().action_cursor_up(select)

    def action_cursor_down(self, select: bool = False) -> None:
        """Move down a line; below the last line, leave the text."""
        offset = self.wrapped_document.location_to_offset(self.cursor_location).y
        if not select and offset >= self.wrapped_document.height - 1:
            self.leave_text(1)
        else:
            super().action_cursor_down(select)


def _visible_symbol(character: str) -> str:
    """A symbol of one cell for an invisible character: its Unicode control picture if it has one."""
    code = ord(character)
    return chr(0x2400 + code) if code < 32 else "\u2421" if code == 127 else "\ufffd"
