"""What the terminal sends, read so that no byte of it can end the app."""

from __future__ import annotations

import codecs
import sys


def forgive_bytes() -> None:
    """Takes bytes that are no UTF-8 (a Latin-1 terminal, a paste cut in two) as signs that stand for them.

    Textual's driver decodes strictly, and its input thread dies of the first such byte; there is no setting.
    """
    if sys.platform == "win32":
        return
    from textual.drivers import linux_driver  # not there on Windows

    decoder = codecs.getincrementaldecoder("utf-8")
    linux_driver.getincrementaldecoder = lambda _encoding: lambda: decoder("replace")  # type: ignore[attr-defined,assignment]
