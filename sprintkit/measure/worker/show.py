"""Picks the values of each field that a person wants to see on their terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sprintkit.measure.folding import trim_sql
from sprintkit.measure.report import ShownField
from sprintkit.measure.worker.ask import AskedField
from sprintkit.measure.worker.job import ProbeJob
from sprintkit.measure.worker.loaded import LoadedExtract, fetch_one
from sprintkit.measure.worker.meaning_sheet import draw_rows

FREQUENT_VALUES: Final = 5
EXAMPLES: Final = 5
MAX_LENGTH: Final = 60
"""Characters of a value; a longer one is cut, with an ellipsis."""


def pick_values(
    extract: LoadedExtract, job: ProbeJob, fields: Mapping[str, AskedField]
) -> tuple[ShownField, ...]:
    """What each measured field of an extract holds, in the words of the extract."""
    names = [name for name in job.fields if name in extract.columns]
    rows = draw_rows(extract, names, EXAMPLES)
    return tuple(
        _pick(extract, fields[name], tuple(_cut((row[place] or "").strip()) for row in rows))
        for place, name in enumerate(names)
    )


def _pick(extract: LoadedExtract, field: AskedField, examples: tuple[str, ...]) -> ShownField:
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
