"""Measured defect rates, to compare with the rates that people typed."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from sprintkit.text.composing import fold_name

ANY_FIELD: Final = ""
"""Stands for the field of a defect that concerns whole rows, such as a duplicate."""
MIN_DIFFERENCE: Final = 1.0
"""Percentage points by which a typed rate must differ from the measured one to be a finding."""


class MeasuredRate(NamedTuple):
    """The share of rows with a defect."""

    pct: float
    """0 to 100."""
    rows: int


MeasuredRates = Mapping[tuple[str, str, str], MeasuredRate]
"""Keys: the source's folded name, the kind of defect, and the field or `ANY_FIELD`."""
NOTHING_MEASURED: Final[MeasuredRates] = MappingProxyType({})


def find_rate(
    rates: MeasuredRates, source: str | None, kind: str | None, field: str | None
) -> MeasuredRate | None:
    """The measured rate of a defect of a source; None if it was not measured."""
    if not rates or not source or not kind:
        return None
    name = fold_name(source)
    return rates.get((name, kind, field or ANY_FIELD)) or rates.get((name, kind, ANY_FIELD))


def is_different(typed: float | None, measured: float) -> bool:
    """Whether a typed rate is too far from the measured one to be right; None counts as 0."""
    return round(abs((typed or 0.0) - measured), 6) >= MIN_DIFFERENCE


def is_digest(text: str | None) -> bool:
    """Whether a text is a complete SHA-256 digest: 64 lower-case hex digits."""
    return text is not None and len(text) == 64 and not set(text) - set("0123456789abcdef")
