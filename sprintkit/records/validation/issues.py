"""How refusals are gathered, and the checks that several kinds share."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sprintkit.charter.blank import is_blank
from sprintkit.charter.model import Charter
from sprintkit.errors import Problem
from sprintkit.records.base import Record
from sprintkit.records.parsing import blanks_in


class IssueCollector:
    """The refusals of one record, gathered in the order they are found; missing texts and lists first."""

    def __init__(self, record: Record, charter: Charter | None = None) -> None:
        self.charter = charter
        self.problems: list[Problem] = blanks_in(record)

    def tell(self, path: str, code: str, what: str, hint: str | None = None) -> None:
        """Note that the field at `path` is refused, why, and what to do."""
        self.problems.append(Problem(code, f"{path} {what}", None, hint))

    def person(self, path: str, key: str | None) -> bool:
        """Whether `key` is a person of the charter; one that is not is told."""
        people = self.charter.people if self.charter else {}
        if key is None or is_blank(key):
            return False
        if key in people:
            return True
        self.tell(path, "unknown_person", f"is '{key}', who is not in [people].", known(people))
        return False

    def among(self, path: str, value: str, allowed: Collection[str], what: str) -> bool:
        """Whether `value` is one of `allowed`; what is not is told, and so is what is known."""
        if is_blank(value):
            return False
        if value in allowed:
            return True
        self.tell(
            path, f"unknown_{what.replace(' ', '_')}", f"is '{value}', which is no {what}.", known(allowed)
        )
        return False


def known(names: Iterable[str]) -> str:
    """What there is, as a hint."""
    return f"Known: {', '.join(names) or 'none'}."
