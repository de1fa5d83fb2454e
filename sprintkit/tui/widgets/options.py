"""Controls to pick an answer from a few options: one of them, or any number of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget

from sprintkit.tui.text import fit_line
from sprintkit.tui.widgets.key_passthrough import trigger_bindings
from sprintkit.tui.widgets.option_names import OptionNames

_GAP = 3
"""Columns between two options."""
MAX_BESIDE = 9
"""Most options that are laid out side by side if they need more than two lines."""
MAX_SHARE_OF_A_LINE = 0.5
"""If the longest option takes more than this share of a line, every option has a line of its own."""


class _Position(NamedTuple):
    """Where an option is drawn."""

    x: int
    y: int
    width: int


class OptionPicker(Widget, can_focus=True):
    """Shows options side by side, or one per line if they are long. Arrows, numbers and the mouse pick them.

    ↑ and ↓ do so only if there is one option per line. The answer is a text: the keys of the picked options, one per
    line. Parts of the answer that match no option stay in it and are shown after the options.
    """

    DEFAULT_CSS = "OptionPicker { height: auto; } OptionPicker:focus { background: $surface; }"
    ALLOW_SELECT = False

    @dataclass
    class Picked(Message):
        """The answer changed."""

        picker: OptionPicker

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.keys: tuple[str, ...] = ()
        self.labels: tuple[str, ...] = ()
        self.unknown: list[str] = []
        """Parts of the answer that match no option."""
        self.names = OptionNames((), ())
        self.cursor = -1
        """Index of the option under the cursor; -1 for none."""
        self.keeps_arrows = True
        """Whether ↑ and ↓ move from option to option in a column, instead of leaving the control."""
        self._typed = ""
        """The part of a name, or of an answer that is no option, typed so far."""
        self._positions: list[_Position] = []

    def load(self, keys: Sequence[str], labels: Sequence[str], text: str) -> None:
        """Replace the options and the answer, without posting a message."""
        self.keys, self.labels = tuple(keys), tuple(labels)
        self.names = OptionNames(keys, labels)
        self.set_text(text)
        self.refresh(layout=True)

    def set_text(self, text: str) -> None:
        """Set the answer without posting a message."""
        raise NotImplementedError

    @property
    def text(self) -> str:
        """The answer."""
        raise NotImplementedError

    def is_picked(self, index: int) -> bool:
        """Whether an option is part of the answer. Indices after the last option stand for the unknown parts."""
        raise NotImplementedError

    def marker(self, index: int) -> str:
        """The symbol before an option, such as `(•)`: whether it is picked."""
        raise NotImplementedError

    # Drawing

    def _place_options(self, width: int) -> int:
        """Compute the position of every option; return the number of lines."""
        self._positions = []
        widths = [
            cell_len(self._text_of(index, width)) for index in range(len(self.labels) + len(self.unknown))
        ]
        is_long = max(widths, default=0) > width * MAX_SHARE_OF_A_LINE
        is_list = is_long or (len(widths) > MAX_BESIDE and sum(widths) + _GAP * len(widths) > 2 * width)
        x = y = 0
        for option_width in widths:
            if x and (is_list or x + option_width > width):
                x, y = 0, y + 1
            self._positions.append(_Position(x, y, option_width))
            x += option_width + _GAP
        return y + 1

    def _text_of(self, index: int, width: int) -> str:
        """An option with its marker, or an unknown part of the answer, in at most `width` cells."""
        count = len(self.labels)
        label = self.labels[index] if index < count else self.unknown[index - count]
        return fit_line(f"{self.marker(index)} {label}", width)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return self._place_options(max(width, 10))

    def render(self) -> Content:
        width = self.content_size.width
        lines: list[list[Content]] = [[] for _ in range(self._place_options(width))]
        ends = [0] * len(lines)
        for index, (x, y, option_width) in enumerate(self._positions):
            gap = Content(" " * (x - ends[y]))
            lines[y] += [gap, Content.styled(self._text_of(index, width), self._style_of(index))]
            ends[y] = x + option_width
        return Content("\n").join(Content.assemble(*parts) for parts in lines)

    def _style_of(self, index: int) -> str:
        if index == self.cursor and self.has_focus:
            return "bold reverse $accent"
        if index >= len(self.labels):
            return "$error"
        return "bold $foreground" if self.is_picked(index) else "$foreground"

    @property
    def cursor_line(self) -> int:
        """The line of the option under the cursor; 0 if there is none."""
        return self._positions[self.cursor].y if 0 <= self.cursor < len(self._positions) else 0

    @property
    def is_vertical(self) -> bool:
        """Whether every option has a line of its own."""
        return len({position.y for position in self._positions}) == len(self._positions) > 1

    def step_in_column(self, key: str) -> int | None:
        """The index of the option that ↑ or ↓ moves to; None if the key leaves the control or is another one."""
        if key not in ("up", "down") or not self.keeps_arrows or not self.is_vertical:
            return None
        target = self.cursor + (1 if key == "down" else -1)
        return target if 0 <= target < len(self.keys) else None

    # Picking

    def pick(self, index: int) -> None:
        """Pick an option; in a multiple choice, drop it if it is already picked."""
        raise NotImplementedError

    def _is_position(self, character: str) -> bool:
        """Whether a typed character is the number of an option, and not part of a name."""
        return character.isdecimal() and not (self._typed or self.names.are_numbered)

    def _move_to_and_pick(self, index: int) -> None:
        """Move the cursor to an option and pick it, if there is such an option."""
        if 0 <= index < len(self.keys):
            self.cursor = index
            self.pick(index)

    def _post_picked(self) -> None:
        self.refresh(layout=True)
        self.post_message(self.Picked(self))

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if offset is None:
            return
        for index, (x, y, width) in enumerate(self._positions[: len(self.labels)]):
            if offset.y == y and x <= offset.x < x + width:
                self.focus()
                self._move_to_and_pick(index)
                return

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()


class SingleChoice(OptionPicker):
    """Picks one option. Typed letters find it; text that matches no option stays as typed."""

    def set_text(self, text: str) -> None:
        self.cursor = self.keys.index(text) if text in self.keys else -1
        self.unknown = [text] if text and self.cursor < 0 else []
        self._typed = text if self.cursor < 0 else ""

    @property
    def text(self) -> str:
        return self.keys[self.cursor] if self.cursor >= 0 else "".join(self.unknown)

    def is_picked(self, index: int) -> bool:
        return index == self.cursor or (self.cursor < 0 and index >= len(self.labels))

    def marker(self, index: int) -> str:
        return "(•)" if self.is_picked(index) else "( )"

    def pick(self, index: int) -> None:
        self.cursor, self.unknown, self._typed = index, [], ""
        self._post_picked()

    def type(self, text: str) -> None:
        """Pick the option named `text`, else the first that starts with it; if there is none, keep the text."""
        matches = self.names.named_exactly(text) or self.names.starting_with(text)
        self.cursor = matches[0] if matches else -1
        self.unknown = [text] if text and not matches else []
        self._typed = text
        self._post_picked()

    async def on_key(self, event: events.Key) -> None:
        character = event.character or ""
        target = self.step_in_column(event.key)
        if target is not None:
            self.pick(target)
        elif event.key == "left" and self.keys:
            self.pick((max(self.cursor, 0) - 1) % len(self.keys))
        elif self.keys and (event.key == "right" or (event.key == "space" and not self._typed)):
            self.pick((self.cursor + 1) % len(self.keys))
        elif event.key in ("delete", "ctrl+u"):
            self.type("")
        elif event.key == "backspace":
            self.type(self._typed[:-1])
        elif self._is_position(character):
            self._move_to_and_pick(int(character) - 1)
        elif event.is_printable and character:
            self.type(self._typed + character)
        else:
            await trigger_bindings(self, event)
        event.stop()

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        self.type(event.text)


class MultipleChoice(OptionPicker):
    """Picks any number of options. Space picks or drops one, `*` picks or drops all.

    Typed letters move to the option with that name. A name such as P5 picks or drops its option once it is complete.
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.picked: list[str] = []
        """Keys of the picked options."""
        self._picked_by_name = -1
        """Index of the option that the typed name picked or dropped; -1 if there is none."""

    def set_text(self, text: str) -> None:
        self._typed, self._picked_by_name = "", -1
        entries = [entry for entry in text.split("\n") if entry]
        self.picked = [entry for entry in entries if entry in self.keys]
        self.unknown = [entry for entry in entries if entry not in self.keys]
        self.cursor = min(max(self.cursor, 0), max(len(self.keys) - 1, 0)) if self.keys else -1

    @property
    def text(self) -> str:
        return "\n".join([*(key for key in self.keys if key in self.picked), *self.unknown])

    def is_picked(self, index: int) -> bool:
        return index >= len(self.keys) or self.keys[index] in self.picked

    def marker(self, index: int) -> str:
        return "[x]" if self.is_picked(index) else "[ ]"

    def pick(self, index: int) -> None:
        key = self.keys[index]
        if key in self.picked:
            self.picked.remove(key)
        else:
            self.picked.append(key)
        self._post_picked()

    async def on_key(self, event: events.Key) -> None:
        count = len(self.keys)
        character = event.character or ""
        is_position = self._is_position(character)
        if character.isalnum() and not is_position:
            self._type_name(character)
            event.stop()
            return
        self._typed, self._picked_by_name = "", -1
        target = self.step_in_column(event.key)
        if target is not None:
            self.cursor = target
            self.refresh()
        elif event.key in ("left", "right") and count:
            self.cursor = (self.cursor + (1 if event.key == "right" else -1)) % count
            self.refresh()
        elif event.key == "space" and count:
            self.pick(self.cursor)
        elif event.character == "*":
            self.picked = [] if len(self.picked) == count else list(self.keys)
            self._post_picked()
        elif event.key == "backspace" and self.unknown:
            self.unknown.pop()
            self._post_picked()
        elif event.key in ("delete", "ctrl+u"):
            self.picked, self.unknown = [], []
            self._post_picked()
        elif is_position:
            self._move_to_and_pick(int(character) - 1)
        else:
            await trigger_bindings(self, event)
        event.stop()

    def _type_name(self, character: str) -> None:
        """Move to the option whose name is being typed; pick or drop it if the name is complete and ends in a digit."""
        typed = self._typed + character
        matches = self.names.starting_with(typed)
        if matches:
            if self._picked_by_name >= 0:
                self.pick(self._picked_by_name)  # P1 was only the beginning of P10
        else:  # a new name begins
            typed, matches = character, self.names.starting_with(character)
        self._typed, self._picked_by_name = typed, -1
        named = self.names.named_exactly(typed)
        if len(named) == 1 and typed[-1:].isdigit():
            self.cursor = self._picked_by_name = named[0]
            self.pick(named[0])
        elif matches:
            self.cursor = matches[0]
        self.refresh()

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        for entry in event.text.replace("\r\n", "\n").split("\n"):
            matches = [
                key for key, label in zip(self.keys, self.labels, strict=True) if entry in (key, label)
            ]
            if matches and matches[0] not in self.picked:
                self.picked.append(matches[0])
            elif entry and not matches and entry not in self.unknown:
                self.unknown.append(entry)
        self._post_picked()
