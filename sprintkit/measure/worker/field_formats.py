"""Counts the notations of one field's dates or numbers, and parses them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sprintkit.measure.folding import sql_text
from sprintkit.measure.masks import (
    DAY_FIRST,
    MIN_MASK_ROWS,
    MONTH_FIRST,
    NUMBER_STYLES,
    ORDER_SEPARATORS,
    OTHER_MASK,
    UNIT_NAMES,
    bare_number_sql,
    date_mask_sql,
    day_sql,
    is_number_sql,
    number_body_sql,
    number_sql,
    number_style_sql,
    unit_sql,
)
from sprintkit.measure.report import FormatCount
from sprintkit.measure.worker.field_values import FieldValues
from sprintkit.measure.worker.loaded_extract import fetch_one

OTHER_UNIT: Final = "unit"
"""The displayed name of an unknown unit."""
MAX_UNITS: Final = 20
"""A field with at most this many different values may hold units."""


@dataclass(frozen=True, kw_only=True)
class FieldFormats:
    """The notations of a field. The view `parsed` holds its values: `x` a date or number, `n` its number of rows."""

    formats: tuple[FormatCount, ...] = ()
    """The most frequent first."""
    unlike_count: int | None = None
    """Rows in another notation than most rows; None if the field holds neither dates nor numbers."""
    unit_unlike_count: int | None = None
    """Rows in another unit than most rows; None if no value carries a unit."""
    ambiguous_count: int = 0
    """Rows with a date of which nothing shows whether day or month comes first."""
    value_of: Callable[[str], str] | None = None
    """Turns SQL for a value's text into SQL for its date or double; None if the field holds neither."""


def count_formats(values: FieldValues) -> FieldFormats:
    """Count the formats of a field. Dates and numbers are then in the view `parsed`."""
    if values.kind == "date":
        return _count_dates(values)
    if values.kind == "number":
        return _count_numbers(values)
    return FieldFormats(unit_unlike_count=_count_unlike_words(values))


def count_outside_range(values: FieldValues, formats: FieldFormats, low: Any, high: Any) -> int:
    """Filled rows outside a range of dates (as ISO text) or numbers, including those that hold neither."""
    is_date = isinstance(low, str)
    if formats.value_of is None or is_date != (values.kind == "date"):
        return values.filled_count
    ends = [f"date {sql_text(str(end))}" if is_date else repr(float(end)) for end in (low, high)]
    inside = fetch_one(
        values.connection,
        f"select coalesce(sum(n), 0)::bigint from parsed where x between {ends[0]} and {ends[1]}",
    )[0]
    return values.filled_count - int(inside)


def count_older(values: FieldValues, day: str) -> int:
    """Rows before `day`, an ISO date, including those without a date."""
    if values.kind != "date":
        return values.rows
    recent = fetch_one(
        values.connection, f"select coalesce(sum(n), 0)::bigint from parsed where x >= date {sql_text(day)}"
    )[0]
    return values.rows - int(recent)


def _count_dates(values: FieldValues) -> FieldFormats:
    if values.is_typed:
        _parse(values, "v::date", "v")
        formats = FormatCount(mask="YYYY-MM-DD", count=values.filled_count)
        return FieldFormats(formats=(formats,), unlike_count=0, value_of="{}::date".format)
    values.connection.execute(
        f"create or replace view masked as select v, n, {date_mask_sql('v')} as mask from field_values"
    )
    counts = _counts_by(values, "masked", "mask")
    other = counts.pop(None, 0)
    ambiguous, is_day_first = _settle_orders(values, counts)
    value = day_sql("v", "mask", is_day_first=is_day_first)
    values.connection.execute(f"create or replace view parsed as select {value} as x, n from masked")
    return FieldFormats(
        formats=_as_formats(counts, other),
        unlike_count=values.filled_count - max(counts.values()),
        ambiguous_count=ambiguous,
        value_of=lambda text: day_sql(text, f"({date_mask_sql(text)})", is_day_first=is_day_first),
    )


