"""Counts the values of one field. Values are grouped first, so that each distinct value is tested once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, Literal

from sprintkit.measure.folding import (
    fold_sql,
    fold_value,
    has_blank_ends_sql,
    key_fold_sql,
    sql_text,
    trim_sql,
)
from sprintkit.measure.masks import is_date_sql, is_number_sql
from sprintkit.measure.placeholders import MIN_DISTINCT_SHARE, PLACEHOLDERS
from sprintkit.measure.questions.frequent import MAX_RANKS, count_frequent
from sprintkit.measure.worker.loaded_extract import LoadedExtract, conditions_in_passes, fetch_one

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Kind = Literal["date", "number", "text"]
MIN_KIND_SHARE: Final = 0.8
"""A field holds dates, or numbers, if at least this share of its filled rows can be read as such."""


class FieldValues:
    """The values of one field of a loaded extract, with their counts.

    Creating it fills the table `grouped`, whose `v` is a distinct trimmed value and `n` its number of rows, and the view
    `field_values` of those that are neither empty nor placeholders.
    """

    def __init__(self, extract: LoadedExtract, field: str, own_placeholders: Sequence[str]) -> None:
        self.connection: DuckDBPyConnection = extract.connection
        self.rows = extract.rows
        self.column = extract.columns[field]
        self.is_typed = self.column in extract.kinds
        self._is_text_in_extract = not self.is_typed or self.column in extract.stored_plainly
        self._group()
        self._is_filled = "v is not null" if self.is_typed else "v is not null and v <> ''"
        filled, self.distinct_count = map(
            int,
            fetch_one(
                self.connection,
                f"select coalesce(sum(n), 0)::bigint, count(*) from grouped where {self._is_filled}",
            ),
        )
        self.null_count = self.rows - filled
        self._find_words(own_placeholders)
        counts_listed = self.distinct_count >= MIN_DISTINCT_SHARE * self.rows
        words = "is_own or (is_listed and not is_digits)" if counts_listed else "is_own"
        self._view_without(words)
        self.kind: Kind = extract.kinds.get(self.column) or self._find_kind()
        if counts_listed and self.kind != "number":
            words = "true"
            self._view_without(words)
        self.placeholder_count = self._sum("words", words)
        self.doubtful_word_count = 0 if counts_listed else self._sum("words", "is_listed and not is_own")
        """Rows with a built-in placeholder word that may be a genuine value, since the field has few values."""
        self.filled_count = self.rows - self.null_count - self.placeholder_count

    @property
    def duplicate_count(self) -> int:
        """Rows that repeat the value of an earlier row."""
        return self.rows - self.null_count - self.distinct_count

    @property
    def near_duplicate_count(self) -> int:
        """Values that differ from another one only in case, accents, spaces and punctuation."""
        odd = rf"not regexp_full_match(v, '[0-9a-z]*') and {self._is_filled}"
        if self.is_typed or not self._count(f"from grouped where {odd}"):
            return 0
        folded = f"coalesce(nullif({key_fold_sql('v')}, ''), v)"
        return self.distinct_count - sum(
            self._count(
                f"from (select distinct {folded} from grouped where {self._is_filled} and {condition})"
            )
            for condition in conditions_in_passes(folded, self.rows)
        )

    @property
    def frequent_count(self) -> int | None:
        """Rows with a suspiciously frequent value; None if the field has too few different values to tell."""
        ranked = [
            int(row[0])
            for row in self.connection.execute(
                f"select n from field_values order by n desc limit {MAX_RANKS}"
            ).fetchall()
        ]
        return count_frequent(self.rows, self.distinct_count, ranked)

    def count_outside_set(self, allowed: Sequence[str]) -> int:
        """Rows whose value is not in `allowed`."""
        listed = ", ".join(map(sql_text, allowed))
        return self._sum("field_values", f"v::varchar not in ({listed})")

    def _group(self) -> None:
        self._fill_grouped(self.column, "count(*)", "source")
        if not self.is_typed and self._count(f"from grouped where {has_blank_ends_sql('v')}"):
            self.connection.execute("drop table if exists untrimmed")
            self.connection.execute("alter table grouped rename to untrimmed")
            self._fill_grouped(trim_sql("v"), "sum(n)", "untrimmed")
            self.connection.execute("drop table untrimmed")

    def _fill_grouped(self, value: str, count: str, source: str) -> None:
        start = "create or replace table grouped as"
        for condition in conditions_in_passes(value, self.rows):
            self.connection.execute(
                f"{start} select {value} as v, {count} as n from {source} where {condition} group by 1"
            )
            start = "insert into grouped"

    def _find_words(self, own_placeholders: Sequence[str]) -> None:
        """Fill the table `words` with the values that are placeholder words, built in or from the recipe."""
        listed = PLACEHOLDERS if self._is_text_in_extract else ()
        own = {fold_value(word) for word in own_placeholders} - {""}
        words = sorted({*listed, *own})
        folded = ", ".join(map(sql_text, words)) or "''"
        candidates = self._candidates(words)
        own_list = ", ".join(map(sql_text, sorted(own))) or "''"
        self.connection.execute(
            f"create or replace table words as select v, n, folded in ({own_list}) as is_own, "
            r"not is_own as is_listed, regexp_full_match(v::varchar, '\d+') as is_digits "
            f"from (select v, n, {fold_sql('v::varchar')} as folded from {candidates}) where folded in ({folded})"
        )

    def _candidates(self, words: Sequence[str]) -> str:
        """SQL for the values that can be one of these words, found without folding them."""
        if not self.is_typed:
            longest = max(map(len, words), default=0) + 8
            return f"(select v, n from grouped where length(v) <= {longest})"
        type_name = fetch_one(self.connection, "select typeof(v) from grouped limit 1")[0]
        casts = ", ".join(f"try_cast({sql_text(word)} as {type_name})" for word in words) or "null"
        self.connection.execute(
            f"create or replace table candidates as select v, n from grouped where v in ({casts})"
        )
        return "candidates"

    def _view_without(self, words: str) -> None:
        self.connection.execute(
            f"create or replace view field_values as select v, n from grouped where {self._is_filled} "
            f"and v not in (select v from words where {words})"
        )

    def _find_kind(self) -> Kind:
        filled, dates = fetch_one(
            self.connection,
            "select coalesce(sum(n), 0)::bigint, "
            f"coalesce(sum(n) filter ({is_date_sql('v')}), 0)::bigint from field_values",
        )
        least = max(1, MIN_KIND_SHARE * filled)
        if dates >= least:
            return "date"
        return "number" if self._sum("field_values", is_number_sql("v")) >= least else "text"

    def _sum(self, table: str, condition: str) -> int:
        return self._count(f"from {table} where {condition}", "coalesce(sum(n), 0)::bigint")

    def _count(self, source: str, what: str = "count(*)") -> int:
        return int(fetch_one(self.connection, f"select {what} {source}")[0])
