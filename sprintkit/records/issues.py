"""Collects the problems of a record, with the checks that several kinds share."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sprintkit.charter.blank import is_blank
from sprintkit.errors import Problem, shorten_message

TYPE_CHECKING = False
if TYPE_CHECKING:
    from sprintkit.charter.model import Charter
    from sprintkit.records.base import Record


class IssueCollector:
    """The problems of one record in the order in which they are found; missing values come first."""

    def __init__(self, record: Record | None, charter: Charter | None = None) -> None:
        """Missing values of `record` are reported first; with None, the caller has checked for them."""
        self.charter = charter
        self.problems: list[Problem] = []
        if record is not None:
            from sprintkit.records.parsing import (
                missing_values_of,  # loads pydantic, which plain proof does without
            )

            self.problems = missing_values_of(record)

    def add(self, path: str, code: str, message: str, hint: str | None = None) -> None:
        """Record a problem with the field at `path`; `message` continues a sentence that begins with the path."""
        self.problems.append(Problem(code, shorten_message(f"{path} {message}"), None, hint))

    def require_person(self, path: str, key: str | None) -> bool:
        """Whether `key` is a person of the charter; if not, record a problem, unless the key is blank."""
        people = self.charter.people if self.charter else {}
        if key is None or is_blank(key):
            return False
        if key in people:
            return True
        self.add(path, "unknown_person", f"is '{key}', who is not in [people].", known_hint(people))
        return False

    def require_known(self, path: str, value: str, known: Collection[str], noun: str) -> bool:
        """Whether `value` is known; if not, record a problem that lists the known ones, unless the value is blank."""
        if is_blank(value):
            return False
        if value in known:
            return True
        code = f"unknown_{noun.replace(' ', '_')}"
        self.add(path, code, f"is '{value}', which is not a known {noun}.", known_hint(known))
        return False

    def require_digest(self, path: str, value: str) -> bool:
        """Whether `value` is a whole digest; if not, record a problem."""
        if len(value) == 64 and not set(value) - set("0123456789abcdef"):
            return True
        self.add(path, "digest", "must be all 64 hex digits, in lower case.")
        return False


def known_hint(names: Iterable[str]) -> str:
    """The known names, as a hint."""
    return shorten_message(f"Known: {', '.join(names) or 'none'}.")


def file_name_problem(field: str, value: str, name: str) -> Problem:
    """The problem of a record whose `field` does not match its file's name."""
    message = f"{field} is {value}, but the file is named {name}."
    return Problem("file_name", message, None, "Rename the file.")
