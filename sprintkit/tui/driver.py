"""What the terminal sends, read as it is meant, and so that no byte of it can end the app."""

from __future__ import annotations

import codecs
import sys
from collections.abc import Iterable
from contextlib import suppress
from typing import IO, Any

from textual import events
from textual._xterm_parser import XTermParser
from textual.driver import Driver
from textual.message import Message

BEGINS, ENDS = "\x1b[200~", "\x1b[201~"
"""What a terminal sends before and after a paste."""


class Parser(XTermParser):
    """Takes all of a paste as text. Textual's own looks for keys in it, and finds some where it holds an escape sign."""

    def __init__(self, debug: bool = False) -> None:
        super().__init__(debug)
        self._pasted: str | None = None
        """The paste that has begun and not ended."""

    def feed(self, data: str) -> Iterable[Message]:
        """Messages for what came; see Parser."""
        if not data:
            yield from super().feed(data)
        while data:
            if self._pasted is None:
                keys, has_begun, data = data.partition(BEGINS)
                if keys:
                    yield from super().feed(keys)
                if has_begun:
                    self._pasted = ""
            else:
                text, has_ended, data = (self._pasted + data).partition(ENDS)
                self._pasted = None if has_ended else text
                if has_ended:
                    yield events.Paste(text.replace("\0", ""))


def install_tolerant_input() -> None:
    """Takes bytes that are no UTF-8 (a Latin-1 terminal, a paste cut in two) as signs that stand for them.

    Textual's driver decodes strictly, and its input thread dies of the first such byte. There is no setting for
    this, nor for the parser.
    """
    if sys.platform == "win32":
        return
    from textual.drivers import linux_driver  # not there on Windows

    decoder = codecs.getincrementaldecoder("utf-8")
    linux_driver.XTermParser = Parser  # type: ignore[attr-defined]
    linux_driver.getincrementaldecoder = lambda _encoding: lambda: decoder("replace")  # type: ignore[attr-defined,assignment]


class DisconnectSafeFile:
    """The terminal as a file that may go away; what is written then is lost, and nobody waits for it.

    Textual writes in a thread of its own, which dies when the connection does; the app then waits for it for ever.
    """

    def __init__(self, file: IO[str]) -> None:
        self._file = file

    def write(self, text: str) -> None:
        with suppress(OSError):
            self._file.write(text)

    def flush(self) -> None:
        with suppress(OSError):
            self._file.flush()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


def terminal_driver(kind: type[Driver]) -> type[Driver]:
    """The driver `kind`, for a terminal that may go away, and that sends the line ends of a paste as returns.

    Enter pressed before the program had the terminal to itself comes as a line feed.
    """

    class Terminal(kind):  # type: ignore[misc, valid-type]
        _file: Any

        def __init__(self, *arguments: Any, **options: Any) -> None:
            super().__init__(*arguments, **options)
            self._file = DisconnectSafeFile(self._file)

        def process_message(self, message: Message) -> None:
            if isinstance(message, events.Paste):
                message.text = message.text.replace("\r\n", "\n").replace("\r", "\n")
            elif isinstance(message, events.Key) and message.key == "ctrl+j":
                message = events.Key("enter", "\r")
            super().process_message(message)

    return Terminal