def _settle_orders(values: FieldValues, counts: dict[Any, int]) -> tuple[int, bool]:
    """Replace each open order in `counts` with day first or month first, if the values show which it is.

    Returns the number of rows still open, and whether the day comes first in most of the settled rows.
    """
    still_open, day_rows, month_rows = 0, 0, 0
    for separator in ORDER_SEPARATORS:
        if counts.pop(f"order{separator}", 0) == 0:
            continue
        sure_day, sure_month, unsure = fetch_one(
            values.connection,
            "select coalesce(sum(n) filter (a > 12), 0)::bigint, "
            "coalesce(sum(n) filter (b > 12 and a <= 12), 0)::bigint, "
            "coalesce(sum(n) filter (a <= 12 and b <= 12), 0)::bigint from ("
            f"select n, try_cast(split_part(v, '{separator}', 1) as int) as a, "
            f"try_cast(split_part(v, '{separator}', 2) as int) as b from masked where mask = 'order{separator}')",
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
        day_rows += sure_day
        month_rows += sure_month
    return still_open, day_rows >= month_rows


def _count_numbers(values: FieldValues) -> FieldFormats:
    if values.is_typed:
        _parse(values, "v::double", "v")
        has_decimals = fetch_one(values.connection, "select count(*) from parsed where x <> trunc(x)")[0]
        formats = FormatCount(mask="9.9" if has_decimals else "9", count=values.filled_count)
        return FieldFormats(formats=(formats,), unlike_count=0, value_of="{}::double".format)
    values.connection.execute(
        "create or replace view styled as select v, n, body, coalesce(plain_style, "
        f"if(plain_style is null, {number_style_sql('body')}, null)) as style, "
        f"if(plain_style is null, {unit_sql('v')}, '') as unit from (select v, n, plain_style, "
        f"if(plain_style is null, {bare_number_sql('v')}, ltrim(v, '+-−')) as body from ("
        f"select v, n, {number_style_sql('v')} as plain_style from field_values where {is_number_sql('v')}))"
    )
    counts = {
        (NUMBER_STYLES[style], unit): int(count)
        for style, unit, count in values.connection.execute(
            "select style, unit, sum(n)::bigint from styled where style is not null group by style, unit"
        ).fetchall()
    }
    if not counts:
        _parse(values, "null::double", "v")
        return FieldFormats(unlike_count=values.filled_count, formats=_as_formats({}, values.filled_count))
    by_unit: dict[str, int] = {}
    by_mask: dict[str, int] = {}
    for (style, unit), count in counts.items():
        name = _unit_name(unit)
        by_unit[name] = by_unit.get(name, 0) + count
        mask = f"{style[3]} {name}".strip()
        by_mask[mask] = by_mask.get(mask, 0) + count
    decimal, most = _most_common_notation(counts)
    value = number_sql("v", "body", "style", decimal=decimal)
    values.connection.execute(f"create or replace view parsed as select {value} as x, n from styled")
    return FieldFormats(
        formats=_as_formats(by_mask, values.filled_count - sum(counts.values())),
        unlike_count=values.filled_count - most,
        unit_unlike_count=sum(by_unit.values()) - max(by_unit.values()) if set(by_unit) != {""} else None,
        value_of=lambda text: _parse_number_sql(text, decimal),
    )


def _parse_number_sql(text: str, decimal: str) -> str:
    body = number_body_sql("v")
    value = number_sql("v", "body", "style", decimal=decimal)
    return (
        f"(select {value} from (select v, body, {number_style_sql('body')} as style from "
        f"(select v, {body} as body from (select {text} as v))) where {is_number_sql('v')})"
    )


def _most_common_notation(counts: Mapping[tuple[tuple[str, str, str, str], str], int]) -> tuple[str, int]:
    """The decimal separator of the most common notation, and the number of rows compatible with that notation.

    A notation is a decimal separator, a thousands separator and a unit. `12` is compatible with every notation. `1,200`
    has a thousands separator unless other rows have a decimal comma; `1.200` has a decimal point unless other rows have
    dots as thousands separators.
    """
    has_decimal_comma = any(decimal == "," or thousands == "." for (_, decimal, thousands, _), _ in counts)
    notations = {
        (decimal, thousands, unit): sum(
            count
            for (style, own_unit), count in counts.items()
            if _unit_name(own_unit) == unit and _is_compatible(style, decimal, thousands)
        )
        for unit in {_unit_name(unit) for _, unit in counts}
        for decimal in ((".", ",") if has_decimal_comma else (".",))
        for thousands in ("none", ",", ".", " ")
        if thousands != decimal
    }
    most_common = max(notations, key=lambda notation: notations[notation])
    return most_common[0], notations[most_common]


def _is_compatible(style: tuple[str, str, str, str], decimal: str, thousands: str) -> bool:
    _, own_decimal, own_thousands, _ = style
    if own_decimal in ("dot?", "comma?"):
        return (own_decimal == "dot?") == (decimal == ".") or thousands == (
            "." if own_decimal == "dot?" else ","
        )
    return own_decimal in ("any", decimal) and own_thousands in ("any", thousands)


def _unit_name(unit: str) -> str:
    return UNIT_NAMES.get(unit, OTHER_UNIT) if unit else ""


def _count_unlike_words(values: FieldValues) -> int | None:
    """Rows with another word than most rows; None unless the words are few enough to be units."""
    if not 1 <= values.distinct_count <= MAX_UNITS:
        return None
    most = fetch_one(values.connection, "select coalesce(max(n), 0) from field_values")[0]
    return values.filled_count - int(most)


def _parse(values: FieldValues, value_sql: str, columns: str) -> None:
    values.connection.execute(
        f"create or replace view parsed as select {value_sql} as x, n from (select {columns}, n from field_values)"
    )


def _counts_by(values: FieldValues, table: str, column: str) -> dict[Any, int]:
    rows = values.connection.execute(
        f"select {column}, sum(n)::bigint from {table} group by {column}"
    ).fetchall()
    return {key: int(count) for key, count in rows}


def _as_formats(counts: Mapping[str, int], other: int) -> tuple[FormatCount, ...]:
    shown = {mask: count for mask, count in counts.items() if count >= MIN_MASK_ROWS}
    rest = sum(counts.values()) - sum(shown.values()) + other
    formats = [
        FormatCount(mask=mask, count=count)
        for mask, count in sorted(shown.items(), key=lambda entry: (-entry[1], entry[0]))
    ]
    return (*formats, FormatCount(mask=OTHER_MASK, count=rest)) if rest else tuple(formats)
