"""Finds the questions that an extract raises: aggregates its rows and lets `measure.questions` decide."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from sprintkit.measure.folding import fold_sql, trim_sql
from sprintkit.measure.questions.changes import find_change
from sprintkit.measure.questions.factors import (
    BIN_WIDTH,
    FACTORS,
    KEY_TOLERANCE,
    MIN_CATEGORY_ROWS,
    Category,
    KeyBands,
    find_factor_by_category,
    find_factor_by_humps,
    key_band,
    shows_factor_by_key,
)
from sprintkit.measure.report import ProbeQuestion, share_pct
from sprintkit.measure.worker.field_values import Kind
from sprintkit.measure.worker.loaded_extract import LoadedExtract, fetch_one

MAX_SAMPLE_ROWS: Final = 100_000
"""Of a larger extract only a sample of its rows is examined, the same one in every run."""
MAX_CATEGORIES: Final = 20
MAX_CLASSES: Final = 50
"""A field with at most this many values is compared over months by value, any other by notation."""
MAX_ENTITY_ROWS: Final = 6
"""Keys with more rows are not compared: their greatest and least value are far apart anyway."""
_SCALE_WIDTH: Final = 0.5
ANNUAL: Final = "annual_or_monthly"
FACTOR: Final = "factor"
UNLISTED: Final = "unlisted_placeholder"
LISTED: Final = "listed_word"
CHANGED: Final = "changed_meaning"


@dataclass(frozen=True, kw_only=True)
class FieldProfile:
    """The counts of a field that decide which questions it raises."""

    name: str
    kind: Kind
    rows: int
    filled_count: int
    distinct_count: int
    frequent_count: int | None
    doubtful_word_count: int
    value_of: Callable[[str], str] | None
    """Turns SQL for a value's text into SQL for its date or number."""
    histogram: Mapping[int, int]
    """Rows by the natural logarithm of positive numbers, in bins of `BIN_WIDTH`."""

    @property
    def is_category(self) -> bool:
        return 2 <= self.distinct_count <= MAX_CATEGORIES

    @property
    def is_entity(self) -> bool:
        """Whether most values occur several times, as the names of customers do."""
        return self.kind != "date" and MAX_CATEGORIES < self.distinct_count <= 0.7 * self.filled_count

    @property
    def has_repeats(self) -> bool:
        """Whether any of its values comes more than once."""
        return self.distinct_count < self.filled_count


def find_questions(
    extract: LoadedExtract, fields: Mapping[str, FieldProfile], key: tuple[str, ...], updated: str | None
) -> Iterator[ProbeQuestion]:
    """Questions for the data owner, field by field."""
    days = [
        name
        for name in dict.fromkeys((*([updated] if updated else []), *fields))
        if name in fields and fields[name].kind == "date"
    ]
    _sample(extract, fields, tuple(name for name in key if name in extract.columns), *days[:1])
    for field in fields.values():
        if field.frequent_count:
            yield ProbeQuestion(
                kind=UNLISTED,
                field=field.name,
                evidence=f"One value, or a few, in {_rows(field.frequent_count, field.rows)}, at least 15 times as often as "
                "the values after it: do they stand for nothing? Enter them as placeholders in sources.toml if so. "
                "Method: rows of the most frequent values.",
                n=field.rows,
            )
        if field.doubtful_word_count:
            yield ProbeQuestion(
                kind=LISTED,
                field=field.name,
                evidence=f"Words that often stand for nothing, such as unknown, in {_rows(field.doubtful_word_count, field.rows)}"
                f" of a field of {field.distinct_count} values: is it a value like any other? Method: the shipped list.",
                n=field.rows,
            )
        if field.kind == "number" and field.name not in key:
            question = _ask_factor(extract, fields, field, key)
            if question is not None:
                yield question
        if days and field.name not in days:
            question = _ask_change(extract, field, list(fields), days[0])
            if question is not None:
                yield question


def _sample(
    extract: LoadedExtract, fields: Mapping[str, FieldProfile], key: tuple[str, ...], day: str | None = None
) -> None:
    """Fill the table `sampled`: the folded text of fields as t0, t1, …, their date or number as x0, x1, …

    It has only columns that a question compares: numbers by category, and all fields over the months of `day`.
    """
    has_numbers = any(field.kind == "number" and field.name not in key for field in fields.values())
    has_categories = any(field.is_category for field in fields.values())
    trimmed, columns = [], []
    for index, field in enumerate(fields.values()):
        if (field.is_category and has_numbers) or (field.kind == "text" and day is not None):
            trimmed.append(f"{trim_sql(extract.text_sql(field.name))} as s{index}")
            columns.append(f"{fold_sql(f's{index}')} as t{index}")
        if field.name == day or (field.kind == "number" and (has_categories or day is not None)):
            trimmed.append(f"{extract.value_sql(field.name)} as v{index}")
            parsed = "null" if field.value_of is None else field.value_of(f"v{index}")
            columns.append(f"{parsed} as x{index}")
    if not columns:
        return
    parts = ", ".join(dict.fromkeys(extract.columns[name] for name in key) or extract.columns.values())
    extract.connection.execute(
        f"create table trimmed as select {', '.join(trimmed)} from source "
        f"where hash({parts}) % {_step(extract)} = 0"
    )
    extract.connection.execute(f"create table sampled as select {', '.join(columns)} from trimmed")
    extract.connection.execute("drop table trimmed")


