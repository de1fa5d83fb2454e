"""What can go wrong for a user, and the exit code each of it ends with."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from typing import NamedTuple, Self


class ExitCode(IntEnum):
    """Exit codes of the command line; part of its contract."""

    OK = 0
    NO = 1
    """The answer is no: errors found, a gate closed, a record refused."""
    USAGE = 2
    """A wrong call, an unknown name, or a file that cannot be read as what it should be."""
    WRITE = 3
    """Something could not be written."""
    BUG = 70
    INTERRUPTED = 130


class Problem(NamedTuple):
    """One thing that is wrong, in the shape of an entry of `errors` in JSON."""

    code: str
    message: str
    path: str | None = None
    """The file it is about, relative to the workspace where it lies in one."""
    hint: str | None = None
    """What to do about it."""


class SprintkitError(Exception):
    """An expected failure: told to the user in full, never as a traceback."""

    exit_code = ExitCode.NO

    def __init__(self, message: str, *, code: str, path: str | None = None, hint: str | None = None) -> None:
        super().__init__(message)
        self.problems: tuple[Problem, ...] = (Problem(code, message, path, hint),)

    @classmethod
    def of(cls, problems: Iterable[Problem]) -> Self:
        """An error that tells all `problems` at once; there must be one at least."""
        told = tuple(problems)
        first = told[0]
        error = cls(first.message, code=first.code, path=first.path, hint=first.hint)
        error.problems = told
        return error


class RefusedError(SprintkitError):
    """A gate is closed, or a record or person is not accepted."""

    exit_code = ExitCode.NO


class InputError(SprintkitError):
    """A wrong call, or input that cannot be read as what it should be."""

    exit_code = ExitCode.USAGE


class WriteError(SprintkitError):
    """A file was not written; what stood there is untouched."""

    exit_code = ExitCode.WRITE
