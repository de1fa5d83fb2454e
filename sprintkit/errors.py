"""The expected failures, and the exit code that each ends with."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from typing import NamedTuple, Self


class ExitCode(IntEnum):
    """The exit codes of the command line, which scripts rely on."""

    OK = 0
    NO = 1
    """The answer is no: errors found, a gate closed, a record refused."""
    USAGE = 2
    """A wrong call, an unknown name, or a file that cannot be read or is not valid."""
    WRITE = 3
    """Something could not be written."""
    BUG = 70
    INTERRUPTED = 130


class Problem(NamedTuple):
    """One thing that is wrong, with the fields of an entry of `errors` in JSON."""

    code: str
    message: str
    path: str | None = None
    """The file it is about, relative to the workspace if it is inside one."""
    hint: str | None = None
    """What to do about it."""


MAX_MESSAGES = 100
"""Messages about one file that are shown."""


MAX_MESSAGE_LENGTH = 1_000
"""Characters of a message that quotes what somebody wrote."""


def shorten_message(message: str) -> str:
    """`message`, shortened if it quotes too much of a file."""
    return message if len(message) <= MAX_MESSAGE_LENGTH else f"{message[:MAX_MESSAGE_LENGTH]}…"


def limit_by_file(problems: Iterable[Problem]) -> list[Problem]:
    """The problems, with at most `MAX_MESSAGES` about each file; one more says how many were left out.

    Problems that were limited before pass unchanged.
    """
    by_path: dict[str | None, list[Problem]] = {}
    for problem in problems:
        by_path.setdefault(problem.path, []).append(problem)
    limited: list[Problem] = []
    for path, of_file in by_path.items():
        limited += of_file[:MAX_MESSAGES]
        rest = of_file[MAX_MESSAGES:]
        if len(rest) == 1 and rest[0].code == "more":
            limited += rest
        elif rest:
            limited.append(Problem("more", f"and {len(rest):,} more", path))
    return limited


def merge_by_file(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """One problem per file: its messages joined, up to the limit of `limit_by_file`, with the first hint."""
    by_path: dict[str | None, list[Problem]] = {}
    for problem in limit_by_file(problems):
        by_path.setdefault(problem.path, []).append(problem)
    return tuple(
        of_file[0]._replace(
            message=" ".join(problem.message for problem in of_file),
            hint=next((problem.hint for problem in of_file if problem.hint), None),
        )
        for of_file in by_path.values()
    )


class SprintkitError(Exception):
    """An expected failure. Users see its problems, never a traceback."""

    exit_code = ExitCode.NO

    def __init__(self, message: str, *, code: str, path: str | None = None, hint: str | None = None) -> None:
        super().__init__(message)
        self.problems: tuple[Problem, ...] = (Problem(code, message, path, hint),)

    @classmethod
    def from_problems(cls, problems: Iterable[Problem]) -> Self:
        """An error that reports all `problems` at once. At least one is required."""
        all_problems = tuple(problems)
        first = all_problems[0]
        error = cls(first.message, code=first.code, path=first.path, hint=first.hint)
        error.problems = all_problems
        return error


class RefusedError(SprintkitError):
    """A gate is closed, or somebody may not do this: sign for another party, for instance.

    A record that fails validation does not raise: the action returns a `Result` with `ExitCode.NO` (see
    `actions.checkin.checkin`).
    """

    exit_code = ExitCode.NO


class InputError(SprintkitError):
    """A wrong call, or input that is not valid."""

    exit_code = ExitCode.USAGE


class WriteError(SprintkitError):
    """A file could not be written. Its old content is untouched."""

    exit_code = ExitCode.WRITE
