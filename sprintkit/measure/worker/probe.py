"""Makes one measurement: loads the extract, counts, and evaluates the checks."""

from __future__ import annotations

from datetime import timedelta

from sprintkit.measure.checks import CheckCounts, evaluate_check
from sprintkit.measure.folding import key_fold_sql, trim_sql
from sprintkit.measure.report import FieldMeasures, ProbeQuestion, ProbeReport
from sprintkit.measure.worker.database import open_database
from sprintkit.measure.worker.field_counts import FieldCounter
from sprintkit.measure.worker.job import ProbeJob, Report
from sprintkit.measure.worker.load import load_extract
from sprintkit.measure.worker.loaded import LoadedExtract, fetch_one


def probe(job: ProbeJob, report: Report) -> ProbeReport:
    """Measure the extract of a job. Raises InputError for one that cannot be measured, and duckdb.Error."""
    extract = load_extract(open_database(job.spill_folder, job.extract.path), job.extract, report)
    fields: dict[str, FieldMeasures] = {}
    duplicates: dict[str, int] = {}
    questions: list[ProbeQuestion] = []
    present = [field for field in job.fields if field in extract.columns]
    for number, field in enumerate(present):
        report(f"counting {field}", number / len(present))
        counter = FieldCounter(extract, field, job.placeholders)
        fields[field] = counter.measure(job.ranges.get(field), job.sets.get(field))
        duplicates[field] = counter.duplicate_count
    duplicate_count, near_count = count_duplicates(extract, job.key)
    ages = {check.max_age_days for check in job.checks if check.max_age_days is not None}
    stale = {age: count for age in ages if (count := count_stale(extract, job, age)) is not None}
    counts = CheckCounts(rows=extract.rows, duplicates=duplicates, stale=stale)
    return ProbeReport(
        source=job.source_name,
        rows=extract.rows,
        unreadable=extract.unreadable,
        duplicate_count=duplicate_count,
        near_duplicate_count=near_count,
        stale_count=next(
            (stale[check.max_age_days] for check in job.checks if check.max_age_days in stale), None
        ),
        file_digest=extract.file_digest,
        recipe_digest=job.recipe_digest,
        fields=fields,
        checks=tuple(evaluate_check(check, fields.get(check.field), counts) for check in job.checks),
        questions=tuple(questions),
        notes=extract.notes,
    )


def count_duplicates(extract: LoadedExtract, key: tuple[str, ...]) -> tuple[int | None, int | None]:
    """Rows whose key an earlier row has, and further ones whose folded key an earlier row has; None without a key.

    Rows without a key are no duplicates.
    """
    if not key or any(part not in extract.columns for part in key):
        return None, None
    parts = [extract.columns[part] for part in key]
    exact = [trim_sql(part) for part in parts]
    names = ", ".join(f"k{index}" for index in range(len(parts)))
    selected = ", ".join(f"{expression} as k{index}" for index, expression in enumerate(exact))
    is_filled = " or ".join(f"coalesce({expression}, '') <> ''" for expression in exact)
    folded = ", ".join(
        f"coalesce({key_fold_sql(f'k{index}')}, '') as f{index}" for index in range(len(parts))
    )
    keyed, distinct, folded_distinct = fetch_one(
        extract.connection,
        f"with keys as (select {selected}, count(*) as n from source where {is_filled} group by {names}) "
        f"select coalesce(sum(n), 0)::bigint, count(*), "
        f"(select count(*) from (select distinct {folded} from keys)) from keys",
    )
    return keyed - distinct, distinct - folded_distinct


def count_stale(extract: LoadedExtract, job: ProbeJob, max_age_days: int) -> int | None:
    """Rows changed more than `max_age_days` before today, or without a day; None without a column that says when."""
    if job.updated is None or job.updated not in extract.columns:
        return None
    oldest = job.today - timedelta(days=max_age_days)
    changed_on = f"try_cast({trim_sql(extract.columns[job.updated])} as date)"
    return int(
        fetch_one(
            extract.connection,
            f"select count(*) from source where coalesce({changed_on} < date '{oldest.isoformat()}', true)",
        )[0]
    )
