"""The value of a month in three columns, and the value realised in the months of operating."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict

from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.result import Result
from sprintkit.actions.value.figures import FigureSet, load_figures, with_assignments
from sprintkit.actions.value.realised import RealisedData, find_realised
from sprintkit.charter.monthly_value import VALUE_FIGURES
from sprintkit.charter.settings import DEFAULT_SETTINGS, Settings
from sprintkit.errors import ExitCode
from sprintkit.progress.value import ColumnFigures, compute_value_columns, round_figure


class InputFigure(TypedDict):
    """One input of the calculator; None where it is missing or the column has none."""

    path: str
    label: str
    unit: str
    as_entered: float | None
    cautious: float | None
    break_even: float | None


class CautiousFactors(TypedDict):
    """The factors of the cautious column."""

    benefit: float
    cost: float


class ValueData(TypedDict):
    """The `data` of `value`. The three columns are null while a figure is missing or out of bounds."""

    slug: str | None
    currency: str | None
    inputs: list[InputFigure]
    missing: list[str]
    """The paths of the figures that nobody has given."""
    as_entered: ColumnFigures | None
    cautious: ColumnFigures | None
    break_even: ColumnFigures | None
    cautious_factors: CautiousFactors
    realised: RealisedData | None
    """None if the sprint is not operated, or its charter lacks a figure."""


def show_value(
    context: WorkspaceContext | None, slug: str | None, assignments: Sequence[str] = ()
) -> Result[ValueData]:
    """The value of a sprint, or of the assignments alone. Nothing is saved.

    If a figure is missing or out of bounds, the exit code is 1 and each such figure is a problem. `context` may be None
    if `slug` is. Raises InputError for an invalid assignment, an unknown sprint, or a file that cannot be read.
    """
    promised = FigureSet(figures={})
    if slug is not None and context is not None:
        promised = load_figures(context, slug)
    figures = with_assignments(promised, assignments)
    data = compute_value(figures, DEFAULT_SETTINGS if context is None else context.settings)
    notes: tuple[str, ...] = ()
    if context is not None:
        data["realised"], notes = find_realised(promised, context.today)
    problems = figures.problems()
    return Result(data, problems, ExitCode.NO if problems else ExitCode.OK, notes)


def compute_value(figures: FigureSet, settings: Settings = DEFAULT_SETTINGS) -> ValueData:
    """The three columns of a set of figures."""
    inputs = figures.inputs
    columns = () if inputs is None else compute_value_columns(inputs, settings)
    input_figures: list[InputFigure] = []
    for figure in VALUE_FIGURES:
        row: InputFigure = {
            "path": figure.path,
            "label": figure.label,
            "unit": figures.unit_of(figure),
            "as_entered": figures.figures.get(figure.path),
            "cautious": None,
            "break_even": None,
        }
        for column in columns[1:]:
            if column.result is not None:
                value = figure.convert_back(getattr(column.inputs, figure.name))
                row[column.column] = round_figure(value, 4)
        input_figures.append(row)
    data: ValueData = {
        "slug": figures.slug,
        "currency": figures.currency or None,
        "inputs": input_figures,
        "missing": [figure.path for figure in figures.missing],
        "as_entered": None,
        "cautious": None,
        "break_even": None,
        "cautious_factors": {"benefit": settings.sober_share, "cost": settings.sober_cost},
        "realised": None,
    }
    for column in columns:
        data[column.column] = column.figures()
    return data
