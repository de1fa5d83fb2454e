"""Measures the metric on an extract with its recipe's SELECT, in a separate process."""

from __future__ import annotations

from datetime import date

from sprintkit.measure.extract_file import find_extract
from sprintkit.measure.probe import require_libraries
from sprintkit.measure.process import run_job
from sprintkit.measure.recipe import MetricRecipe
from sprintkit.measure.report import MetricValue
from sprintkit.measure.spill import spill_folder
from sprintkit.measure.worker.job import ExtractSource, OnProgress, ReadJob


def measure_metric(
    *,
    recipe: MetricRecipe,
    recipe_path: str,
    path: str,
    label: str,
    since: date,
    until: date,
    on_progress: OnProgress | None = None,
) -> MetricValue:
    """The result of the recipe's SELECT on the extract at `path`, from `since` to `until`, both inclusive.

    Messages name the extract as `label` and the file with the SELECT as `recipe_path`. Raises InputError if the extract
    cannot be measured, the SELECT gives no number or the libraries are missing; WriteError if there is no room for
    temporary files.
    """
    require_libraries()
    file = find_extract(path, label)
    with spill_folder() as (folder, lock):
        job = ReadJob(
            extract=ExtractSource(
                path=file.path,
                label=label,
                form=file.form,
                columns=None,
                spill_folder=str(folder),
                sheet=recipe.sheet,
                table=recipe.table,
            ),
            recipe_path=recipe_path,
            sql=recipe.sql,
            since=since,
            until=until,
            spill_folder=str(folder),
        )
        answer = run_job(job, lock=lock, label=label, on_progress=on_progress)
    return MetricValue(**{**answer, "notes": tuple(answer["notes"])})
