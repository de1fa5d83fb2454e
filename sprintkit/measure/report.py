"""The result of a probe: counts and shares. It holds values of the extract only if a person asked to see rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypedDict


def share_pct(count: int, rows: int) -> float:
    """`count` as a share of `rows`, 0 to 100 with two decimals; 0 if there are no rows."""
    return round(100 * count / rows, 2) if rows else 0.0


class FormatData(TypedDict):
    """An entry of `formats` in JSON."""

    mask: str
    pct: float


class FieldCounts(TypedDict):
    """The numbers of rows behind a field's shares in JSON; for `distinct`, of different values."""

    null: int
    placeholder: int
    distinct: int
    out_of_range: int | None
    unlike: int | None
    frequent: int | None
    ambiguous: int


class FieldData(TypedDict):
    """A field's measures in JSON: shares of all rows, 0 to 100. None if nothing defines how to measure one."""

    null_pct: float
    placeholder_pct: float
    distinct_pct: float
    out_of_range_pct: float | None
    unlike_pct: float | None
    frequent_pct: float | None
    ambiguous_pct: float
    counts: FieldCounts
    formats: list[FormatData]


class CheckData(TypedDict):
    """A data check of the charter in JSON."""

    field: str
    check: str
    at_least: float | None
    value: float | None
    met: bool | None


class QuestionData(TypedDict):
    """A question for the data owner in JSON."""

    kind: str
    field: str | None
    evidence: str
    n: int


class MatchData(TypedDict):
    """A field compared with another source in JSON: the share that agrees, of the rows whose key the source has."""

    field: str
    rows: int
    agreed_pct: float


class MeaningData(TypedDict):
    """A field in two filled-in sheets in JSON: the share of their rows on which both people agree what it means."""

    field: str
    rows: int
    agreed_meaning_pct: float


class ReportCounts(TypedDict):
    """The rows behind the shares of all rows in JSON."""

    duplicate: int | None
    near_duplicate: int | None
    stale: int | None


class ReportData(TypedDict):
    """A report in JSON, without the sprint and the path of its record."""

    source: str
    rows: int
    unreadable: int
    duplicate_pct: float | None
    near_duplicate_pct: float | None
    stale_pct: float | None
    counts: ReportCounts
    file_digest: str
    recipe_digest: str
    fields: dict[str, FieldData]
    checks: list[CheckData]
    matches: list[MatchData]
    meanings: list[MeaningData]
    questions: list[QuestionData]


@dataclass(frozen=True, kw_only=True)
class FormatCount:
    """The number of rows in which a field has one notation."""

    mask: str
    """The notation, without a value in it: `YYYY-MM-DD`."""
    count: int