def _step(extract: LoadedExtract) -> int:
    return max(1, extract.rows // MAX_SAMPLE_ROWS)


def _ask_factor(
    extract: LoadedExtract, fields: Mapping[str, FieldProfile], field: FieldProfile, key: tuple[str, ...]
) -> ProbeQuestion | None:
    for name in dict.fromkeys((*key, *(other.name for other in fields.values() if other.is_entity))):
        is_sought = name != field.name and (len(key) == 1 or name not in key)
        if is_sought and name in fields and fields[name].has_repeats:
            question = _ask_factor_by_key(extract, field, name)
            if question is not None:
                return question
    for index, other in enumerate(fields.values()):
        if other.is_category and other.name != field.name:
            question = _ask_factor_by_category(extract, list(fields), field, other.name, index)
            if question is not None:
                return question
    factor = find_factor_by_humps(field.histogram, field.distinct_count)
    if factor is None:
        return None
    evidence = f"Its values lie around two heights about {factor:g} times apart"
    return _factor_question(field, factor, evidence, "two humps of all values", sum(field.histogram.values()))


def _ask_factor_by_key(extract: LoadedExtract, field: FieldProfile, name: str) -> ProbeQuestion | None:
    assert field.value_of is not None
    bands = []
    for factor in FACTORS:
        ends = key_band(factor)
        bands += [
            f"count(*) filter (r >= {low!r} and r < {high!r})"
            for low, high in ((ends[1], ends[2]), (ends[0], ends[1]), (ends[2], ends[3]))
        ]
    column = extract.columns[name]
    counts = fetch_one(
        extract.connection,
        f"select count(*), {', '.join(bands)} from (select ln(max(x) / min(x)) as r from ("
        f"select {column} as k, {field.value_of(extract.value_sql(field.name))} as x from source "
        f"where {column} is not null and hash({column}) % {_step(extract)} = 0) "
        f"group by k having count(x) between 2 and {MAX_ENTITY_ROWS} and min(x) > 0)",
    )
    keys = int(counts[0])
    for index, factor in enumerate(FACTORS):
        inside, below, above = counts[1 + 3 * index : 4 + 3 * index]
        if shows_factor_by_key(keys, KeyBands(inside, below, above)):
            tolerance = KEY_TOLERANCE[factor]
            evidence = (
                f"{share_pct(inside, keys)} % of {keys:,} values of {name} that have several rows show amounts "
                f"{factor:g} times apart (± {tolerance:.0%})"
            )
            return _factor_question(field, factor, evidence, "same key seen several times", keys)
    return None


def _ask_factor_by_category(
    extract: LoadedExtract, names: list[str], field: FieldProfile, other: str, other_index: int
) -> ProbeQuestion | None:
    value = f"x{names.index(field.name)}"
    categories = [
        Category(int(rows), *map(float, quartiles))
        for rows, quartiles in extract.connection.execute(
            f"select count(*), quantile_cont(ln({value}), [0.25, 0.5, 0.75]) from sampled "
            f"where {value} > 0 and t{other_index} <> '' group by t{other_index} having count(*) >= {MIN_CATEGORY_ROWS}"
        ).fetchall()
    ]
    factor = find_factor_by_category(categories)
    if factor is None:
        return None
    rows = sum(category.rows for category in categories)
    evidence = f"Split by {other} its medians form two groups about {factor:g} times apart, spread alike"
    return _factor_question(field, factor, evidence, "medians by category", rows)


def _factor_question(field: FieldProfile, factor: float, evidence: str, method: str, n: int) -> ProbeQuestion:
    meaning = {
        12.0: "is it annual in some rows and monthly in others?",
        100.0: "is it in hundredths, such as cents, in some rows?",
        1000.0: "is it in thousands in some rows?",
        1.2: "is tax included in some rows?",
    }[factor]
    return ProbeQuestion(
        kind=ANNUAL if factor == 12.0 else FACTOR,
        field=field.name,
        evidence=f"{evidence}: {meaning} Method: {method}.",
        n=n,
    )


def _ask_change(
    extract: LoadedExtract, field: FieldProfile, names: list[str], day: str
) -> ProbeQuestion | None:
    index = names.index(field.name)
    text, value = f"t{index}", f"x{index}"
    if field.kind == "number":
        group = (
            f"case when {value} is null then 'none' when {value} = 0 then 'zero' else sign({value})::varchar || ':' || "
            f"floor(ln(abs({value})) / {_SCALE_WIDTH})::varchar end"
        )
    elif field.distinct_count <= MAX_CLASSES:
        group = f"coalesce({text}, '')"
    else:
        group = (
            rf"regexp_replace(regexp_replace(coalesce({text}, ''), '\p{{L}}+', 'a', 'g'), '\d+', '9', 'g')"
        )
    months: dict[date, dict[int, int]] = {}
    for month, group_hash, count in extract.connection.execute(
        f"select date_trunc('month', x{names.index(day)})::date as m, hash({group}) as g, count(*) from sampled "
        "where m is not null group by m, g order by m, g"
    ).fetchall():
        months.setdefault(month, {})[int(group_hash)] = int(count)
    change = find_change(list(months.values()))
    if change is None:
        return None
    first = list(months)[change.month]
    return ProbeQuestion(
        kind=CHANGED,
        field=field.name,
        evidence=f"From {first:%Y-%m} on, by {day}, {change.distance:.0%} of its rows are of another kind than before: did its "
        "meaning or unit change? Method: shares of kinds of values, month by month.",
        n=change.rows,
    )


def histogram_sql() -> str:
    """SQL for the number of rows in the view `parsed` by the bin of their natural logarithm."""
    return (
        f"select floor(ln(x) / {BIN_WIDTH})::int as bin, sum(n)::bigint from parsed "
        "where x > 0 and isfinite(x) group by bin"
    )


def _rows(count: int, rows: int) -> str:
    return f"{count:,} rows ({share_pct(count, rows)} %)"
