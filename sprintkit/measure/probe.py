"""Measures a source on an extract of it, in a separate process."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from sprintkit.errors import InputError
from sprintkit.measure.checks import DataCheckSpec
from sprintkit.measure.extract_file import STDIN, ExtractFile, find_extract, spool_stdin
from sprintkit.measure.process import run_job
from sprintkit.measure.recipe import SourceRecipe, recipe_digest
from sprintkit.measure.report import ProbeReport, report_from_message
from sprintkit.measure.spill import spill_folder
from sprintkit.measure.worker.job import SHEET_ROW, ExtractSource, OnProgress, ProbeJob, meaning_column


class NamedExtract(NamedTuple):
    """The extract of another source to compare with."""

    recipe: SourceRecipe
    path: str


def measure_source(
    *,
    recipe: SourceRecipe,
    path: str,
    label: str,
    fields: Sequence[str],
    checks: Sequence[DataCheckSpec],
    today: date,
    other: NamedExtract | None = None,
    shows_values: bool = False,
    sheet_rows: int | None = None,
    sheets: Sequence[str] = (),
    on_progress: OnProgress | None = None,
) -> ProbeReport:
    """Measure `fields` in the extract at `path` (`-` for stdin), which messages name `label`.

    With `other`, the fields that both extracts have are compared, row by row of the same key. With `sheet_rows`, the
    report includes a sheet of that many random rows; `sheets` are the paths of two such sheets that were filled in.

    Raises InputError if the extract cannot be measured or the libraries are missing, WriteError if there is no room
    for temporary files.
    """
    require_libraries()
    measured = tuple(dict.fromkeys((*fields, *(check.field for check in checks))))
    names = dict.fromkeys((*measured, *recipe.key, *([recipe.updated] if recipe.updated else [])))
    other_file = None if other is None else find_extract(other.path, other.path)
    file = None if path == STDIN else find_extract(path, label)
    sheet_files = [find_extract(sheet, sheet) for sheet in sheets]
    if len({sheet.path for sheet in sheet_files}) < len(sheet_files):
        raise InputError("both sheets are the same file", code="usage", hint="Name one of each person.")
    with spill_folder() as (folder, lock):
        file = file or spool_stdin(folder)
        job = ProbeJob(
            source_name=recipe.name,
            extract=_extract_source(recipe, file, label, names, folder),
            recipe_digest=recipe_digest(recipe),
            today=today,
            spill_folder=str(folder),
            fields=measured,
            key=recipe.key,
            updated=recipe.updated,
            ranges=recipe.range,
            sets=recipe.set,
            placeholders=recipe.placeholders,
            checks=tuple(checks),
            other=other
            and other_file
            and _extract_source(other.recipe, other_file, other.path, names, folder),
            shows_values=shows_values,
            sheet_rows=sheet_rows,
            sheets=tuple(
                ExtractSource(
                    path=sheet.path,
                    label=sheet_label,
                    form=sheet.form,
                    columns={name: name for name in (SHEET_ROW, *map(meaning_column, measured))},
                    spill_folder=str(folder),
                )
                for sheet_label, sheet in zip(sheets, sheet_files, strict=True)
            ),
        )
        return report_from_message(run_job(job, lock=lock, label=label, on_progress=on_progress))


def _extract_source(
    recipe: SourceRecipe, file: ExtractFile, label: str, names: Iterable[str], folder: Path
) -> ExtractSource:
    """An extract, and the columns of the fields `names` in it, as the recipe says."""
    return ExtractSource(
        path=file.path,
        label=label,
        form=file.form,
        columns={name: recipe.fields.get(name, name) for name in names},
        spill_folder=str(folder),
        sheet=recipe.sheet,
        table=recipe.table,
        query=recipe.query,
    )


def require_libraries() -> None:
    """Raise InputError, saying how to install them, if the libraries of the extra `probe` are missing."""
    missing = [name for name in ("duckdb", "python_calamine") if importlib.util.find_spec(name) is None]
    if missing:
        raise InputError(
            "measuring an extract needs the extra probe, which is not installed",
            code="missing_extra",
            hint="Install it: pip install 'sprintkit[probe]'",
        )
