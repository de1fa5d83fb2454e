"""Finds the line of a finding or problem in its file, for annotations."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Final, Literal, NamedTuple

from sprintkit.actions.check.report import CheckData
from sprintkit.charter import paths
from sprintkit.errors import InputError, Problem
from sprintkit.store import files
from sprintkit.store.toml import codec
from sprintkit.store.toml.lines import LineIndex, Place

_LINE: Final = re.compile(r"line (\d{1,9})\b")
_PATH: Final = re.compile(r"""(?:[^\s":]|"(?:[^"\\]|\\.)*")+""")
"""A path at the beginning of a message."""


class PlacedFinding(NamedTuple):
    """A finding or problem, with its line."""

    severity: Literal["error", "warning"]
    rule: str
    """The rule of a finding, or the code of a problem."""
    file: str | None
    """Absolute path; None if it is about no file."""
    line: int
    message: str


def place_findings(
    data: CheckData | None, problems: tuple[Problem, ...], root: str | None
) -> Iterator[PlacedFinding]:
    """Every finding that is not waived, and every problem of a file, with its line.

    Paths are relative to `root`, the workspace, or with None to the current folder. Files are read again for their lines.
    """
    read_lines = cache(_read_lines)
    for file in data["files"] if data is not None else ():
        findings = [finding for finding in file["findings"] if not finding["waived"]]
        if not findings:
            continue
        path = _absolute_path(file["path"], root)
        index = read_lines(path)
        for finding in findings:
            place, message = _find_path(index, finding["path"]), finding["message"]
            if not place.is_exact and not message.startswith(finding["path"]):
                message = f"{finding['path']}: {message}"
            yield PlacedFinding(finding["severity"], finding["rule"], path, place.line, message)
    for problem in problems:
        problem_path = None if problem.path is None else _absolute_path(problem.path, root)
        line = _line_of_problem(problem.message, problem_path, read_lines)
        message = problem.message if problem.hint is None else f"{problem.message}\n{problem.hint}"
        yield PlacedFinding("error", problem.code, problem_path, line, message)


def _absolute_path(path: str, root: str | None) -> str:
    """A file that was named from outside a workspace is relative to the current folder."""
    if root is not None and (in_workspace := Path(root, path)).exists():
        return str(in_workspace)
    return str(Path(path).absolute())


def _read_lines(path: str) -> LineIndex:
    """The lines of a file; of none if it cannot be read any more, or is not valid."""
    try:
        text = codec.decode(files.read_bytes(None, path), path)
        codec.parse_text(text, path)
        return LineIndex(text)
    except InputError:
        return LineIndex("")


def _find_path(index: LineIndex, path: str) -> Place:
    try:
        return index.find(paths.parse(path)) if path else index.find(())
    except InputError:
        return index.find(())


def _line_of_problem(message: str, path: str | None, read_lines: Callable[[str], LineIndex]) -> int:
    """The line that a message names, or that of the path it begins with."""
    if match := _LINE.match(message):
        return int(match[1])
    match = _PATH.match(message)
    return 1 if path is None or match is None else _find_path(read_lines(path), match[0]).line
