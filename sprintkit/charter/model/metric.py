"""A4: one number that leadership already cares about, and its guardrails."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sprintkit.charter.choices import Cadence, Direction, GuardrailKind
from sprintkit.charter.model.base import (
    CharterTable,
    DateField,
    NumberField,
    PersonField,
    TextField,
    list_field,
)
from sprintkit.charter.questions import OWNER, Default, QuestionSpec


class Guardrail(CharterTable):
    """A figure that must not get worse while the metric gets better."""

    id: Annotated[
        TextField,
        QuestionSpec(
            label="Id", prompt="A short id for it?", strong="desk_hours", is_required=True, kind="slug"
        ),
    ] = None
    kind: Annotated[
        GuardrailKind | None,
        QuestionSpec(
            label="Kind",
            prompt="Is it shifted work, quality, customers, or cost?",
            why="Watch shifted work before all: saved time likes to turn up on somebody else's desk.",
            is_required=True,
        ),
    ] = None
    name: Annotated[
        TextField,
        QuestionSpec(
            label="Guardrail",
            prompt="What could get worse while that number gets better?",
            strong="desk hours spent routing by hand per week",
            weak="none",
            is_required=True,
        ),
    ] = None
    baseline: Annotated[
        NumberField,
        QuestionSpec(
            label="Baseline",
            prompt="What is it today?",
            strong="22",
            strong_about="desk hours a week",
            is_required=True,
        ),
    ] = None
    at_most: Annotated[
        NumberField,
        QuestionSpec(
            label="At most",
            prompt="Above which value is it worse? (or at least: below which)",
            why="One of the two limits is enough.",
            strong="6",
            strong_about="desk hours a week",
            is_required=True,
        ),
    ] = None
    at_least: Annotated[
        NumberField,
        QuestionSpec(
            label="At least",
            prompt="Below which value is it worse?",
            strong="20.5",
            strong_about="orders an hour",
        ),
    ] = None
    source: Annotated[
        TextField,
        QuestionSpec(
            label="Source",
            prompt="Where is it read?",
            strong="desk rota",
            weak="we would notice",
            is_required=True,
        ),
    ] = None


class TechnicalMeasure(CharterTable):
    """Accuracy and the like: watched, but never the success metric."""

    name: Annotated[
        TextField,
        QuestionSpec(
            label="Measure",
            prompt="Which technical figure is watched?",
            strong="class right in a sample",
            is_required=True,
        ),
    ] = None
    at_least: Annotated[
        NumberField,
        QuestionSpec(
            label="At least",
            prompt="What must it reach?",
            strong="95",
            strong_about="of 100 sampled cases",
            is_required=True,
        ),
    ] = None


class SuccessMetric(CharterTable):
    """`[success_metric]`."""

    name: Annotated[
        TextField,
        QuestionSpec(
            label="Metric",
            prompt="If this works, which number in the business is different in three months?",
            why="Without a business number nobody can say whether it works, and nobody defends it when money "
            "is short.",
            strong="Median working minutes from enquiry to first contact",
            weak="Model accuracy",
            is_core=True,
        ),
    ] = None
    business_value: Annotated[
        TextField,
        QuestionSpec(
            label="Why it matters",
            prompt="Why does that number matter to the one who pays?",
            why="A number nobody would pay for is a number nobody will read.",
            strong="won hires fall by a third after an hour",
            weak="better experience",
            is_required=True,
            kind="prose",
        ),
    ] = None
    unit: Annotated[
        TextField,
        QuestionSpec(
            label="Unit",
            prompt="Counted in what?",
            why="Per cent of what? Minutes on which clock?",
            strong="working minutes",
            weak="% (of what?)",
            is_core=True,
        ),
    ] = None
    direction: Annotated[
        Direction | None,
        QuestionSpec(
            label="Direction",
            prompt="Is more better or worse?",
            is_required=True,
            default=Default("follows from baseline and target"),
        ),
    ] = None
    baseline: Annotated[
        NumberField,
        QuestionSpec(
            label="Baseline",
            prompt="What was it, measured?",
            why="No baseline, no effect: nobody can show that anything changed.",
            strong="95",
            strong_about="working minutes, over thirteen weeks",
            weak="about two hours",
            is_core=True,
        ),
    ] = None
    baseline_from: Annotated[
        DateField,
        QuestionSpec(
            label="Baseline from",
            prompt="Over which weeks was it measured: from which day?",
            why="Four weeks at least, shortly before the start.",
            strong="2025-11-03",
            strong_about="the Monday of the first of thirteen weeks",
            days="past",
            is_required=True,
        ),
    ] = None
    baseline_to: Annotated[
        DateField,
        QuestionSpec(
            label="Baseline to",
            prompt="To which day?",
            strong="2026-01-30",
            strong_about="shortly before the start",
            days="past",
            is_required=True,
        ),
    ] = None
    recipe_digest: Annotated[TextField, Field(title="Digest of the recipe that measured the baseline")] = None
    """Written by a reading of the baseline, never asked for; so is the next one."""
    file_digest: Annotated[
        TextField, Field(title="SHA-256 of the extract that the baseline was read from")
    ] = None
    target: Annotated[
        NumberField,
        QuestionSpec(
            label="Target",
            prompt="What will it be?",
            why="A number the sponsor would call a success when read aloud.",
            strong="50",
            strong_about="working minutes",
            weak="much better",
            is_core=True,
        ),
    ] = None
    target_on: Annotated[
        DateField,
        QuestionSpec(
            label="Target reached by",
            prompt="By which day?",
            why="The metric needs live weeks; it may lie after the deadline, within four months.",
            strong="2026-05-29",
            strong_about="two months after the end",
            days="sprint",
            weak="soon",
            is_core=True,
        ),
    ] = None
    stop_line: Annotated[
        NumberField,
        QuestionSpec(
            label="Stop line",
            prompt="At which value do we switch it off?",
            why="Agreed now, while nobody has to lose face. Between baseline and target.",
            strong="80",
            strong_about="working minutes, between baseline and target",
            weak="we never would",
            is_core=True,
        ),
    ] = None
    formula: Annotated[
        TextField,
        QuestionSpec(
            label="Formula",
            prompt="How do two people compute it and get the same?",
            strong="median of first logged contact minus enquiry time, working hours",
            weak="from the dashboard",
            is_required=True,
            kind="prose",
        ),
    ] = None
    source: Annotated[
        TextField,
        QuestionSpec(
            label="Source",
            prompt="Where do you read it? Show me the report.",
            why="If it cannot be opened now, it will not be read monthly.",
            strong="CRM activity log, report 'First contact'",
            weak="notebook",
            is_core=True,
        ),
    ] = None
    reader: Annotated[
        PersonField,
        QuestionSpec(
            label="Reader",
            prompt="Who reads it aloud each month?",
            strong="Odile Tamsworth",
            weak="analytics",
            is_required=True,
            kind="person",
            default=OWNER,
        ),
    ] = None
    cadence: Annotated[
        Cadence | None,
        QuestionSpec(
            label="Read",
            prompt="How often? (monthly is the slowest allowed)",
            strong="monthly",
            weak="at year end",
            is_required=True,
        ),
    ] = None
    if_missed: Annotated[
        TextField,
        QuestionSpec(
            label="If missed",
            prompt="It is missed. What happens by Friday?",
            why="Who does what, by when.",
            strong="reader calls owner and sponsor; two months past the line means off",
            weak="we look into it",
            is_required=True,
            kind="prose",
        ),
    ] = None
    attribution: Annotated[
        TextField,
        QuestionSpec(
            label="Attribution",
            prompt="How would we know it was this and not the season?",
            strong="phone enquiries as comparison",
            kind="prose",
        ),
    ] = None
    guardrails: Annotated[
        list[Guardrail],
        QuestionSpec(
            label="Guardrails",
            entry_label="guardrail",
            prompt="What could get worse while that number gets better? Does the work just move to somebody else?",
            why="One at least, and one of them for work that moves.",
            strong="desk hours by hand ≤ 6 a week",
            weak="none",
        ),
    ] = list_field()
    technical_measures: Annotated[
        list[TechnicalMeasure],
        QuestionSpec(
            label="Technical measures",
            entry_label="measure",
            prompt="Which technical figures do we watch beside it?",
            why="Accuracy and the like belong here.",
            strong="class right on 95 of 100 sampled",
        ),
    ] = list_field()
