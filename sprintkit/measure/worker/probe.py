"""Measures a source: loads the extract, counts, and evaluates the checks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from sprintkit.measure.checks import CheckCounts, evaluate_check
from sprintkit.measure.folding import key_fold_sql, trim_sql
from sprintkit.measure.questions.factors import can_show_humps
from sprintkit.measure.report import FieldMatch, FieldMeaning, FieldMeasures, ProbeReport
from sprintkit.measure.worker.database import open_database
from sprintkit.measure.worker.field_formats import (
    FieldFormats,
    count_formats,
    count_older,
    count_outside_range,
)
from sprintkit.measure.worker.field_values import FieldValues
from sprintkit.measure.worker.find_questions import FieldProfile, find_questions, histogram_sql
from sprintkit.measure.worker.job import OnProgress, ProbeJob
from sprintkit.measure.worker.load import load_extract
from sprintkit.measure.worker.loaded_extract import LoadedExtract, conditions_in_passes, fetch_one
from sprintkit.measure.worker.match import match_fields
from sprintkit.measure.worker.meaning_sheet import are_rows_of, count_agreed, sheet_text
from sprintkit.measure.worker.plain_columns import store_plain_columns
from sprintkit.measure.worker.show import pick_values


@dataclass(kw_only=True)
class _Tally:
    """The counts of the fields so far."""

    measures: dict[str, FieldMeasures] = field(default_factory=dict)
    profiles: dict[str, FieldProfile] = field(default_factory=dict)
    duplicates: dict[str, int] = field(default_factory=dict)
    """Rows that repeat the value of an earlier row, by field."""
    stale: dict[int, int] = field(default_factory=dict)
    """Rows that are older or have no date, by maximum age in days."""
    key_duplicates: tuple[int | None, int | None] = (None, None)
    """Rows that repeat a key, and further rows that nearly do; None without a key."""


def probe(job: ProbeJob, on_progress: OnProgress) -> ProbeReport:
    """Measure the extract of a job. Raises InputError if it cannot be measured, and duckdb.Error."""
    others = [] if job.other is None else [job.other]
    paths = [source.path for source in (job.extract, *others)]
    meanings: dict[str, tuple[int, int]] = {}
    sheet_rows: list[str] = []
    if job.sheets:  # first: an extract may take minutes, and sheets that cannot be compared are told at once
        meanings, sheet_rows = count_agreed(job, job.sheets, on_progress)
    loaded = load_extract(open_database(job.spill_folder, *paths), job.extract, on_progress)
    extract = store_plain_columns(loaded)
    tally = _Tally()
    names = dict.fromkeys((*job.fields, *job.key, *([job.updated] if job.updated else [])))
    present = [name for name in names if name in extract.columns]
    for number, name in enumerate(present):
        on_progress(f"counting {name}", number / len(present))
        _count_field(extract, job, name, tally)
    if len(job.key) > 1 and all(part in extract.columns for part in job.key):
        tally.key_duplicates = count_duplicates(extract, job.key)
    on_progress("looking for what has to be asked", 0)
    questions = tuple(find_questions(extract, tally.profiles, job.key, job.updated))
    duplicate_count, near_count = tally.key_duplicates
    shown = pick_values(extract, job, tally.profiles) if job.shows_values else ()
    text = None if job.sheet_rows is None else sheet_text(extract, job, job.sheet_rows)
    matches = {}
    for other in others:
        matches = match_fields(extract, job, other, tally.profiles, on_progress)
    notes = extract.notes
    if not are_rows_of(sheet_rows, extract.file_digest):
        notes = (*notes, "The two sheets were drawn from another extract than the one measured.")
    counts = CheckCounts(
        rows=extract.rows,
        duplicates=tally.duplicates,
        stale=tally.stale,
        matches=matches,
        meanings=meanings,
    )
    return ProbeReport(
        source=job.source_name,
        rows=extract.rows,
        unreadable=extract.unreadable,
        duplicate_count=duplicate_count,
        near_duplicate_count=near_count,
        stale_count=_stale_count(job, tally.stale),
        file_digest=extract.file_digest,
        recipe_digest=job.recipe_digest,
        fields=tally.measures,
        checks=tuple(evaluate_check(check, tally.measures.get(check.field), counts) for check in job.checks),
        questions=questions,
        matches=tuple(
            FieldMatch(field=name, agreed=agreed, rows=rows) for name, (agreed, rows) in matches.items()
        ),
        meanings=tuple(
            FieldMeaning(field=name, agreed=agreed, rows=rows) for name, (agreed, rows) in meanings.items()
        ),
        shown=shown,
        sheet_text=text,
        notes=notes,
    )


def _count_field(extract: LoadedExtract, job: ProbeJob, name: str, tally: _Tally) -> None:
    values = FieldValues(extract, name, job.placeholders)
    formats = count_formats(values)
    if job.key == (name,):
        tally.key_duplicates = values.duplicate_count, values.near_duplicate_count
    if name == job.updated:
        for check in job.checks:
            if check.max_age_days is not None:
                oldest = job.today - timedelta(days=check.max_age_days)
                tally.stale[check.max_age_days] = count_older(values, oldest.isoformat())
    tally.profiles[name] = _profile_of(values, formats, name, is_key=name in job.key)
    if name not in job.fields:
        return
    tally.duplicates[name] = values.duplicate_count
    tally.measures[name] = FieldMeasures(
        rows=values.rows,
        null_count=values.null_count,
        placeholder_count=values.placeholder_count,
        distinct_count=values.distinct_count,
        out_of_range_count=_count_outside(job, name, values, formats),
        unlike_count=formats.unlike_count,
        unit_unlike_count=formats.unit_unlike_count,
        frequent_count=tally.profiles[name].frequent_count,
        ambiguous_count=formats.ambiguous_count,
        formats=formats.formats,
    )


def _profile_of(values: FieldValues, formats: FieldFormats, name: str, *, is_key: bool) -> FieldProfile:
    histogram: dict[int, int] = {}
    if values.kind == "number" and not is_key and can_show_humps(values.filled_count, values.distinct_count):
        histogram = dict(values.connection.execute(histogram_sql()).fetchall())
    return FieldProfile(
        name=name,
        kind=values.kind,
        rows=values.rows,
        filled_count=values.filled_count,
        distinct_count=values.distinct_count,
        frequent_count=values.frequent_count,
        doubtful_word_count=values.doubtful_word_count,
        value_of=formats.value_of,
        histogram=histogram,
    )


def _count_outside(job: ProbeJob, name: str, values: FieldValues, formats: FieldFormats) -> int | None:
    """Filled rows outside the recipe's range or set for a field; None if the recipe has neither."""
    if name in job.ranges:
        return count_outside_range(values, formats, *job.ranges[name])
    return values.count_outside_set(job.sets[name]) if name in job.sets else None


