"""What the terminal sends, read as it is meant, and so that no byte of it can end the app."""

from __future__ import annotations

import codecs
import sys

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


def with_line_ends(kind: type[Driver]) -> type[Driver]:
    """The driver `kind`, taking the carriage returns of a paste as the line ends that terminals send so."""

    class LineEnds(kind):  # type: ignore[misc, valid-type]
        def process_message(self, message: Message) -> None:
            if isinstance(message, events.Paste):
                message.text = message.text.replace("\r\n", "\n").replace("\r", "\n")
            super().process_message(message)

    return LineEnds
