"""Everything about one sprint, typed; the one way in which both front ends load it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from sprintkit.actions.context import WorkspaceContext
from sprintkit.charter.model import Charter
from sprintkit.charter.parsing import ParsedCharter, as_problems, parse_lenient
from sprintkit.errors import InputError, Problem
from sprintkit.records.amendment import Amendment
from sprintkit.records.base import Filed, Record
from sprintkit.records.checkin import CheckIn
from sprintkit.records.closing import Closing
from sprintkit.records.correction import Correction, corrected
from sprintkit.records.in_force import in_force
from sprintkit.records.parsing import read_record
from sprintkit.records.readiness import ReadinessAnswers
from sprintkit.records.review import Review
from sprintkit.records.signature import Signature
from sprintkit.records.testimony import Testimony
from sprintkit.signoff.canonical import digest
from sprintkit.store.files import LoadedFile
from sprintkit.store.sprint import SprintFiles, load_sprint

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sprint:
    """A sprint as its files say it is. What cannot be read is told in `problems` and hides nothing else."""

    slug: str
    files: SprintFiles
    draft: ParsedCharter | None
    """`draft.toml`, read leniently."""
    agreed: ParsedCharter | None
    """`charter.toml`; None where there is none, or none that loads."""
    testimonies: tuple[Filed[Testimony], ...]
    signatures: tuple[Filed[Signature], ...]
    amendments: tuple[Filed[Amendment], ...]
    checkins: tuple[Filed[CheckIn], ...]
    """As they were entered, by week."""
    corrections: tuple[Filed[Correction], ...]
    closing: Filed[Closing] | None
    reviews: tuple[Filed[Review], ...]
    readiness: Filed[ReadinessAnswers] | None
    problems: tuple[Problem, ...]
    """One entry for everything that could not be read as what it should be, with its file."""

    @property
    def document(self) -> Mapping[str, Any] | None:
        """The charter as it was saved; None while there is none."""
        return None if self.agreed is None else self.agreed.document

    @property
    def digest(self) -> str:
        """Of the charter as it was saved; empty while there is none."""
        return "" if self.document is None else digest(self.document)

    @property
    def reading(self) -> ParsedCharter:
        """What counts: the charter; while there is none, the draft."""
        return self.agreed or self.draft or parse_lenient({})

    @property
    def latest(self) -> ParsedCharter:
        """The answers as they are being given: the draft; while there is none, what counts."""
        return self.draft or self.reading

    @property
    def draft_pending(self) -> bool:
        """Whether a changed draft stands beside a charter that is agreed already."""
        return self.files.draft is not None and self.files.charter is not None

    @property
    def file_count(self) -> int:
        """How many files the sprint has, those that cannot be read included."""
        found = self.files
        single = (found.draft, found.charter, found.closing, found.readiness)
        many = (found.answers, found.signatures, found.signed, found.amendments, found.checkins)
        return (
            sum(one is not None for one in single)
            + sum(map(len, (*many, found.corrections, found.reviews)))
            + len(found.broken)
        )

    def document_in(self, week: int | None = None, on: date | None = None) -> Mapping[str, Any]:
        """The charter in force in a week (None: after all amendments), as known on a day; {} without a charter."""
        if self.document is None:
            return {}
        signatures = [filed.record for filed in self.signatures]
        return in_force(self.document, self.amendments, week, signatures=signatures, on=on)

    def charter_in(self, week: int | None = None, on: date | None = None) -> Charter:
        """As `document_in`, typed; the draft's while there is no charter."""
        if self.document is None or not self.amendments:
            return self.reading.charter
        return parse_lenient(self.document_in(week, on)).charter

    def entries(self, on: date | None = None) -> list[CheckIn]:
        """The check-ins dated up to a day, with the corrections dated up to it, by week."""
        dated = [filed.record for filed in self.checkins if on is None or filed.record.on <= on]
        return corrected(dated, self.corrections, on)

    def week_of(self, day: date) -> int | None:
        """The week of a day, counted from 1; 0 before the start; None without a start."""
        start = self.reading.charter.timeline.start
        return None if start is None else max(0, 1 + (day - start).days // 7)


def load(desk: WorkspaceContext, slug: str, *, listed: bool = False) -> Sprint:
    """The sprint `slug`. Raises InputError, naming the nearest one, where there is none.

    With `listed` the slug comes from the workspace's own list.
    """
    return of_files(load_sprint(desk.workspace, slug, listed=listed))


def of_files(found: SprintFiles) -> Sprint:
    """A sprint of its files."""
    problems = list(found.problems)

    def typed(model: type[R], stored: LoadedFile | None) -> Filed[R] | None:
        if stored is None:
            return None
        try:
            return Filed(stored.path, read_record(model, stored.document, stored.path))
        except InputError as error:
            problems.extend(error.problems)
            return None

    def all_typed(model: type[R], stored: tuple[LoadedFile, ...]) -> tuple[Filed[R], ...]:
        return tuple(filed for one in stored for filed in [typed(model, one)] if filed is not None)

    agreed = None
    if found.charter is not None:
        agreed = parse_lenient(found.charter.document)
        odd = _not_finite(found.charter.document.get("extra"), "extra")
        if agreed.faults or odd is not None:
            problems.extend(as_problems(agreed.faults, found.charter.path))
            problems.extend([] if odd is None else [odd._replace(path=found.charter.path)])
            agreed = None
    draft = None if found.draft is None else parse_lenient(found.draft.document)
    if draft is not None and found.draft is not None and found.charter is None:
        problems.extend(as_problems(draft.unknown_keys, found.draft.path))
    return Sprint(
        slug=found.slug,
        files=found,
        draft=draft,
        agreed=agreed,
        testimonies=all_typed(Testimony, found.answers),
        signatures=all_typed(Signature, found.signatures),
        amendments=all_typed(Amendment, found.amendments),
        checkins=all_typed(CheckIn, found.checkins),
        corrections=all_typed(Correction, found.corrections),
        closing=typed(Closing, found.closing),
        reviews=all_typed(Review, found.reviews),
        readiness=typed(ReadinessAnswers, found.readiness),
        problems=tuple(problems),
    )


def _not_finite(value: Any, path: str) -> Problem | None:
    """A problem where `[extra]` holds NaN or infinity, which no digest could stand for."""
    if isinstance(value, float) and not math.isfinite(value):
        return Problem("not_canonical", f"{path} is {value}. Write a finite number.")
    parts: Iterable[tuple[str, Any]] = ()
    if isinstance(value, Mapping):
        parts = ((f"{path}.{key}", part) for key, part in value.items())
    elif isinstance(value, list):
        parts = ((f"{path}[{at}]", part) for at, part in enumerate(value))
    return next((found for place, part in parts if (found := _not_finite(part, place))), None)
