"""Answers picked from a few: one of them, or any number of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget

from sprintkit.tui.text import fit
from sprintkit.tui.widgets.key_passthrough import trigger_bindings

_GAP = 3


class OptionPicker(Widget, can_focus=True):
    """Options side by side, as many in a line as fit; arrows, numbers and the mouse reach them.

    A value is the options' keys with a line break between them; what is no option stays in it and is shown.
    """

    DEFAULT_CSS = "OptionPicker { height: auto; } OptionPicker:focus { background: $surface; }"
    ALLOW_SELECT = False

    @dataclass
    class Picked(Message):
        """Something else is picked."""

        options: OptionPicker

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.keys: tuple[str, ...] = ()
        self.words: tuple[str, ...] = ()
        self.strays: list[str] = []
        """Parts of the answer that are no option."""
        self.at = -1
        """The option under the cursor; -1 for none."""
        self._places: list[tuple[int, int, int]] = []

    def load(self, keys: Sequence[str], words: Sequence[str], text: str) -> None:
        """Shows other options, and what is picked of them."""
        self.keys, self.words = tuple(keys), tuple(words)
        self.set_text(text)
        self.refresh(layout=True)

    def set_text(self, text: str) -> None:
        """Takes the answer's text apart."""
        raise NotImplementedError

    @property
    def text(self) -> str:
        """The answer's text."""
        raise NotImplementedError

    def is_picked(self, at: int) -> bool:
        """Whether the option is picked."""
        raise NotImplementedError

    def marks(self, at: int) -> str:
        """The sign before an option."""
        raise NotImplementedError

    # Drawing

    def _arrange(self, width: int) -> int:
        """Places the options; returns the number of lines."""
        self._places = []
        x = y = 0
        for at in range(len(self.words) + len(self.strays)):
            needed = cell_len(self._label(at, width))
            if x and x + needed > width:
                x, y = 0, y + 1
            self._places.append((x, y, needed))
            x += needed + _GAP
        return y + 1

    def _label(self, at: int, width: int) -> str:
        word = self.words[at] if at < len(self.words) else self.strays[at - len(self.words)]
        return fit(f"{self.marks(at)} {word}", width)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return self._arrange(max(width, 10))

    def render(self) -> Content:
        width = self.content_size.width
        lines: list[list[Content]] = [[] for _ in range(self._arrange(width))]
        ends = [0] * len(lines)
        for at, (x, y, needed) in enumerate(self._places):
            style = ""
            if at >= len(self.words):
                style = "$error"
            elif self.is_picked(at):
                style = "bold $foreground"
            if at == self.at and self.has_focus:
                style = "bold reverse $accent"
            lines[y].append(Content(" " * (x - ends[y])))
            lines[y].append(Content.styled(self._label(at, width), style or "$foreground"))
            ends[y] = x + needed
        return Content("\n").join(Content.assemble(*parts) for parts in lines)

    # Reaching them

    def pick(self, at: int) -> None:
        """Picks an option, or lets it go."""
        raise NotImplementedError

    def _picked(self) -> None:
        self.refresh(layout=True)
        self.post_message(self.Picked(self))

    def on_click(self, event: events.Click) -> None:
        place = event.get_content_offset(self)
        if place is None:
            return
        for at, (x, y, needed) in enumerate(self._places[: len(self.words)]):
            if place.y == y and x <= place.x < x + needed:
                self.focus()
                self.at = at
                self.pick(at)
                return

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()


