"""Counts of one field. Values are grouped first, and every test is made once for each distinct value."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from sprintkit.measure.folding import fold_sql, fold_value, sql_text, trim_sql
from sprintkit.measure.masks import (
    DAY_FIRST,
    MIN_MASK_ROWS,
    MONTH_FIRST,
    OTHER_MASK,
    date_mask_sql,
    number_mask_sql,
    shape_sql,
)
from sprintkit.measure.placeholders import MIN_DISTINCT_SHARE, PLACEHOLDERS
from sprintkit.measure.report import FieldMeasures, FormatCount
from sprintkit.measure.worker.loaded import LoadedExtract, fetch_one

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MIN_KIND_SHARE: Final = 0.8
"""A field holds dates, or numbers, if at least this share of its filled rows reads as such."""


class FieldCounter:
    """Counts what one field of a loaded extract holds.

    Fills the table `field_values`: `v` a distinct value without blanks at its ends, `n` its rows, `is_placeholder`.
    """

    def __init__(self, extract: LoadedExtract, field: str, own_placeholders: Sequence[str]) -> None:
        self.connection: DuckDBPyConnection = extract.connection
        self.rows = extract.rows
        column = extract.columns[field]
        self.connection.execute(
            f"create or replace table field_values as select {trim_sql(column)} as v, count(*) as n, "
            "false as is_placeholder from source group by v"
        )
        self.null_count = self._count("coalesce(sum(n), 0)", "v is null or v = ''")
        self.connection.execute("delete from field_values where v is null or v = ''")
        self.distinct_count = self._count("count(*)", "true")
        words = {fold_value(word) for word in own_placeholders}
        if self.distinct_count >= MIN_DISTINCT_SHARE * self.rows:
            words |= PLACEHOLDERS
        self._mark_placeholders(words)
        self.placeholder_count = self._count("coalesce(sum(n), 0)", "is_placeholder")
        self.filled_count = self.rows - self.null_count - self.placeholder_count

    def measure(
        self, allowed_range: tuple[Any, Any] | None, allowed_set: Sequence[str] | None
    ) -> FieldMeasures:
        """All measures of the field."""
        formats, unlike, ambiguous = self._count_formats()
        return FieldMeasures(
            rows=self.rows,
            null_count=self.null_count,
            placeholder_count=self.placeholder_count,
            distinct_count=self.distinct_count,
            out_of_range_count=self._count_outside(allowed_range, allowed_set),
            unlike_count=unlike,
            ambiguous_count=ambiguous,
            formats=formats,
        )

    @property
    def duplicate_count(self) -> int:
        """Rows whose value an earlier row has."""
        return self.rows - self.null_count - self.distinct_count

    def _count(self, what: str, condition: str) -> int:
        return int(fetch_one(self.connection, f"select {what} from field_values where {condition}")[0])

    def _mark_placeholders(self, words: set[str]) -> None:
        if words:
            listed = ", ".join(sql_text(word) for word in sorted(words))
            longest = max(map(len, words)) + 8
            self.connection.execute(
                "update field_values set is_placeholder = true "
                f"where length(v) <= {longest} and {fold_sql('v')} in ({listed})"
            )

    def _count_formats(self) -> tuple[tuple[FormatCount, ...], int | None, int]:
        """Ways of writing with their rows; rows unlike the most frequent one; rows whose day and month are open."""
        self.connection.execute(
            f"create or replace table shapes as select {shape_sql('v')} as shape, sum(n) as n "
            "from field_values where not is_placeholder group by shape"
        )
        for is_date, mask_sql in ((True, date_mask_sql("shape")), (False, number_mask_sql("shape"))):
            counts: dict[str | None, int] = dict(
                self.connection.execute(
                    f"select {mask_sql} as mask, sum(n)::bigint from shapes group by mask"
                ).fetchall()
            )
            other = counts.pop(None, 0)
            if not counts or self.filled_count - other < MIN_KIND_SHARE * self.filled_count:
                continue
            ambiguous = 0
            if is_date:
                ambiguous = self._settle_orders(counts)
            return self._as_formats(counts, other, ambiguous)
        return (), None, 0

    def _settle_orders(self, counts: dict[str | None, int]) -> int:
        """Replace each open order by day first or month first where the values tell; returns the rows still open."""
        still_open = 0
        for separator in ("/", "-"):
            if counts.pop(f"order{separator}", 0) == 0:
                continue
            sure_day, sure_month, unsure = fetch_one(
                self.connection,
                "select coalesce(sum(n) filter (a > 12), 0)::bigint, "
                "coalesce(sum(n) filter (b > 12 and a <= 12), 0)::bigint, "
                "coalesce(sum(n) filter (a <= 12 and b <= 12), 0)::bigint from ("
                f"select n, try_cast(split_part(v, '{separator}', 1) as int) as a, "
                f"try_cast(split_part(v, '{separator}', 2) as int) as b from field_values "
                f"where not is_placeholder and {date_mask_sql(shape_sql('v'))} = 'order{separator}')",
            )
            if sure_day and not sure_month:
                sure_day, unsure = sure_day + unsure, 0
            elif sure_month and not sure_day:
                sure_month, unsure = sure_month + unsure, 0
            day, month = DAY_FIRST.format(separator), MONTH_FIRST.format(separator)
            for mask, count in ((day, sure_day), (month, sure_month), (f"{day} or {month}", unsure)):
                if count:
                    counts[mask] = count
            still_open += unsure
        return still_open

    def _as_formats(
        self, counts: dict[str | None, int], other: int, ambiguous: int
    ) -> tuple[tuple[FormatCount, ...], int, int]:
        most = max(counts.values())
        shown = {mask: count for mask, count in counts.items() if count >= MIN_MASK_ROWS and mask}
        rest = sum(counts.values()) - sum(shown.values()) + other
        formats = [
            FormatCount(mask=mask, count=count)
            for mask, count in sorted(shown.items(), key=lambda entry: (-entry[1], entry[0]))
        ]
        if rest:
            formats.append(FormatCount(mask=OTHER_MASK, count=rest))
        return tuple(formats), self.filled_count - most, ambiguous

    def _count_outside(
        self, allowed_range: tuple[Any, Any] | None, allowed_set: Sequence[str] | None
    ) -> int | None:
        if allowed_range is None and allowed_set is None:
            return None
        conditions = []
        if allowed_range is not None:
            low, high = allowed_range
            if isinstance(low, str):
                value, ends = "try_cast(v as date)", [f"date {sql_text(str(end))}" for end in (low, high)]
            else:
                value, ends = "try_cast(v as double)", [repr(float(end)) for end in (low, high)]
            conditions.append(f"coalesce({value} not between {ends[0]} and {ends[1]}, true)")
        if allowed_set is not None:
            listed = ", ".join(sql_text(value) for value in allowed_set) or "''"
            conditions.append(f"v not in ({listed})")
        return self._count("coalesce(sum(n), 0)", f"not is_placeholder and ({' or '.join(conditions)})")
