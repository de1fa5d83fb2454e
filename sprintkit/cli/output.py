"""The one printer: a result as text made for reading, or as one JSON document.

Data goes to stdout, narration and errors to stderr. Text of users is made visible here, so that nothing else
needs to think of it.
"""

from __future__ import annotations

import os
import sys

from sprintkit.actions.result import Result
from sprintkit.cli.visible import escape_invisible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any, TextIO

    from sprintkit.errors import Problem

SCHEMA_VERSION = 1
_STYLES = {"bold": "1", "dim": "2", "good": "32", "warn": "33", "bad": "31"}
_ON, _OFF = "\x01" + os.urandom(6).hex(), "\x02" + os.urandom(6).hex()
"""Marks of own styles; no text of a user can hold them."""


class OutputError(Exception):
    """Stdout or stderr did not take what was to be printed."""

    def __init__(self, error: OSError) -> None:
        super().__init__(str(error))
        self.error = error


class Output:
    """Where and how a run prints."""

    def __init__(self, *, json: bool, color: bool) -> None:
        self.json = json
        self.shown_as: str | None = None
        """Another text than the kind's own."""
        self.color = color and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
        for stream in (sys.stdout, sys.stderr):
            reconfigure = getattr(stream, "reconfigure", None)
            if reconfigure is not None:
                reconfigure(errors="backslashreplace")

    def emit(self, result: Result) -> None:
        """Print a result, whole. Raises Unprinted."""
        try:
            self._emit(result)
        except OSError as error:
            raise OutputError(error) from None

    def _emit(self, result: Result) -> None:
        if self.json:
            sys.stdout.write(as_json(result))
        elif result.data is not None and set(result.data) != {"slug"}:  # a refusal knows no more than that
            self._lines(sys.stdout, self._text(result))
        sys.stdout.flush()
        self._lines(sys.stderr, result.notes)
        if not self.json:
            self._lines(sys.stderr, problem_lines(result.errors))
        sys.stderr.flush()

    def narrate(self, text: str) -> None:
        """A line on stderr. Raises Unprinted."""
        try:
            self._lines(sys.stderr, [text])
            sys.stderr.flush()
        except OSError as error:
            raise OutputError(error) from None

    def style(self, text: str, name: str) -> str:
        """`text` in a style (bold, dim, good, warn, bad), where stdout shows colour."""
        if not self.color or not text or not sys.stdout.isatty():
            return text
        return f"{_ON}{_STYLES[name]}m{text}{_OFF}"

    def forms(self, rows: list[dict[str, Any]]) -> dict[str, str]:
        """The listing of sprints in the form of this run, to be printed again without working it out."""
        result = Result("status", {"sprints": rows})
        if self.json:
            return {"json": as_json(result)}
        if sys.stdout.isatty():
            return {}
        return {"text": "".join(f"{_styled(line)}\n" for line in self._text(result))}

    def raw(self, body: bytes) -> None:
        """Bytes to stdout as they are: a document that somebody piped on. Raises Unprinted."""
        try:
            sys.stdout.flush()
            sys.stdout.buffer.write(body)
            sys.stdout.buffer.flush()
        except OSError as error:
            raise OutputError(error) from None

    def _text(self, result: Result) -> Iterable[str]:
        from importlib import import_module  # each kind's text is loaded with the command that shows it

        shown = import_module(f"{__package__}.shown.{self.shown_as or result.kind}")
        lines: Iterable[str] = shown.lines(result, self.style)
        return lines

    def _lines(self, stream: TextIO, lines: Iterable[str]) -> None:
        for text in lines:
            stream.write(_styled(text) + "\n")


def _styled(text: str) -> str:
    """A line ready for the terminal: own styles become escape sequences, everything else that acts is shown."""
    if text.isprintable():
        return text
    shown = escape_invisible(text)
    if _ON[1:] in text:
        shown = shown.replace(escape_invisible(_ON), "\x1b[").replace(escape_invisible(_OFF), "\x1b[0m")
    return shown


def as_json(result: Result) -> str:
    """The envelope: one document. Every character beyond ASCII is escaped, so nothing in it acts on a terminal."""
    import json  # text needs none of it

    envelope = {
        "schema_version": SCHEMA_VERSION,
        "kind": result.kind,
        "data": result.data,
        "errors": [problem._asdict() for problem in result.errors],
    }
    return json.dumps(envelope, indent=1, default=_plain, allow_nan=False) + "\n"


def _plain(value: Any) -> Any:
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if hasattr(value, "_asdict"):
        return value._asdict()
    raise TypeError(f"{type(value).__name__} has no form in JSON")


def problem_lines(problems: Iterable[Problem]) -> Iterator[str]:
    """Problems as lines: the file once, then what is wrong there, and under each what to do."""
    from sprintkit.cli.visible import line

    found = list(problems)
    at = 0
    while at < len(found):
        path = found[at].path
        same = [problem for problem in found[at:] if problem.path == path]
        same = same[: next((n for n, one in enumerate(found[at:]) if one.path != path), len(same))]
        if path is None or len(same) == 1:
            for problem in same:
                where = f"{line(path)}: " if path else ""
                yield f"sprintkit: {where}{line(problem.message)}"
                if problem.hint:
                    yield f"  {line(problem.hint)}"
        else:
            yield f"sprintkit: {line(path)}:"
            for problem in same:
                yield f"  - {line(problem.message)}"
                if problem.hint:
                    yield f"    {line(problem.hint)}"
        at += len(same)
