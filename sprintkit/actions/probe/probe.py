"""Measuring a data source: its fields and checks come from the charter, the rows from an extract."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, final

from sprintkit.actions import save_document
from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.load_sprint import Sprint, load_records
from sprintkit.actions.probe.accept import Part, find_index, measured_lines, take_over
from sprintkit.actions.probe.recipes import find_extract, find_recipe
from sprintkit.actions.probe.record import Recorder, as_probe, find_recorder, record_probe
from sprintkit.actions.result import Result
from sprintkit.actions.scope.agreed_changes import refuse_agreed_changes
from sprintkit.actions.scope.signed_charter import refuse_if_settled
from sprintkit.charter.blank import is_blank_text
from sprintkit.charter.model import SCHEMA_VERSION
from sprintkit.charter.model.data import DataRequirement
from sprintkit.charter.prefill import sort_keys
from sprintkit.errors import InputError
from sprintkit.measure.checks import DataCheckSpec
from sprintkit.measure.folding import fold_name
from sprintkit.measure.probe import measure_source
from sprintkit.measure.report import ProbeReport, ReportData


@final
class ProbeData(ReportData):
    """The `data` of `probe`."""

    slug: str
    path: str | None
    """The record that was written; None where nothing was recorded."""
    accepted: list[str]
    """Paths of the answers that the measured values replaced."""


def probe_source(
    context: WorkspaceContext,
    slug: str,
    source_name: str,
    file: str | None,
    *,
    key: Sequence[str] = (),
    updated: str | None = None,
    recorder: Recorder | None = None,
    accept: Collection[Part] = (),
    on_progress: Callable[[str, float], None] | None = None,
) -> Result[ProbeData]:
    """Measure a source of a sprint on the extract `file`, or on the one its recipe names.

    `source_name` is the name of a data requirement, capitals and signs aside. `key` and `updated` replace those of the
    recipe. Writes a record only with a `recorder`, and answers only of the parts in `accept`. Raises InputError,
    RefusedError if nobody has the recorder's name or the answers are settled, WriteError, also without room for
    temporary files.
    """
    context.workspace.require_sprint(slug)
    sprint = load_records(context, slug)
    requirement = find_requirement(sprint, source_name)
    person = None if recorder is None else find_recorder(sprint, recorder)
    if accept:
        refuse_if_settled(sprint.files)
    recipe = find_recipe(context.workspace, slug, requirement.name or source_name)
    recipe = dataclasses.replace(recipe, key=tuple(key) or recipe.key, updated=updated or recipe.updated)
    label = find_extract(context.workspace, slug, recipe) if file is None else file
    fields = [field for field in requirement.fields if not is_blank_text(field)]
    if not fields:
        raise InputError(
            f"{recipe.name} has no fields yet", code="no_fields", hint="Name its fields first, in scope."
        )
    report = measure_source(
        recipe=recipe,
        path=context.workspace.absolute_path(label) if file is None else file,
        label=label,
        fields=fields,
        checks=check_specs(requirement),
        today=context.today,
        on_progress=on_progress,
    )
    accepted, notes = accept_measured(context, sprint, report, recipe.key, accept)
    path = None
    if recorder is not None and person is not None:
        path = record_probe(context, sprint, report, person, recorder.at)
    data: ProbeData = {"slug": slug, **report.as_data(), "path": path, "accepted": accepted}
    return Result(data, notes=(*report.notes, *notes), report=report)


def accept_measured(
    context: WorkspaceContext,
    sprint: Sprint,
    report: ProbeReport,
    key: Sequence[str],
    accept: Collection[Part],
) -> tuple[list[str], tuple[str, ...]]:
    """Take the measured values of some parts over into the draft; returns their paths, and what to tell about it.

    Raises RefusedError for what is agreed already, WriteError.
    """
    file = sprint.files.draft or sprint.files.charter
    index = None if file is None else find_index(file.document, report.source)
    if not accept or file is None or index is None:
        return [], ()
    lines = [
        line
        for line in measured_lines(file.document, index, as_probe(report, context.today), key)
        if line.part in accept and line.can_be_taken
    ]
    if not lines:
        return [], ("The answers say already what was measured.",)
    path = _save_draft(context, sprint, take_over(file.document, lines))
    hint = f"Look at it and save: sprintkit scope {sprint.slug}"
    if sprint.files.charter is not None:
        hint += f"; to drop it: sprintkit scope {sprint.slug} --discard"
    return [line.path for line in lines], (f"Taken over into {path}. {hint}",)


def _save_draft(context: WorkspaceContext, sprint: Sprint, document: Mapping[str, Any]) -> str:
    """Write answers as the draft, as typing does, and return its path. Raises RefusedError, WriteError."""
    files = sprint.files
    ordered = sort_keys({"schema": SCHEMA_VERSION, **document})
    refuse_agreed_changes(context, sprint.slug, ordered, files)
    return save_document.save_document(
        context,
        context.workspace.draft_path(sprint.slug),
        ordered,
        "draft",
        expected=None if files.draft is None else files.draft.digest,
        comments_from=files.charter if files.draft is None else None,
    ).path


def find_requirement(sprint: Sprint, source_name: str) -> DataRequirement:
    """The data requirement of that name, of the draft while there is one. Raises InputError, naming those there are."""
    parsed = sprint.draft or sprint.agreed
    requirements = [] if parsed is None else parsed.charter.data_requirements
    wanted = fold_name(source_name)
    for requirement in requirements:
        if requirement.name and fold_name(requirement.name) == wanted:
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
