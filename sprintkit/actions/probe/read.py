"""Reads the success metric with its recipe, instead of a number that somebody types."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypedDict

from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.load_sprint import Sprint, load_records
from sprintkit.actions.probe.accept import accepted_note, save_draft
from sprintkit.actions.probe.recipes import find_extract, find_metric_recipe
from sprintkit.actions.result import Result
from sprintkit.actions.scope.signed_charter import refuse_if_settled
from sprintkit.charter import paths
from sprintkit.charter.model.metric import SuccessMetric
from sprintkit.errors import InputError
from sprintkit.measure.reading import measure_metric
from sprintkit.measure.recipe import recipe_digest

ReadData = TypedDict(
    "ReadData",
    {
        "slug": str,
        "value": float,
        "unit": str | None,
        "from": str,
        "to": str,
        "rows": int,
        "recipe_digest": str,
        "file_digest": str,
        "comparable": bool | None,
    },
)
"""The `data` of `read`. `comparable` says whether the baseline was measured with the same recipe; None if the baseline
was typed or is what is being read."""


@dataclass(frozen=True, kw_only=True)
class ReadOptions:
    """The window to read. What is absent follows from the records."""

    since: date | None = None
    until: date | None = None
    is_baseline: bool = False
    accepts_baseline: bool = False
    """Whether to write the baseline into the draft."""


def read_success_metric(
    context: WorkspaceContext,
    slug: str,
    options: ReadOptions,
    *,
    on_progress: Callable[[str, float], None] | None = None,
) -> Result[ReadData]:
    """Measure the metric of a sprint on the newest extract that its recipe names.

    The window defaults to the days from the last reading to today; for the baseline, to the charter's. Only an accepted
    baseline is written, into the draft. Raises InputError, RefusedError if the answers are settled, WriteError if there
    is no room for temporary files.
    """
    context.workspace.require_sprint(slug)
    sprint = load_records(context, slug)
    if options.accepts_baseline:
        refuse_if_settled(sprint.files)
    path = context.workspace.sources_path(slug)
    recipe = find_metric_recipe(context.workspace, slug)
    if recipe is None:
        raise InputError(
            "no recipe says how the metric is measured",
            code="no_recipe",
            path=path,
            hint="Enter [metric] with read and sql: the README shows an example.",
        )
    charter = sprint.latest.charter if options.is_baseline else sprint.current_charter
    metric = charter.success_metric or SuccessMetric()
    since, until = find_window(sprint, metric, options, context.today)
    label = find_extract(context.workspace, slug, recipe)
    measured = measure_metric(
        recipe=recipe,
        recipe_path=path,
        path=context.workspace.absolute_path(label),
        label=label,
        since=since,
        until=until,
        on_progress=on_progress,
    )
    digest = recipe_digest(recipe)
    comparable = None if options.is_baseline or not metric.recipe_digest else metric.recipe_digest == digest
    data: ReadData = {
        "slug": slug,
        "value": measured.value,
        "unit": metric.unit,
        "from": since.isoformat(),
        "to": until.isoformat(),
        "rows": measured.rows,
        "recipe_digest": digest,
        "file_digest": measured.file_digest,
        "comparable": comparable,
    }
    notes = list(measured.notes)
    if options.accepts_baseline:
        notes.append(_accept_baseline(context, sprint, measured.value, since, until, data))
    if comparable is False:
        notes.append("Not comparable: the baseline was measured by another recipe.")
    return Result(data, notes=tuple(notes), reading=measured)


def _accept_baseline(
    context: WorkspaceContext, sprint: Sprint, value: float, since: date, until: date, data: ReadData
) -> str:
    """Write the baseline into the draft; returns a note for the user. Raises RefusedError if it is agreed, WriteError."""
    file = sprint.files.draft or sprint.files.charter
    document: Mapping[str, Any] = {} if file is None else file.document
    for key, answer in (
        ("baseline", value),
        ("baseline_from", since),
        ("baseline_to", until),
        ("recipe_digest", data["recipe_digest"]),
        ("file_digest", data["file_digest"]),
    ):
        document = paths.set_value(document, ("success_metric", key), answer)
    return accepted_note(sprint, save_draft(context, sprint, document))


def find_window(
    sprint: Sprint, metric: SuccessMetric, options: ReadOptions, today: date
) -> tuple[date, date]:
    """The first and the last day of the window. Raises InputError if its start is unknown or after its end."""
    if options.is_baseline:
        since, until = options.since or metric.baseline_from, options.until or metric.baseline_to or today
        hint = "Name the first day: --since DATE, or answer success_metric.baseline_from."
    else:
        since, until = options.since or _day_after_last_reading(sprint), options.until or today
        hint = "Name the first day: --since DATE."
    if since is None:
        raise InputError("nothing says on which day the window starts", code="usage", hint=hint)
    if since > until:
        raise InputError(
            f"the window would start on {since} and end on {until}",
            code="usage",
            hint="Name both: --since DATE --until DATE.",
        )
    return since, until


def _day_after_last_reading(sprint: Sprint) -> date | None:
    """The day after the last reading in a check-in; the start of the sprint if there is no reading yet."""
    ends = [stored.record.metric.to for stored in sprint.checkins if stored.record.metric is not None]
    if ends:
        return max(ends) + timedelta(days=1)
    timeline = sprint.current_charter.timeline
    return None if timeline is None else timeline.start
