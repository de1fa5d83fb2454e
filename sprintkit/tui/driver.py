"""What the terminal sends, read as it is meant, and so that no byte of it can end the app."""

from __future__ import annotations

import codecs
import sys
from contextlib import suppress
from typing import IO, Any

from textual import events
from textual.driver import Driver
from textual.message import Message


def forgive_bytes() -> None:
    """Takes bytes that are no UTF-8 (a Latin-1 terminal, a paste cut in two) as signs that stand for them.

    Textual's driver decodes strictly, and its input thread dies of the first such byte; there is no setting.
    """
    if sys.platform == "win32":
        return
    from textual.drivers import linux_driver  # not there on Windows

    decoder = codecs.getincrementaldecoder("utf-8")
    linux_driver.getincrementaldecoder = lambda _encoding: lambda: decoder("replace")  # type: ignore[attr-defined,assignment]


class Lasting:
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


def of_a_terminal(kind: type[Driver]) -> type[Driver]:
    """The driver `kind`, for a terminal that may go away, and that sends the line ends of a paste as returns.

    Enter pressed before the program had the terminal to itself comes as a line feed.
    """

    class Terminal(kind):  # type: ignore[misc, valid-type]
        _file: Any

        def __init__(self, *arguments: Any, **options: Any) -> None:
            super().__init__(*arguments, **options)
            self._file = Lasting(self._file)

        def process_message(self, message: Message) -> None:
            if isinstance(message, events.Paste):
                message.text = message.text.replace("\r\n", "\n").replace("\r", "\n")
            elif isinstance(message, events.Key) and message.key == "ctrl+j":
                message = events.Key("enter", "\r")
            super().process_message(message)

    return Terminal