def _stale_count(job: ProbeJob, stale: Mapping[int, int]) -> int | None:
    """Rows older than the first age check allows; None without one, or without a column for the last change."""
    ages = [check.max_age_days for check in job.checks if check.max_age_days is not None]
    return stale.get(ages[0]) if ages else None


def count_duplicates(extract: LoadedExtract, key: tuple[str, ...]) -> tuple[int, int]:
    """Rows that repeat a key of several fields, and further rows that repeat a key once it is folded.

    Rows without a key do not count.
    """
    exact = [trim_sql(extract.text_sql(part)) for part in key]
    names = ", ".join(f"k{index}" for index in range(len(key)))
    selected = ", ".join(f"{expression} as k{index}" for index, expression in enumerate(exact))
    is_filled = " or ".join(f"coalesce({expression}, '') <> ''" for expression in exact)
    folded = ", ".join(f"coalesce({key_fold_sql(f'k{index}')}, '') as f{index}" for index in range(len(key)))
    keyed = distinct = folded_distinct = 0
    parts = ", ".join(f"{key_fold_sql(expression)}" for expression in exact)
    for condition in conditions_in_passes(parts, extract.rows):
        counts = fetch_one(
            extract.connection,
            f"with keys as (select {selected}, count(*) as n from source where ({is_filled}) and {condition} "
            f"group by {names}) select coalesce(sum(n), 0)::bigint, count(*), "
            f"(select count(*) from (select distinct {folded} from keys)) from keys",
        )
        keyed, distinct, folded_distinct = (
            total + int(count)
            for total, count in zip((keyed, distinct, folded_distinct), counts, strict=True)
        )
    return keyed - distinct, distinct - folded_distinct
