"""The order of recorded probes, and the rates of defects that follow from them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from sprintkit.charter.choices import CHECK_BY_DEFECT
from sprintkit.charter.measured import ANY_FIELD, MeasuredRate, MeasuredRates
from sprintkit.records.base import StoredRecord
from sprintkit.records.probe import Probe
from sprintkit.text.composing import fold_name

_DEFECT_BY_CHECK: Final = {check: kind for kind, check in CHECK_BY_DEFECT.items()}


def sort_probes(records: Iterable[StoredRecord[Probe]]) -> list[StoredRecord[Probe]]:
    """Probes by day; of two on one day, the one with the time in its file name is later."""
    return sorted(records, key=lambda stored: (stored.record.on, len(stored.path), stored.path))


def measured_rates(probes: Iterable[Probe]) -> MeasuredRates:
    """Every measured rate; if a source has several probes, the last one counts."""
    last_by_source = {fold_name(probe.source): probe for probe in probes}
    return {
        (name, kind, field): MeasuredRate(pct, probe.rows)
        for name, probe in last_by_source.items()
        for kind, field, pct in defect_rates(probe)
    }


def defect_rates(probe: Probe) -> Iterator[tuple[str, str, float]]:
    """Kind of defect, field and share of rows, 0 to 100, of everything a probe measured; the rates of checks come last.

    Masks with a year belong to dates. Numbers in several notations are not a defect of the list.
    """
    measures = probe.measures
    for field, measured in measures.fields.items():
        yield "null", field, measured.null_pct
        yield "placeholder", field, measured.placeholder_pct
        if measured.unlike_pct is not None and any("Y" in entry.mask for entry in measured.formats):
            yield "mixed_date_format", field, measured.unlike_pct
    if measures.duplicate_pct is not None:
        yield "duplicate", ANY_FIELD, measures.duplicate_pct
    if measures.stale_pct is not None:
        yield "stale", ANY_FIELD, measures.stale_pct
    for result in probe.checks:
        kind = _DEFECT_BY_CHECK.get(result.check)
        if kind is not None and result.value is not None:
            yield kind, result.field, round(100 - result.value, 2)
