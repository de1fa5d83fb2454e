"""Tries figures without saving them: the fields of the calculator, and the value of what is typed in them."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.form.field import Answers, Field
from sprintkit.actions.value.figures import FigureSet, load_figures, parse_figure
from sprintkit.actions.value.realised import find_realised
from sprintkit.actions.value.value import ValueData, compute_value
from sprintkit.charter.blank import is_blank
from sprintkit.charter.monthly_value import VALUE_FIGURES, ValueFigure
from sprintkit.charter.question_bank import questions_by_path
from sprintkit.charter.settings import DEFAULT_SETTINGS
from sprintkit.text.numbers import format_thousands

_SECTIONS: Final = {
    "volume": "The work today",
    "usage": "With the system",
    "loaded_rate": "What it is worth",
    "operations": "What it costs",
}
"""The heading above each figure that begins a group."""


class WhatIf:
    """The figures of a sprint, or none, and the value that other figures would give. Answers are texts by path."""

    def __init__(self, context: WorkspaceContext | None, slug: str | None) -> None:
        """`context` may be None without a slug. Raises InputError as `load_figures` does."""
        self.slug = slug
        self.figures = FigureSet(figures={})
        self.notes: tuple[str, ...] = ()
        """Notes on reviews with impossible figures."""
        self.load(context)

    def load(self, context: WorkspaceContext | None) -> None:
        """Read the figures of the sprint again. Raises InputError."""
        self.context = context
        if self.context is not None and self.slug is not None:
            self.figures = load_figures(self.context, self.slug)

    def default_text(self, figure: ValueFigure) -> str:
        """The sprint's own figure as text; empty if it has none."""
        number = self.figures.figures.get(figure.path)
        return "" if number is None else format_thousands(number)

    def fields(self, answers: Answers) -> list[Field]:
        """The fields to fill in, each with its unit; a field that was changed also shows the sprint's own figure."""
        fields, section = [], ""
        for figure in VALUE_FIGURES:
            section = _SECTIONS.get(figure.name, section)
            spec, default = questions_by_path()[figure.path].spec, self.default_text(figure)
            was = f"was {default or 'not given'}" if figure.path in answers and self.figures.slug else ""
            fields.append(
                Field(
                    key=figure.path,
                    label=figure.label,
                    kind="number",
                    section=section,
                    default=default,
                    aside=was,
                    unit=self.figures.unit_of(figure),
                    help=f"{spec.prompt} Such as {spec.strong}." if spec.strong else spec.prompt,
                )
            )
        return fields

    def errors(self, answers: Answers) -> dict[str, str]:
        """The error of each wrong figure, by path. A missing figure is not an error yet."""
        errors = {}
        for figure in VALUE_FIGURES:
            text = answers.get(figure.path, self.default_text(figure))
            fault = "" if is_blank(text) else parse_figure(figure, text)[1]
            if fault:
                errors[figure.path] = f"{fault[:1].upper()}{fault[1:]}."
        return errors

    def with_answers(self, answers: Answers) -> FigureSet:
        """The sprint's figures with the answers applied; a blank or wrong answer makes its figure missing."""
        figures = dict(self.figures.figures)
        for figure in VALUE_FIGURES:
            if figure.path not in answers:
                continue
            number, _ = parse_figure(figure, answers[figure.path])
            if number is None:
                figures.pop(figure.path, None)
            else:
                figures[figure.path] = number
        return replace(self.figures, figures=figures)

    def compute(self, answers: Answers) -> ValueData:
        """The three columns for the answers, and the value realised so far."""
        settings = DEFAULT_SETTINGS if self.context is None else self.context.settings
        data = compute_value(self.with_answers(answers), settings)
        if self.context is not None:
            data["realised"], self.notes = find_realised(self.figures, self.context.today)
        return data