@dataclass(frozen=True, kw_only=True)
class FieldMeasures:
    """The counts of one field, over all rows."""

    rows: int
    null_count: int
    """Rows in which it is null, empty or blank."""
    placeholder_count: int
    """Rows with a placeholder word, such as TBD."""
    distinct_count: int
    """Different values, not counting null and blank."""
    out_of_range_count: int | None = None
    """Rows with a value outside the recipe's range or set; None if it has neither for this field."""
    unlike_count: int | None = None
    """Rows with a date or number in another notation than most rows; None if the field holds neither."""
    unit_unlike_count: int | None = None
    """Rows with a number in another unit than most rows; None if no value carries a unit."""
    frequent_count: int | None = None
    """Rows with a suspiciously frequent value; None if the field has too few different values to tell."""
    ambiguous_count: int = 0
    """Rows with a date such as 02/03/2026, where nothing shows whether the day or the month comes first."""
    formats: tuple[FormatCount, ...] = ()
    """The notations of dates or numbers, the most frequent first."""

    @property
    def null_pct(self) -> float:
        return share_pct(self.null_count, self.rows)

    @property
    def placeholder_pct(self) -> float:
        return share_pct(self.placeholder_count, self.rows)

    @property
    def distinct_pct(self) -> float:
        return share_pct(self.distinct_count, self.rows)

    @property
    def out_of_range_pct(self) -> float | None:
        return None if self.out_of_range_count is None else share_pct(self.out_of_range_count, self.rows)

    @property
    def unlike_pct(self) -> float | None:
        return None if self.unlike_count is None else share_pct(self.unlike_count, self.rows)

    @property
    def frequent_pct(self) -> float | None:
        return None if self.frequent_count is None else share_pct(self.frequent_count, self.rows)

    def as_data(self) -> FieldData:
        """The measures in JSON."""
        return {
            "null_pct": self.null_pct,
            "placeholder_pct": self.placeholder_pct,
            "distinct_pct": self.distinct_pct,
            "out_of_range_pct": self.out_of_range_pct,
            "unlike_pct": self.unlike_pct,
            "frequent_pct": self.frequent_pct,
            "ambiguous_pct": share_pct(self.ambiguous_count, self.rows),
            "counts": {
                "null": self.null_count,
                "placeholder": self.placeholder_count,
                "distinct": self.distinct_count,
                "out_of_range": self.out_of_range_count,
                "unlike": self.unlike_count,
                "frequent": self.frequent_count,
                "ambiguous": self.ambiguous_count,
            },
            "formats": [
                {"mask": format_count.mask, "pct": share_pct(format_count.count, self.rows)}
                for format_count in self.formats
            ],
        }


@dataclass(frozen=True, kw_only=True)
class CheckResult:
    """One data check of the charter, measured."""

    field: str
    check: str
    at_least: float | None
    """The charter's threshold, 0 to 100."""
    value: float | None
    """The share of rows that pass, 0 to 100 with two decimals; None if it could not be measured."""
    met: bool | None
    """Whether the share reaches the threshold; None if either is missing."""
    reason: str | None = None
    """Why it could not be measured."""

    def as_data(self) -> CheckData:
        """The check in JSON."""
        return {
            "field": self.field,
            "check": self.check,
            "at_least": self.at_least,
            "value": self.value,
            "met": self.met,
        }


@dataclass(frozen=True, kw_only=True)
class ProbeQuestion:
    """A question that the data raises and only the data owner can answer."""

    kind: str
    field: str | None
    """None if it is about whole rows."""
    evidence: str
    """What the data shows and the method used, in counts and shares."""
    n: int
    """The number of rows or keys that the evidence rests on."""

    def as_data(self) -> QuestionData:
        """The question in JSON."""
        return {"kind": self.kind, "field": self.field, "evidence": self.evidence, "n": self.n}


@dataclass(frozen=True, kw_only=True)
class FieldMatch:
    """How often a field agrees with the same field of another source."""

    field: str
    agreed: int
    rows: int
    """Rows whose key the other source has."""

    def as_data(self) -> MatchData:
        """The comparison in JSON."""
        return {"field": self.field, "rows": self.rows, "agreed_pct": share_pct(self.agreed, self.rows)}


@dataclass(frozen=True, kw_only=True)
class FieldMeaning:
    """On how many rows two people agree what a field means."""

    field: str
    agreed: int
    rows: int
    """Rows of the sheet that both filled in."""

    def as_data(self) -> MeaningData:
        """The comparison in JSON."""
        return {
            "field": self.field,
            "rows": self.rows,
            "agreed_meaning_pct": share_pct(self.agreed, self.rows),
        }


@dataclass(frozen=True, kw_only=True)
class ShownField:
    """Values of a field exactly as in the extract. They may be shown on a person's terminal and nowhere else."""

    name: str
    least: str | None = field(repr=False)
    """In the order of dates or numbers, alphabetical for other values; None if the field is empty."""
    greatest: str | None = field(repr=False)
    frequent: tuple[tuple[str, int], ...] = field(repr=False)
    """The most frequent values, each with its number of rows."""
    examples: tuple[str, ...] = field(repr=False)
    """Its values in some random rows, the same rows for every field; empty where a row has no value."""


