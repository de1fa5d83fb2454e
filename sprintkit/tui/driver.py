"""Reads terminal input as it was meant, and keeps output from failing when the connection is lost.

Each class here mends one fault of Textual through private names, which is why Textual is pinned exactly.
"""

from __future__ import annotations

import codecs
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import IO, Any

from textual import events
from textual._xterm_parser import XTermParser
from textual.driver import Driver
from textual.message import Message

PASTE_START, PASTE_END = "\x1b[200~", "\x1b[201~"
"""What a terminal sends before and after a paste."""
_DRIVER_MODULES = ("textual.drivers.linux_driver", "textual.drivers.web_driver")


class PasteSafeParser(XTermParser):
    """Treats a whole paste as text. Textual's parser reads an escape sequence inside a paste as keys."""

    def __init__(self, debug: bool = False) -> None:
        super().__init__(debug)
        self._pasted: str | None = None
        """The text of a paste that has not ended yet."""

    def feed(self, data: str) -> Iterable[Message]:
        """Yield a message for each key and each complete paste in `data`."""
        if not data:
            yield from super().feed(data)
        while data:
            if self._pasted is None:
                keys, has_begun, data = data.partition(PASTE_START)
                if keys:
                    yield from super().feed(keys)
                if has_begun:
                    self._pasted = ""
            else:
                text, has_ended, data = (self._pasted + data).partition(PASTE_END)
                self._pasted = None if has_ended else text
                if has_ended:
                    yield events.Paste(text.replace("\0", ""))


@contextmanager
def tolerant_input() -> Iterator[None]:
    """Decode bytes that are not UTF-8 (a Latin-1 terminal, a split paste) as replacement characters.

    Textual's drivers decode strictly, so their input thread dies at the first such byte, and neither the decoder nor
    the parser can be configured. On exit the drivers' modules are restored.
    """
    decoder = codecs.getincrementaldecoder("utf-8")
    replacements = {
        "XTermParser": PasteSafeParser,
        "getincrementaldecoder": lambda _encoding: lambda: decoder("replace"),
    }
    # Textual imports only the module of the driver that it uses.
    modules = [module for name in _DRIVER_MODULES if (module := sys.modules.get(name)) is not None]
    originals = [(module, name, getattr(module, name)) for module in modules for name in replacements]
    for module, name, _ in originals:
        setattr(module, name, replacements[name])
    try:
        yield
    finally:
        for module, name, original in originals:
            setattr(module, name, original)


class DisconnectSafeFile:
    """A terminal file that may disappear: later writes are dropped instead of failing.

    Textual writes in a thread that dies with the connection, and then waits for that thread forever.
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
    """Return a subclass of the driver class `kind` that survives a lost terminal and normalises line ends.

    Terminals send the line ends of a paste as carriage returns, and Enter as a line feed when it was pressed before
    the program took over the terminal.
    """

    class TerminalDriver(kind):  # type: ignore[misc, valid-type]
        _file: Any

        def __init__(self, *arguments: Any, **options: Any) -> None:
            super().__init__(*arguments, **options)
            if hasattr(self, "_file"):  # the web driver writes to a pipe
                self._file = DisconnectSafeFile(_choose_terminal(self._file))

        def process_message(self, message: Message) -> None:
            if isinstance(message, events.Paste):
                message.text = message.text.replace("\r\n", "\n").replace("\r", "\n")
            elif isinstance(message, events.Key) and message.key == "ctrl+j":
                message = events.Key("enter", "\r")
            super().process_message(message)

    return TerminalDriver


def _choose_terminal(file: IO[str] | None) -> IO[str]:
    """Return `file`, or stdout if only stdout is a terminal. Textual draws on stderr, wherever that leads."""
    stdout = sys.__stdout__
    if file is not None and (file.isatty() or stdout is None or not stdout.isatty()):
        return file
    assert stdout is not None, "without any terminal, the app does not open"
    return stdout
