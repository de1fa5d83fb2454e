"""The only printer: prints a result as text for people, or as one JSON document.

Data goes to stdout; narration and errors go to stderr. Text that people wrote is escaped here, so that no other module
has to do it.
"""

from __future__ import annotations

import os
import sys

from sprintkit.cli.fast_path import is_web_terminal
from sprintkit.text.escaping import escape_invisible, one_line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from typing import Any, TextIO

    from sprintkit.actions.result import Result
    from sprintkit.cli.layout import TextLines
    from sprintkit.errors import Problem

SCHEMA_VERSION = 1
_STYLES = {"bold": "1", "dim": "2", "good": "32", "warn": "33", "bad": "31"}
_STYLE_START, _STYLE_END = "\x01" + os.urandom(6).hex(), "\x02" + os.urandom(6).hex()
"""Placeholders of our own styles. They are random, so no text from a file can contain them."""


class OutputError(Exception):
    """Stdout could not be written to."""

    def __init__(self, error: OSError) -> None:
        super().__init__(str(error))
        self.error = error


class Output:
    """Prints the output of a run, as text or as JSON. Methods that write to stdout raise OutputError."""

    def __init__(self, *, json: bool, color: bool) -> None:
        self.is_json = json
        self.has_color = color and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"

    @property
    def is_interactive(self) -> bool:
        """Whether a person sits at a terminal, so that the app can open."""
        return not self.is_json and (is_web_terminal() or (sys.stdin.isatty() and sys.stdout.isatty()))

    @property
    def is_terminal(self) -> bool:
        """Whether text goes to a terminal, and not to a file, a pipe or JSON."""
        return not self.is_json and sys.stdout is not None and sys.stdout.isatty()

    def emit(self, kind: str, result: Result[Any], text_lines: TextLines) -> None:
        """Print a result: its data, notes and errors."""

        def write() -> None:
            if self.is_json:
                sys.stdout.write(to_json(kind, result.data, result.errors))
            elif result.data is not None:
                _write_lines(sys.stdout, text_lines(result, self.style))
            sys.stdout.flush()

        _wrap_os_error(write)
        _write_to_stderr(result.notes)
        if not self.is_json:
            _write_to_stderr(problem_lines(result.errors))

    def emit_errors(
        self, kind: str, problems: Iterable[Problem], data: Mapping[str, Any] | None = None
    ) -> None:
        """Print errors; `data` goes into the JSON document only."""

        def write() -> None:
            sys.stdout.write(to_json(kind, data, problems))
            sys.stdout.flush()

        if self.is_json:
            _wrap_os_error(write)
        else:
            _write_to_stderr(problem_lines(problems))

    def narrate(self, text: str) -> None:
        """Print a line on stderr."""
        _write_to_stderr([text])

    def progress(self, stage: str, share: float) -> None:
        """Show the current step on stderr if it is a terminal, in a line that the next step replaces."""
        if sys.stderr.isatty() and not self.is_json:
            sys.stderr.write(f"\r\x1b[K{escape_invisible(stage)} {share:.0%}" if share < 1 else "\r\x1b[K")
            sys.stderr.flush()

    def print_lines(self, lines: Iterable[str]) -> None:
        """Print lines on stdout, each escaped."""

        def write() -> None:
            _write_lines(sys.stdout, lines)
            sys.stdout.flush()

        _wrap_os_error(write)

    def write_bytes(self, body: bytes) -> None:
        """Write bytes to stdout unchanged, such as a document for a pipe."""

        def write() -> None:
            sys.stdout.flush()
            sys.stdout.buffer.write(body)
            sys.stdout.buffer.flush()

        _wrap_os_error(write)

    def style(self, text: str, name: str) -> str:
        """`text` in a style (bold, dim, good, warn, bad), if stdout shows colour."""
        if not self.has_color or not text or not sys.stdout.isatty():
            return text
        return f"{_STYLE_START}{_STYLES[name]}m{text}{_STYLE_END}"

    def cached_renderings(self, kind: str, result: Result[Any], text_lines: TextLines) -> dict[str, str]:
        """What `emit` would write to stdout, by the name of its form, for the cache; empty for text on a terminal."""
        if self.is_json:
            return {"json": to_json(kind, result.data)}
        if sys.stdout.isatty():
            return {}
        return {"text": "".join(f"{_render_line(line)}\n" for line in text_lines(result, self.style))}


def to_json(kind: str, data: Mapping[str, Any] | None, problems: Iterable[Problem] = ()) -> str:
    """The JSON envelope. It is pure ASCII, so nothing in it acts on a terminal."""
    import json

    from sprintkit.errors import limit_by_file

    envelope = {
        "schema_version": SCHEMA_VERSION,
        "kind": kind,
        "data": data,
        "errors": [problem._asdict() for problem in limit_by_file(problems)],
    }
    return json.dumps(envelope, indent=1, default=_to_plain, allow_nan=False) + "\n"


def problem_lines(problems: Iterable[Problem]) -> Iterator[str]:
    """Problems as lines, each followed by its hint. Consecutive problems of one file are listed under its path."""
    from itertools import groupby

    from sprintkit.errors import limit_by_file

    for path, group in groupby(limit_by_file(problems), key=lambda problem: problem.path):
        file_problems = list(group)
        if path is not None and len(file_problems) > 1:
            yield f"sprintkit: {one_line(path)}:"
            start, indent = "  - ", "    "
        else:
            start, indent = f"sprintkit: {one_line(path)}: " if path else "sprintkit: ", "  "
        for problem in file_problems:
            yield f"{start}{one_line(problem.message)}"
            if problem.hint:
                yield f"{indent}{one_line(problem.hint)}"


def _wrap_os_error(write: Callable[[], None]) -> None:
    try:
        write()
    except OSError as error:
        raise OutputError(error) from None


def _write_to_stderr(lines: Iterable[str]) -> None:
    """Print lines on stderr. A failure is ignored, since there is nowhere left to report it."""
    try:
        _write_lines(sys.stderr, lines)
        sys.stderr.flush()
    except OSError:
        return


def _write_lines(stream: TextIO, lines: Iterable[str]) -> None:
    for line in lines:
        stream.write(_render_line(line) + "\n")


def _render_line(line: str) -> str:
    """A line ready for the terminal: our own styles become escape sequences, everything else is escaped."""
    if line.isprintable():
        return line
    escaped = escape_invisible(line)
    if _STYLE_START[1:] in line:
        escaped = escaped.replace(escape_invisible(_STYLE_START), "\x1b[")
        escaped = escaped.replace(escape_invisible(_STYLE_END), "\x1b[0m")
    return escaped


def _to_plain(value: Any) -> Any:
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if hasattr(value, "_asdict"):
        return value._asdict()
    raise TypeError(f"{type(value).__name__} cannot be written as JSON")
