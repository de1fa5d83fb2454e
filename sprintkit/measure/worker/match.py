"""Compares fields of two extracts, row by row of the same key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sprintkit.measure.folding import fold_sql, key_fold_sql, trim_sql
from sprintkit.measure.worker.field_formats import count_formats
from sprintkit.measure.worker.field_values import FieldValues
from sprintkit.measure.worker.find_questions import FieldProfile
from sprintkit.measure.worker.job import ExtractSource, OnProgress, ProbeJob, unreadable
from sprintkit.measure.worker.load import load_extract
from sprintkit.measure.worker.loaded_extract import LoadedExtract, fetch_one

_OWN: Final = "own_rows"


def match_fields(
    extract: LoadedExtract,
    job: ProbeJob,
    other: ExtractSource,
    fields: Mapping[str, FieldProfile],
    on_progress: OnProgress,
) -> dict[str, tuple[int, int]]:
    """For each field of both extracts: rows that agree with a row of the same key in the other, and rows compared.

    Keys are compared folded, dates and numbers by value, other texts folded. Replaces the table `source`. Raises
    InputError if the other extract cannot be measured, lacks the key, or has no field in common.
    """
    connection = extract.connection
    connection.execute(f"alter table source rename to {_OWN}")
    loaded = load_extract(connection, other, on_progress)
    if not all(part in extract.columns and part in loaded.columns for part in job.key):
        raise unreadable(other.label, "the key is not in both extracts")
    keys = [_key_sql(side, job.key) for side in (extract, loaded)]
    matches = {}
    for name in job.fields:
        if name not in loaded.columns or name not in extract.columns or name in job.key:
            continue
        values = FieldValues(loaded, name, job.placeholders)
        formats = count_formats(values)
        field = fields[name]
        own_value, other_value = (fold_sql(trim_sql(side.text_sql(name))) for side in (extract, loaded))
        if field.value_of is not None and formats.value_of is not None and field.kind == values.kind:
            own_value = field.value_of(extract.value_sql(name))
            other_value = formats.value_of(loaded.value_sql(name))
        compared, agreed = fetch_one(
            connection,
            "select count(*), count(*) filter (agrees) from (select o.r, bool_or(o.v is not distinct from t.v) as agrees "
            f"from (select rowid as r, {keys[0]} as k, {own_value} as v from {_OWN}) o "
            f"join (select distinct {keys[1]} as k, {other_value} as v from source) t on o.k = t.k "
            "where trim(o.k, chr(31)) <> '' group by o.r)",
        )
        matches[name] = int(agreed), int(compared)
    if not matches:
        raise unreadable(other.label, "it has none of the other fields of this source")
    return matches


def _key_sql(extract: LoadedExtract, key: tuple[str, ...]) -> str:
    parts = [f"coalesce({key_fold_sql(extract.text_sql(part))}, '')" for part in key]
    return " || chr(31) || ".join(parts)