@dataclass(frozen=True, kw_only=True)
class ProbeReport:
    """One measurement of one source."""

    source: str
    rows: int
    """Rows that could be read."""
    unreadable: int
    """Further rows, which could not be read."""
    duplicate_count: int | None
    """Rows that repeat the key of an earlier row; None without a key."""
    near_duplicate_count: int | None = None
    """Further rows whose key differs from another one only in case, accents, spaces and punctuation."""
    stale_count: int | None
    """Rows that are older than the charter allows or have no date; None without a column for the last change."""
    file_digest: str
    """SHA-256 of the extract's bytes, 64 hex digits."""
    recipe_digest: str
    fields: Mapping[str, FieldMeasures] = field(default_factory=dict)
    checks: tuple[CheckResult, ...] = ()
    matches: tuple[FieldMatch, ...] = ()
    """Fields compared with another source."""
    meanings: tuple[FieldMeaning, ...] = ()
    """Fields whose meaning two people wrote down."""
    questions: tuple[ProbeQuestion, ...] = ()
    notes: tuple[str, ...] = ()
    """Remarks on how the extract was read, without a value in them."""
    shown: tuple[ShownField, ...] = field(default=(), repr=False)
    """The values to show on a person's terminal, if they asked for them."""
    sheet_text: str | None = field(default=None, repr=False)
    """The sheet for two people, if one was requested. It holds values: write it only to the file that a person names."""

    @property
    def duplicate_pct(self) -> float | None:
        return None if self.duplicate_count is None else share_pct(self.duplicate_count, self.rows)

    @property
    def near_duplicate_pct(self) -> float | None:
        return None if self.near_duplicate_count is None else share_pct(self.near_duplicate_count, self.rows)

    @property
    def stale_pct(self) -> float | None:
        return None if self.stale_count is None else share_pct(self.stale_count, self.rows)

    def as_data(self) -> ReportData:
        """The report in JSON."""
        return {
            "source": self.source,
            "rows": self.rows,
            "unreadable": self.unreadable,
            "duplicate_pct": self.duplicate_pct,
            "near_duplicate_pct": self.near_duplicate_pct,
            "stale_pct": self.stale_pct,
            "counts": {
                "duplicate": self.duplicate_count,
                "near_duplicate": self.near_duplicate_count,
                "stale": self.stale_count,
            },
            "file_digest": self.file_digest,
            "recipe_digest": self.recipe_digest,
            "fields": {name: measures.as_data() for name, measures in self.fields.items()},
            "checks": [check.as_data() for check in self.checks],
            "matches": [match.as_data() for match in self.matches],
            "meanings": [meaning.as_data() for meaning in self.meanings],
            "questions": [question.as_data() for question in self.questions],
        }


@dataclass(frozen=True, kw_only=True)
class MetricValue:
    """The result of a metric recipe's SELECT."""

    value: float
    rows: int
    """Rows of the extract."""
    file_digest: str
    notes: tuple[str, ...] = ()


def report_from_message(message: Mapping[str, Any]) -> ProbeReport:
    """The report in the answer of the process that measured it; the reverse of `dataclasses.asdict`."""
    fields = {
        name: FieldMeasures(
            **{**measures, "formats": tuple(FormatCount(**entry) for entry in measures["formats"])}
        )
        for name, measures in message["fields"].items()
    }
    return ProbeReport(
        **{
            **message,
            "fields": fields,
            "checks": tuple(CheckResult(**check) for check in message["checks"]),
            "matches": tuple(FieldMatch(**match) for match in message["matches"]),
            "meanings": tuple(FieldMeaning(**meaning) for meaning in message["meanings"]),
            "questions": tuple(ProbeQuestion(**question) for question in message["questions"]),
            "shown": tuple(
                ShownField(
                    **{
                        **shown,
                        "frequent": tuple((value, count) for value, count in shown["frequent"]),
                        "examples": tuple(shown["examples"]),
                    }
                )
                for shown in message["shown"]
            ),
            "notes": tuple(message["notes"]),
        }
    )
