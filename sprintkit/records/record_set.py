"""A sprint's agreement and all its records as models, with queries for any week or day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from typing import Any, TypeVar

from sprintkit.charter.findings import Finding
from sprintkit.charter.model import Charter
from sprintkit.charter.parsing import ParsedCharter, parse_lenient
from sprintkit.errors import Problem
from sprintkit.records.amendment import Amendment
from sprintkit.records.base import Record, StoredRecord
from sprintkit.records.calendar import week_number
from sprintkit.records.checkin import CheckIn
from sprintkit.records.closing import Closing
from sprintkit.records.correction import Correction, apply_corrections
from sprintkit.records.in_force import (
    DigestOf,
    JudgedAmendments,
    judge_amendments,
    version_in_week,
)
from sprintkit.records.signature import Signature

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, kw_only=True)
class RecordSet:
    """A sprint's charter, and everything recorded since."""

    draft: ParsedCharter | None
    """`draft.toml`, parsed leniently."""
    agreed: ParsedCharter | None
    """`charter.toml`; None if it is absent or does not load."""
    by_model: Mapping[type[Record], tuple[StoredRecord[Any], ...]]
    """The records of each kind, in the natural order of their file names."""

    @property
    def digest_of(self) -> DigestOf | None:
        """Computes digests; if it is None, the digests that amendments name are not verified."""
        return None

    def records_of(self, model: type[R]) -> tuple[StoredRecord[R], ...]:
        """The records of one kind, by its model."""
        return self.by_model.get(model, ())

    @property
    def checkins(self) -> tuple[StoredRecord[CheckIn], ...]:
        """The check-ins as they were entered, by week."""
        return self.records_of(CheckIn)

    @property
    def corrections(self) -> tuple[StoredRecord[Correction], ...]:
        """The corrections of check-ins."""
        return self.records_of(Correction)

    @property
    def amendments(self) -> tuple[StoredRecord[Amendment], ...]:
        """The amendments, whether in force or not."""
        return self.records_of(Amendment)

    @property
    def signatures(self) -> tuple[StoredRecord[Signature], ...]:
        """The signatures, whatever digest they are for."""
        return self.records_of(Signature)

    @cached_property
    def closings(self) -> tuple[StoredRecord[Closing], ...]:
        """The closings by their day; of two on one day, the one in the later file comes last."""
        return tuple(sorted(self.records_of(Closing), key=_closing_order))

    @property
    def closing(self) -> StoredRecord[Closing] | None:
        """The latest closing; None if there is none."""
        return self.closings[-1] if self.closings else None

    def closing_on(self, day: date) -> StoredRecord[Closing] | None:
        """The closing that counts on a day, the latest up to it; None if the sprint is not closed by then."""
        counting = [stored for stored in self.closings if stored.record.on <= day]
        return counting[-1] if counting else None

    @property
    def document(self) -> Mapping[str, Any] | None:
        """The charter as it was saved; None if there is none."""
        return None if self.agreed is None else self.agreed.document

    @property
    def texts(self) -> Mapping[str, Mapping[str, Any]]:
        """The charter and all signed texts, by digest; empty if no digests are computed."""
        return {}

    @property
    def reading(self) -> ParsedCharter:
        """The text that counts: the charter, or the draft if there is no charter."""
        return self.agreed or self.draft or parse_lenient({})

    @property
    def latest(self) -> ParsedCharter:
        """The newest answers: the draft, or else the charter."""
        return self.draft or self.reading

    def document_in(self, week: int | None = None, on: date | None = None) -> Mapping[str, Any]:
        """The charter in force in a week, as known on a day; {} if there is no charter.

        Without `week`, all amendments count.
        """
        if self.document is None:
            return {}
        return version_in_week(self.judged_amendments(on).versions, week).document

    def judged_amendments(self, on: date | None = None) -> JudgedAmendments:
        """The versions of the charter known on a day, and the signed amendments that are refused.

        Both are empty without a charter. The result is cached, once for all days after the last record.
        """
        if self.document is None:
            return JudgedAmendments([], [])
        day = None if on is None or on >= self._last_recorded_day else on
        if day not in self._judged_by_day:
            self._judged_by_day[day] = judge_amendments(
                self.document,
                self.amendments,
                signatures=[stored.record for stored in self.signatures],
                checkins=self.entries(day),
                on=day,
                digest_of=self.digest_of,
            )
        return self._judged_by_day[day]

    @cached_property
    def _judged_by_day(self) -> dict[date | None, JudgedAmendments]:
        return {}

    @cached_property
    def _last_recorded_day(self) -> date:
        """The last day of everything that `judge_amendments` compares with a day."""
        signatures = [stored.record for stored in self.signatures]
        return max(
            (
                *(stored.record.on for stored in self.checkins),
                *(stored.record.on for stored in self.corrections),
                *(signature.on for signature in signatures),
                *(stored.record.signed_on for stored in self.amendments if stored.record.signed_on),
            ),
            default=date.min,
        )

    def charter_in(self, week: int | None = None, on: date | None = None) -> Charter:
        """As `document_in`, parsed; the draft if there is no charter."""
        if self.document is None or not self.amendments:
            return self.reading.charter
        return parse_lenient(self.document_in(week, on)).charter

    @cached_property
    def current_charter(self) -> Charter:
        """The charter with all amendments in force."""
        return self.charter_in()

    @cached_property
    def charter_by_week(self) -> Callable[[int], Charter]:
        """The charter in force in a week; each week is parsed once."""
        return cache(lambda week: self.charter_in(week))

    def entries(self, on: date | None = None) -> list[CheckIn]:
        """The check-ins dated up to a day, with the corrections dated up to it, by week."""
        dated = [stored.record for stored in self.checkins if on is None or stored.record.on <= on]
        return apply_corrections(dated, self.corrections, on)

    def week_of(self, day: date) -> int | None:
        """The week of a day, counted from 1; 0 before the start; None if the charter has no start."""
        start = self.reading.charter.timeline.start
        return None if start is None else max(0, week_number(start, day))


def _closing_order(stored: StoredRecord[Closing]) -> tuple[date, int]:
    """Sorts by day; the name of the first file, `closing.toml`, is shorter than that of any later one."""
    return stored.record.on, len(stored.path)


RuleCheck = Callable[[ParsedCharter], Iterable[Finding]]
"""Runs the charter's rules, for records that change the charter."""
RecordIssues = Iterator[tuple[str, list[Problem]]]
"""The path of each record of a kind, with its problems."""
RecordValidator = Callable[[RecordSet, RuleCheck | None], RecordIssues]
"""Validates all records of a kind in a sprint. It yields every record, even one without problems."""
