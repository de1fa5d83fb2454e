"""The data checks that recorded probes measured, by day, against their thresholds and their first measurement."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from sprintkit.charter.choices import choice_label
from sprintkit.records.base import StoredRecord
from sprintkit.records.probe import Probe, ProbedCheck
from sprintkit.records.probed_rates import sort_probes
from sprintkit.text.composing import fold_name
from sprintkit.text.numbers import format_figure

DRIFT_Z: Final = 3.0
"""Two shares must differ by more standard errors than this to count as drift."""
DRIFT_POINTS: Final = 2.0
"""They must also differ by at least this many percentage points."""


class MeasuredShare(NamedTuple):
    """The share of rows that passed a check on one day."""

    on: date
    value: float
    """0 to 100."""
    rows: int
    recipe_digest: str


class Drift(NamedTuple):
    """A share that has changed since it was first recorded, by more than chance explains."""

    first: MeasuredShare
    last: MeasuredShare
    z: float
    """The change in standard errors; negative if fewer rows pass."""


@dataclass(frozen=True, kw_only=True)
class CheckSeries:
    """One data check of a source over all its recorded probes."""

    field: str
    check: str
    at_least: float | None
    """The threshold when it was last measured."""
    shares: tuple[MeasuredShare, ...]
    """In order of days, without those on which it could not be measured."""
    is_measured: bool
    """Whether the last probe could measure it."""
    is_met: bool | None
    """Whether the last probe met it; None if it could not be measured or has no threshold."""
    drift: Drift | None

    @property
    def last(self) -> MeasuredShare | None:
        """The latest share; None if it was never measured."""
        return self.shares[-1] if self.shares else None


@dataclass(frozen=True, kw_only=True)
class ProbedSource:
    """A source with the results of its probes up to a day."""

    name: str
    """As in the last probe."""
    last: StoredRecord[Probe]
    probes: int
    """The number of probes."""
    checks: tuple[CheckSeries, ...]
    """The checks of the last probe, in its order."""

    @property
    def failing(self) -> tuple[CheckSeries, ...]:
        """The checks below their threshold."""
        return tuple(series for series in self.checks if series.is_met is False)


def probed_sources(records: Iterable[StoredRecord[Probe]], on: date | None = None) -> list[ProbedSource]:
    """Every source with a recorded probe up to a day, in the order of their first probes."""
    by_source: dict[str, list[StoredRecord[Probe]]] = {}
    for stored in sort_probes(records):
        if on is None or stored.record.on <= on:
            by_source.setdefault(fold_name(stored.record.source), []).append(stored)
    return [_probed_source(stored) for stored in by_source.values()]


def _probed_source(stored: Sequence[StoredRecord[Probe]]) -> ProbedSource:
    last = stored[-1]
    return ProbedSource(
        name=last.record.source,
        last=last,
        probes=len(stored),
        checks=tuple(
            _series(result, [earlier.record for earlier in stored]) for result in last.record.checks
        ),
    )


def _series(last: ProbedCheck, probes: Sequence[Probe]) -> CheckSeries:
    shares = tuple(
        MeasuredShare(probe.on, result.value, probe.rows, probe.recipe_digest)
        for probe in probes
        for result in probe.checks
        if (result.field, result.check) == (last.field, last.check) and result.value is not None
    )
    return CheckSeries(
        field=last.field,
        check=last.check,
        at_least=last.at_least,
        shares=shares,
        is_measured=last.value is not None,
        is_met=last.met,
        drift=find_drift(shares),
    )


def find_drift(shares: Sequence[MeasuredShare]) -> Drift | None:
    """The drift from the first share measured with the same recipe to the last one; None if chance explains it.

    A drift is a difference of at least `DRIFT_POINTS` and of more than `DRIFT_Z` standard errors (two-proportion z
    test, pooled).
    """
    if not shares:
        return None
    last = shares[-1]
    first = next(share for share in shares if share.recipe_digest == last.recipe_digest)
    z = two_proportion_z(first.value, first.rows, last.value, last.rows)
    has_moved = abs(z) > DRIFT_Z and round(abs(last.value - first.value), 6) >= DRIFT_POINTS
    return Drift(first, last, z) if has_moved else None


def two_proportion_z(first_pct: float, first_rows: int, last_pct: float, last_rows: int) -> float:
    """The number of pooled standard errors by which the second share (0 to 100) exceeds the first.

    0 if either has no rows, or if all rows of both pass or fail.
    """
    if first_rows <= 0 or last_rows <= 0:
        return 0.0
    first, last = first_pct / 100, last_pct / 100
    pooled = (first * first_rows + last * last_rows) / (first_rows + last_rows)
    error = math.sqrt(pooled * (1 - pooled) * (1 / first_rows + 1 / last_rows))
    return (last - first) / error if error else 0.0


def describe_check(field: str, check: str, value: float | None, at_least: float | None) -> str:
    """`hire_start one format 89%, at least 97%`."""
    share = "not measured" if value is None else format_figure(value, "%")
    threshold = "" if at_least is None else f", at least {format_figure(at_least, '%')}"
    return f"{field} {choice_label(check)} {share}{threshold}"
