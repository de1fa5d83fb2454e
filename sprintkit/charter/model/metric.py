"""A4: one number that leadership already cares about."""

from __future__ import annotations

from typing import Annotated

from sprintkit.charter.choices import Cadence, Direction, GuardrailKind
from sprintkit.charter.model.base import Day, Number, Part, Person, Text, items
from sprintkit.charter.questions import QuestionSpec


class Guardrail(Part):
    """What must not get worse while the metric gets better."""

    id: Annotated[
        Text,
        QuestionSpec(label="Id", ask="A short id for it?", strong="desk_hours", needed=True, kind="slug"),
    ] = None
    kind: Annotated[
        GuardrailKind | None,
        QuestionSpec(
            label="Kind",
            ask="Is it shifted work, quality, customers, or cost?",
            why="Watch shifted work before all: saved time likes to turn up on somebody else's desk.",
            needed=True,
        ),
    ] = None
    name: Annotated[
        Text,
        QuestionSpec(
            label="Guardrail",
            ask="What could get worse while that number gets better?",
            strong="desk hours spent routing by hand per week",
            weak="none",
            needed=True,
        ),
    ] = None
    baseline: Annotated[
        Number, QuestionSpec(label="Baseline", ask="What is it today?", strong="22", needed=True)
    ] = None
    at_most: Annotated[
        Number,
        QuestionSpec(
            label="At most",
            ask="Above which value is it worse? (or at least: below which)",
            why="One of the two limits is enough.",
            strong="6",
            needed=True,
        ),
    ] = None
    at_least: Annotated[
        Number, QuestionSpec(label="At least", ask="Below which value is it worse?", strong="20.5")
    ] = None
    source: Annotated[
        Text,
        QuestionSpec(
            label="Source", ask="Where is it read?", strong="desk rota", weak="we would notice", needed=True
        ),
    ] = None


class TechnicalMeasure(Part):
    """Accuracy and the like: kept, but never the success metric."""

    name: Annotated[
        Text,
        QuestionSpec(
            label="Measure",
            ask="Which technical figure is watched?",
            strong="class right in a sample",
            needed=True,
        ),
    ] = None
    at_least: Annotated[
        Number, QuestionSpec(label="At least", ask="What must it reach?", strong="95", needed=True)
    ] = None


class SuccessMetric(Part):
    """`[success_metric]`"""

    name: Annotated[
        Text,
        QuestionSpec(
            label="Metric",
            ask="If this works, which number in the business is different in three months?",
            why="Without a business number nobody can say whether it works, and nobody defends it when money "
            "is short.",
            strong="Median working minutes from enquiry to first contact",
            weak="Model accuracy",
            core=True,
            needed=True,
        ),
    ] = None
    business_value: Annotated[
        Text,
        QuestionSpec(
            label="Why it matters",
            ask="Why does that number matter to the one who pays?",
            why="A number nobody would pay for is a number nobody will read.",
            strong="won hires fall by a third after an hour",
            weak="better experience",
            needed=True,
            kind="prose",
        ),
    ] = None
    unit: Annotated[
        Text,
        QuestionSpec(
            label="Unit",
            ask="Counted in what?",
            why="Per cent of what? Minutes on which clock?",
            strong="working minutes",
            weak="% (of what?)",
            core=True,
            needed=True,
        ),
    ] = None
    direction: Annotated[
        Direction | None,
        QuestionSpec(
            label="Direction",
            ask="Is more better or worse?",
            needed=True,
            default="follows from baseline and target",
        ),
    ] = None
    baseline: Annotated[
        Number,
        QuestionSpec(
            label="Baseline",
            ask="What was it, measured?",
            why="No baseline, no effect: nobody can show that anything changed.",
            strong="95",
            weak="about two hours",
            core=True,
            needed=True,
        ),
    ] = None
    baseline_from: Annotated[
        Day,
        QuestionSpec(
            label="Baseline from",
            ask="Over which weeks was it measured: from which day?",
            why="Four weeks at least, shortly before the start.",
            strong="2025-11-03",
            needed=True,
        ),
    ] = None
    baseline_to: Annotated[
        Day, QuestionSpec(label="Baseline to", ask="To which day?", strong="2026-01-30", needed=True)
    ] = None
    target: Annotated[
        Number,
        QuestionSpec(
            label="Target",
            ask="What will it be?",
            why="A number the sponsor would call a success when read aloud.",
            strong="50",
            weak="much better",
            core=True,
            needed=True,
        ),
    ] = None
    target_on: Annotated[
        Day,
        QuestionSpec(
            label="Target reached by",
            ask="By which day?",
            why="The metric needs live weeks; it may lie after the deadline, within four months.",
            strong="2026-05-29",
            weak="soon",
            core=True,
            needed=True,
        ),
    ] = None
    stop_line: Annotated[
        Number,
        QuestionSpec(
            label="Stop line",
            ask="At which value do we switch it off?",
            why="Agreed now, while nobody has to lose face. Between baseline and target.",
            strong="80",
            weak="we never would",
            core=True,
            needed=True,
        ),
    ] = None
    formula: Annotated[
        Text,
        QuestionSpec(
            label="Formula",
            ask="How do two people compute it and get the same?",
            strong="median of first logged contact minus enquiry time, working hours",
            weak="from the dashboard",
            needed=True,
            kind="prose",
        ),
    ] = None
    source: Annotated[
        Text,
        QuestionSpec(
            label="Source",
            ask="Where do you read it? Show me the report.",
            why="If it cannot be opened now, it will not be read monthly.",
            strong="CRM activity log, report 'First contact'",
            weak="notebook",
            core=True,
            needed=True,
        ),
    ] = None
    reader: Annotated[
        Person,
        QuestionSpec(
            label="Reader",
            ask="Who reads it aloud each month?",
            strong="Odile Tamsworth",
            weak="analytics",
            needed=True,
            kind="person",
            default="the owner",
        ),
    ] = None
    cadence: Annotated[
        Cadence | None,
        QuestionSpec(
            label="Read",
            ask="How often? (monthly is the slowest allowed)",
            strong="monthly",
            weak="at year end",
            needed=True,
        ),
    ] = None
    if_missed: Annotated[
        Text,
        QuestionSpec(
            label="If missed",
            ask="It is missed. What happens by Friday?",
            why="Who does what, by when.",
            strong="reader calls owner and sponsor; two months past the line means off",
            weak="we look into it",
            needed=True,
            kind="prose",
        ),
    ] = None
    attribution: Annotated[
        Text,
        QuestionSpec(
            label="Attribution",
            ask="How would we know it was this and not the season?",
            strong="phone enquiries as comparison",
            kind="prose",
        ),
    ] = None
    guardrails: Annotated[
        list[Guardrail],
        QuestionSpec(
            label="Guardrails",
            ask="What could get worse while that number gets better? Does the work just move to somebody else?",
            why="One at least, and one of them for work that moves.",
            strong="desk hours by hand ≤ 6 a week",
            weak="none",
        ),
    ] = items()
    technical_measures: Annotated[
        list[TechnicalMeasure],
        QuestionSpec(
            label="Technical measures",
            ask="Which technical figures do we watch beside it?",
            why="Accuracy and the like belong here.",
            strong="class right on 95 of 100 sampled",
        ),
    ] = items()
