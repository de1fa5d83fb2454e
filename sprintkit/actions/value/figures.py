"""The figures that the calculator starts from: a sprint's, some replaced to try others. Nothing is saved."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.load_sprint import Sprint, load_records
from sprintkit.actions.scope.assignments import split_assignment
from sprintkit.charter.blank import is_blank
from sprintkit.charter.monthly_value import (
    VALUE_FIGURES,
    ValueFigure,
    ValueInputs,
    charter_figures,
    inputs_from,
)
from sprintkit.charter.question_bank import questions_by_path
from sprintkit.errors import InputError, Problem
from sprintkit.text.cells import fit_cells
from sprintkit.text.escaping import one_line
from sprintkit.text.value_parsing import parse_number

_CURRENCY_KEYS: Final = ("currency", "budget.currency")
_MAX_CURRENCY_WIDTH: Final = 8


@dataclass(frozen=True, kw_only=True)
class FigureSet:
    """Figures by their path in the charter, and where they come from."""

    slug: str | None = None
    """None if they belong to no sprint."""
    title: str = ""
    currency: str = ""
    figures: Mapping[str, float]
    sprint: Sprint | None = None
    file: str | None = None
    """The file that holds the sprint's figures."""

    @property
    def inputs(self) -> ValueInputs | None:
        """The inputs of the computation; None if a figure is missing or out of bounds."""
        return None if self.problems() else inputs_from(self.figures)

    @property
    def missing(self) -> list[ValueFigure]:
        """The figures that nobody has given."""
        return [figure for figure in VALUE_FIGURES if figure.path not in self.figures]

    def problems(self) -> tuple[Problem, ...]:
        """A problem for each figure that is missing or out of bounds."""
        problems = []
        for figure in VALUE_FIGURES:
            if figure.path not in self.figures:
                question = questions_by_path()[figure.path].spec.prompt
                message = f"{figure.path} is missing: {question}"
                problems.append(Problem("missing", message, self.file, f"To try one: --set {figure.key}=…"))
            elif fault := figure.fault(self.figures[figure.path]):
                problems.append(Problem("bound", f"{figure.path} {fault}.", self.file))
        return tuple(problems)

    def unit_of(self, figure: ValueFigure) -> str:
        """The unit of a figure, with the currency if it is known: `GBP an hour`."""
        return figure.unit.replace("money", currency_unit(self.currency))


def currency_unit(currency: str) -> str:
    """A currency as a unit, cut short if it is long; `money` if there is none."""
    return fit_cells(one_line(currency), _MAX_CURRENCY_WIDTH) or "money"


def load_figures(context: WorkspaceContext, slug: str) -> FigureSet:
    """The figures of a sprint's charter in force today, or of its draft.

    Raises InputError if there is no such sprint, or its charter or draft cannot be read.
    """
    sprint = load_records(context, slug)
    workspace = context.workspace
    needed = [workspace.sprint_folder(sprint.slug), workspace.charter_path(sprint.slug)]
    if sprint.agreed is None:
        needed.append(workspace.draft_path(sprint.slug))
    problems = [problem for problem in sprint.problems if problem.path in needed]
    if problems:
        raise InputError.from_problems(problems)
    file = sprint.files.charter or sprint.files.draft
    charter = sprint.charter_in(sprint.week_of(context.today), context.today)
    return FigureSet(
        slug=sprint.slug,
        title=charter.charter.title or sprint.slug,
        currency=_currency_code(charter.budget.currency),
        figures=charter_figures(charter),
        sprint=sprint,
        file=file.path if file else None,
    )


def with_assignments(figures: FigureSet, assignments: Sequence[str]) -> FigureSet:
    """`figures` with the assignments of `--set KEY=VALUE` applied. Raises InputError that lists every wrong one."""
    problems: list[Problem] = []
    changed, currency = dict(figures.figures), figures.currency
    for assignment in assignments:
        key, text = split_assignment(assignment, "usage_share_pct=60")
        if key in _CURRENCY_KEYS:
            currency = _currency_code(text)
            continue
        figure = _FIGURES_BY_KEY.get(key)
        if figure is None:
            problems.append(_unknown_key(key))
            continue
        number, fault = parse_figure(figure, text)
        if fault:
            problems.append(Problem("wrong_type", f"{figure.path} {fault}, not '{text}'.", None))
        elif number is not None:
            changed[figure.path] = number
    if problems:
        raise InputError.from_problems(problems)
    return replace(figures, figures=changed, currency=currency)


def parse_figure(figure: ValueFigure, text: str) -> tuple[float | None, str]:
    """Parse a figure: the number and no fault, or None and what the text must be, such as `must be a number`."""
    number = parse_number(text)
    if number is None:
        return None, "must be a number"
    fault = figure.fault(number)
    return (None, fault) if fault else (number, "")


_FIGURES_BY_KEY: Final = {
    **{figure.key: figure for figure in VALUE_FIGURES},
    **{figure.path: figure for figure in VALUE_FIGURES},
}


def _unknown_key(key: str) -> Problem:
    keys = [figure.key for figure in VALUE_FIGURES] + ["currency"]
    matches = difflib.get_close_matches(key.rpartition(".")[2], keys, n=1, cutoff=0.5)
    hint = f"Did you mean {matches[0]}?" if matches else f"Known: {', '.join(keys)}."
    return Problem("unknown_key", f"{key} is not a figure of the calculator", None, hint)


def _currency_code(text: str | None) -> str:
    return "" if text is None or is_blank(text) else " ".join(text.split())
