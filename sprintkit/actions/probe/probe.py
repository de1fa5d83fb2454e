"""Measures a data source: its fields and checks come from the charter, the rows from an extract."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import final

from sprintkit.actions import output_file
from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.load_sprint import Sprint, load_records
from sprintkit.actions.probe.accept import Part, accept_measured
from sprintkit.actions.probe.recipes import find_extract, find_recipe
from sprintkit.actions.probe.record import Recorder, as_probe, find_recorder, record_probe
from sprintkit.actions.probe.sheet import SheetRequest, find_sheet_path
from sprintkit.actions.result import Result
from sprintkit.actions.scope.signed_charter import refuse_if_settled
from sprintkit.charter.blank import is_blank_text
from sprintkit.charter.model.data import DataRequirement
from sprintkit.errors import InputError
from sprintkit.measure.checks import DataCheckSpec
from sprintkit.measure.extract_file import STDIN, STDIN_LABEL
from sprintkit.measure.folding import fold_name
from sprintkit.measure.probe import NamedExtract, measure_source
from sprintkit.measure.recipe import SourceRecipe
from sprintkit.measure.report import ProbeReport, ReportData


@dataclass(frozen=True, kw_only=True)
class ProbeOptions:
    """Options of one measurement, which override the recipe."""

    key: tuple[str, ...] = ()
    updated: str | None = None
    sheet: str | None = None
    table: str | None = None
    query: str | None = None
    match: tuple[str, str] | None = None
    """The name and the extract of another source to compare with."""
    agree: tuple[str, str] | None = None
    """Two copies of a sheet to compare, filled in by two people."""
    shows_values: bool = False
    """Whether the report holds values of the extract, which only a terminal may show."""

    def applied_to(self, recipe: SourceRecipe) -> SourceRecipe:
        """The recipe overridden by these options. Raises InputError if both a table and a query are given."""
        if self.table and self.query:
            raise InputError(
                "--table and --query exclude each other", code="usage", hint="Keep one of the two."
            )
        if self.table or self.query:
            recipe = dataclasses.replace(recipe, table=self.table, query=self.query)
        return dataclasses.replace(
            recipe,
            key=self.key or recipe.key,
            updated=self.updated or recipe.updated,
            sheet=self.sheet or recipe.sheet,
        )


@final
class ProbeData(ReportData):
    """The `data` of `probe`."""

    slug: str
    path: str | None
    """The record that was written; None if nothing was recorded."""
    sheet: str | None
    """The sheet for two people that was written; None if none was requested."""
    accepted: list[str]
    """Paths of the answers that measured values replaced."""


def probe_source(
    context: WorkspaceContext,
    slug: str,
    source_name: str,
    file: str | None,
    *,
    options: ProbeOptions,
    sheet: SheetRequest | None = None,
    recorder: Recorder | None = None,
    accept: Collection[Part] = (),
    on_progress: Callable[[str, float], None] | None = None,
) -> Result[ProbeData]:
    """Measure a source of a sprint on the extract `file` (`-` for stdin), or on the one that its recipe names.

    `source_name` is the name of a data requirement, compared by letters and digits. A sheet is written only with `sheet`, a
    record only with `recorder`, and answers only for the parts in `accept`. Raises InputError; RefusedError if the
    recorder is unknown or the answers are settled; WriteError, also if there is no room for temporary files.
    """
    context.workspace.require_sprint(slug)
    sprint = load_records(context, slug)
    requirement = find_requirement(sprint, source_name)
    person = None if recorder is None else find_recorder(sprint, recorder)
    if accept:
        refuse_if_settled(sprint.files)
    sheet_path = None if sheet is None else find_sheet_path(context, slug, requirement, sheet)
    report, recipe = measure_requirement(
        context,
        slug,
        requirement,
        file,
        options=options,
        sheet_rows=None if sheet is None else sheet.rows,
        on_progress=on_progress,
    )
    if sheet_path is not None:
        output_file.write(context.root, sheet_path, (report.sheet_text or "").encode("utf-8-sig"), mode=0o600)
    accepted, notes = accept_measured(context, sprint, as_probe(report, context.today), recipe.key, accept)
    record_path = None
    if recorder is not None and person is not None:
        record_path = record_probe(context, sprint, report, person, recorder.at)
    data: ProbeData = {
        "slug": slug,
        **report.as_data(),
        "path": record_path,
        "sheet": None if sheet_path is None else str(sheet_path),
        "accepted": accepted,
    }
    return Result(data, notes=(*report.notes, *notes), report=report)


def measure_requirement(
    context: WorkspaceContext,
    slug: str,
    requirement: DataRequirement,
    file: str | None,
    *,
    options: ProbeOptions,
    sheet_rows: int | None = None,
    on_progress: Callable[[str, float], None] | None = None,
) -> tuple[ProbeReport, SourceRecipe]:
    """The report on a data requirement's extract, and the recipe that was used. Writes nothing.

    `file` is the extract (`-` for stdin), or None for the one that the recipe reads. With `sheet_rows`, the report holds
    a sheet of that many random rows. Raises InputError, WriteError if there is no room for temporary files, and whatever
    `on_progress` raises, which ends the measurement.
    """
    fields = [field for field in requirement.fields if not is_blank_text(field)]
    if not requirement.name or not fields:
        name = requirement.name or "this source"
        raise InputError(
            f"{name} has no {'fields' if requirement.name else 'name'} yet",
            code="no_fields",
            hint="Give it a name and name its fields first.",
        )
    recipe = options.applied_to(find_recipe(context.workspace, slug, requirement.name))
    path, label = find_extract_path(context, slug, recipe, file)
    other = None
    if options.match is not None:
        if not recipe.key:
            raise InputError(
                "--match compares rows of the same key, and no key is known",
                code="usage",
                hint="Add --key COLUMN, or enter key in sources.toml.",
            )
        other_name, other_file = options.match
        other = NamedExtract(find_recipe(context.workspace, slug, other_name), other_file)
    report = measure_source(
        recipe=recipe,
        path=path,
        label=label,
        fields=fields,
        checks=check_specs(requirement),
        today=context.today,
        other=other,
        shows_values=options.shows_values,
        sheet_rows=sheet_rows,
        sheets=options.agree or (),
        on_progress=on_progress,
    )
    return report, recipe


def find_extract_path(
    context: WorkspaceContext, slug: str, recipe: SourceRecipe, file: str | None
) -> tuple[str, str]:
    """The path of the extract, named by `file` or by the recipe, and its name in messages. Raises InputError."""
    if file is None:
        label = find_extract(context.workspace, slug, recipe)
        return context.workspace.absolute_path(label), label
    return file, STDIN_LABEL if file == STDIN else file


def find_requirement(sprint: Sprint, source_name: str) -> DataRequirement:
    """The data requirement of that name, in the draft if there is one. Raises InputError that lists the known names."""
    parsed = sprint.draft or sprint.agreed
    requirements = [] if parsed is None else parsed.charter.data_requirements
    folded_name = fold_name(source_name)
    for requirement in requirements:
        if requirement.name and fold_name(requirement.name) == folded_name:
            return requirement
    names = [requirement.name for requirement in requirements if requirement.name]
    hint = f"Its sources: {', '.join(names)}." if names else "It has no data requirement yet."
    raise InputError(f"{sprint.slug} has no source {source_name}", code="unknown_source", hint=hint)


def check_specs(requirement: DataRequirement) -> list[DataCheckSpec]:
    """The data checks of a requirement that name a field and a check."""
    return [
        DataCheckSpec(
            field=check.field,
            check=check.check,
            at_least=None if check.at_least is None else float(check.at_least),
            max_age_days=check.max_age_days,
        )
        for check in requirement.acceptance
        if check.field and check.check
    ]
