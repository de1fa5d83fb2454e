"""The charter in force in any week of a sprint."""

from __future__ import annotations

from collections.abc import Sequence

from sprintkit.charter.model import Charter
from sprintkit.charter.parsing import parse_lenient
from sprintkit.charter.prefill import fill_in
from sprintkit.records.in_force import Version


class CharterVersions:
    """Finds the charter in force in a week, and parses each version once."""

    def __init__(self, versions: Sequence[Version], charter: Charter) -> None:
        """`charter` is the first of the versions, already parsed."""
        amended = [(version, parse_lenient(fill_in(version.document)).charter) for version in versions[1:]]
        self._versions = [(versions[0], charter), *amended]

    def in_week(self, week: int) -> Charter:
        """The charter in force in a week."""
        (_, first), *later = self._versions
        return [first, *(charter for version, charter in later if version.from_week <= week)][-1]