class SingleChoice(OptionPicker):
    """One of a few. Letters find it; what is none of them stays as typed."""

    def set_text(self, text: str) -> None:
        self.at = self.keys.index(text) if text in self.keys else -1
        self.strays = [text] if text and self.at < 0 else []
        self._typed = text if self.at < 0 else ""

    @property
    def text(self) -> str:
        return self.keys[self.at] if self.at >= 0 else "".join(self.strays)

    def is_picked(self, at: int) -> bool:
        return at == self.at or (self.at < 0 and at >= len(self.words))

    def marks(self, at: int) -> str:
        return "(•)" if self.is_picked(at) else "( )"

    def pick(self, at: int) -> None:
        self.at, self.strays, self._typed = at, [], ""
        self._picked()

    def type(self, text: str) -> None:
        """Takes what was typed: the first option that begins so, else the text."""
        folded = " ".join(text.casefold().split())
        pairs = list(zip(self.keys, self.words, strict=True))
        exact = [at for at, pair in enumerate(pairs) if folded in (one.casefold() for one in pair)]
        begun = [
            at for at, pair in enumerate(pairs) if any(one.casefold().startswith(folded) for one in pair)
        ]
        found = exact or (begun if folded else [])
        self.at = found[0] if found else -1
        self.strays = [text] if text and not found else []
        self._typed = text
        self._picked()

    async def on_key(self, event: events.Key) -> None:
        last = len(self.keys) - 1
        if (
            event.key in ("left", "right", "space")
            and self.keys
            and not (event.key == "space" and self._typed)
        ):
            step = -1 if event.key == "left" else 1
            self.pick(last if self.at < 0 and step < 0 else (self.at + step) % (last + 1))
        elif event.key in ("delete", "ctrl+u"):
            self.type("")
        elif event.key == "backspace":
            self.type(self._typed[:-1] if self._typed else "")
        elif event.character and event.character.isdigit() and not self._typed:
            number = int(event.character)
            if 1 <= number <= last + 1:
                self.pick(number - 1)
        elif event.is_printable and event.character:
            self.type(self._typed + event.character)
        else:
            await trigger_bindings(self, event)
        event.stop()

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        self.type(event.text)


class MultipleChoice(OptionPicker):
    """Any number of a few; Space lets one in or out, `*` all of them."""

    def set_text(self, text: str) -> None:
        entries = [entry for entry in text.split("\n") if entry]
        self.picked = [entry for entry in entries if entry in self.keys]
        self.strays = [entry for entry in entries if entry not in self.keys]
        self.at = min(max(self.at, 0), max(len(self.keys) - 1, 0)) if self.keys else -1

    @property
    def text(self) -> str:
        return "\n".join([*(key for key in self.keys if key in self.picked), *self.strays])

    def is_picked(self, at: int) -> bool:
        return at >= len(self.keys) or self.keys[at] in self.picked

    def marks(self, at: int) -> str:
        return "[x]" if self.is_picked(at) else "[ ]"

    def pick(self, at: int) -> None:
        key = self.keys[at]
        self.picked = (
            [one for one in self.picked if one != key] if key in self.picked else [*self.picked, key]
        )
        self._picked()

    async def on_key(self, event: events.Key) -> None:
        count = len(self.keys)
        if event.key in ("left", "right") and count:
            self.at = (self.at + (1 if event.key == "right" else -1)) % count
            self.refresh()
        elif event.key == "space" and count:
            self.pick(self.at)
        elif event.character == "*":
            self.picked = [] if len(self.picked) == count else list(self.keys)
            self._picked()
        elif event.key == "backspace" and self.strays:
            self.strays.pop()
            self._picked()
        elif event.key in ("delete", "ctrl+u"):
            self.picked, self.strays = [], []
            self._picked()
        elif event.character and event.character.isdigit():
            if 1 <= int(event.character) <= count:
                self.at = int(event.character) - 1
                self.pick(self.at)
        else:
            await trigger_bindings(self, event)
        event.stop()

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        for entry in event.text.replace("\r\n", "\n").split("\n"):
            found = [key for key, word in zip(self.keys, self.words, strict=True) if entry in (key, word)]
            if found and found[0] not in self.picked:
                self.picked.append(found[0])
            elif entry and not found and entry not in self.strays:
                self.strays.append(entry)
        self._picked()
