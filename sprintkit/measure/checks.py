"""Evaluates a charter's data checks on the counts of a probe. A check's value is the share of rows that pass, 0 to 100."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from sprintkit.measure.report import CheckResult, FieldMeasures, share_pct


@dataclass(frozen=True, kw_only=True)
class DataCheckSpec:
    """One entry of a data requirement's `acceptance`."""

    field: str
    check: str
    at_least: float | None = None
    max_age_days: int | None = None


@dataclass(frozen=True, kw_only=True)
class CheckCounts:
    """The counts that checks need in addition to each field's measures."""

    rows: int
    duplicates: Mapping[str, int] = field(default_factory=dict)
    """For each field: rows that repeat the value of an earlier row."""
    stale: Mapping[int, int] = field(default_factory=dict)
    """For each maximum age in days: rows that are older or have no date."""
    matches: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """For each field: rows that agree with the other source, and rows that were compared."""
    meanings: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """For each field: rows on which two people agree what it means, and rows on their sheet."""


_REASONS: Final = {
    "unique_pct": "its values were not counted",
    "one_unit_pct": "no value carries a unit; see the questions",
    "one_format_pct": "most of its values read neither as dates nor as numbers",
    "fresh_pct": "it needs max_age_days in the charter, and a column that says when a row was changed (updated)",
    "agreed_meaning_pct": "two people have to read the same rows: --sheet 50, then --agree A B",
    "match_pct": "it needs the other source: --match SOURCE FILE, and a key",
    "in_range_pct": "it needs a range in the recipe",
    "in_set_pct": "it needs a set in the recipe",
}


def evaluate_check(spec: DataCheckSpec, measures: FieldMeasures | None, counts: CheckCounts) -> CheckResult:
    """The result of one check; `measures` are its field's, or None if the extract lacks the field."""
    value, reason = _passing_share(spec, measures, counts)
    is_comparable = value is not None and spec.at_least is not None
    return CheckResult(
        field=spec.field,
        check=spec.check,
        at_least=spec.at_least,
        value=value,
        met=value >= spec.at_least if is_comparable else None,  # type: ignore[operator]  # neither is None
        reason=reason if value is None else None,
    )


def _passing_share(
    spec: DataCheckSpec, measures: FieldMeasures | None, counts: CheckCounts
) -> tuple[float | None, str | None]:
    """The share that passes; if it cannot be measured, None and the reason."""
    for check, shares in (("match_pct", counts.matches), ("agreed_meaning_pct", counts.meanings)):
        if spec.check == check and spec.field in shares:
            passed, compared = shares[spec.field]
            return (share_pct(passed, compared), None) if compared else (None, "there was nothing to compare")
    if measures is None and spec.check not in ("match_pct", "agreed_meaning_pct"):
        return None, "the extract has no such column"
    failing = None if measures is None else _failing_rows(spec, measures, counts)
    if failing is None:
        return None, _REASONS.get(spec.check, "no such check is known")
    return share_pct(counts.rows - failing, counts.rows), None


def _failing_rows(spec: DataCheckSpec, measures: FieldMeasures, counts: CheckCounts) -> int | None:
    """Rows that fail; None if they could not be counted."""
    match spec.check:
        case "not_null_pct":
            return measures.null_count
        case "unique_pct":
            return counts.duplicates.get(spec.field)
        case "no_placeholder_pct":
            return measures.placeholder_count
        case "one_unit_pct":
            return measures.unit_unlike_count
        case "one_format_pct":
            return measures.unlike_count
        case "fresh_pct":
            return None if spec.max_age_days is None else counts.stale.get(spec.max_age_days)
        case "in_range_pct" | "in_set_pct":
            return measures.out_of_range_count
        case _:
            return None
