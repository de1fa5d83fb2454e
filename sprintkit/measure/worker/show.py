"""Picks the values of each field that a person wants to see on their terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sprintkit.measure.folding import trim_sql
from sprintkit.measure.report import ShownField
from sprintkit.measure.worker.find_questions import FieldProfile
from sprintkit.measure.worker.job import ProbeJob
from sprintkit.measure.worker.loaded_extract import LoadedExtract, fetch_one
from sprintkit.measure.worker.meaning_sheet import draw_rows

FREQUENT_VALUES: Final = 5
EXAMPLES: Final = 5
MAX_LENGTH: Final = 60
"""In characters. A longer value is cut, with an ellipsis."""


def pick_values(
    extract: LoadedExtract, job: ProbeJob, fields: Mapping[str, FieldProfile]
) -> tuple[ShownField, ...]:
    """Values of each measured field, exactly as in the extract."""
    names = [name for name in job.fields if name in extract.columns]
    rows = draw_rows(extract, names, EXAMPLES)
    return tuple(
        _pick(extract, fields[name], tuple(_cut((row[index] or "").strip()) for row in rows))
        for index, name in enumerate(names)
    )


def _pick(extract: LoadedExtract, field: FieldProfile, examples: tuple[str, ...]) -> ShownField:
    text = f"nullif({trim_sql(extract.text_sql(field.name))}, '')"
    order = "t" if field.value_of is None else "x"
    value = "null" if field.value_of is None else field.value_of(extract.value_sql(field.name))
    least, greatest = fetch_one(
        extract.connection,
        f"select arg_min(t, {order}), arg_max(t, {order}) from (select {text} as t, {value} as x from source)",
    )
    frequent = extract.connection.execute(
        f"select {text} as t, count(*) as n from source where t is not null group by t "
        f"order by n desc, t limit {FREQUENT_VALUES}"
    ).fetchall()
    return ShownField(
        name=field.name,
        least=None if least is None else _cut(least),
        greatest=None if greatest is None else _cut(greatest),
        frequent=tuple((_cut(value), int(count)) for value, count in frequent),
        examples=examples,
    )


def _cut(value: str) -> str:
    return value if len(value) <= MAX_LENGTH else f"{value[: MAX_LENGTH - 1]}…"
