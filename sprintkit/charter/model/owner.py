"""A2: one person who will still be there when the sprint team is gone."""

from __future__ import annotations

from typing import Annotated

from sprintkit.charter.model.base import (
    CharterTable,
    DateField,
    NumberField,
    PersonField,
    TextField,
    table_field,
)
from sprintkit.charter.questions import QuestionSpec


class Duties(CharterTable):
    """The five duties. They are asked one by one because otherwise they end up with nobody."""

    operates: Annotated[
        PersonField,
        QuestionSpec(
            label="Operates it",
            prompt="Who runs it each day? (not: who built it)",
            why="The builder leaves. Whoever runs it must be there on an ordinary Tuesday.",
            strong="Odile Tamsworth",
            weak="vendor",
            is_core=True,
            missing_rule="OWN-004",
            kind="person",
        ),
    ] = None
    monitors: Annotated[
        PersonField,
        QuestionSpec(
            label="Watches its output",
            prompt="Who looks whether its output is still good, not only whether it is up?",
            why="A system can be up and wrong for weeks.",
            strong="Odile Tamsworth",
            weak="nobody",
            is_core=True,
            missing_rule="OWN-004",
            kind="person",
        ),
    ] = None
    decides_retraining: Annotated[
        PersonField,
        QuestionSpec(
            label="Decides on changes",
            prompt="Who decides that it needs retraining or new instructions?",
            why="Without a name nobody decides, and it drifts.",
            strong="Odile Tamsworth",
            weak="data science",
            is_core=True,
            missing_rule="OWN-004",
            kind="person",
        ),
    ] = None
    handles_unresolved: Annotated[
        PersonField,
        QuestionSpec(
            label="Takes what it cannot solve",
            prompt="Where do the cases go that it cannot solve, and who takes them?",
            why="Held cases grow old in a queue that has no name on it.",
            strong="Suvi Rautakerr",
            weak="a queue",
            is_core=True,
            missing_rule="OWN-004",
            kind="person",
        ),
    ] = None
    accountable_for_mistakes: Annotated[
        PersonField,
        QuestionSpec(
            label="Answers for mistakes",
            prompt="When it is wrong and a customer complains, who answers?",
            why="Exactly one person is accountable; shared means nobody.",
            strong="Bram Yellowby",
            weak="shared",
            is_core=True,
            missing_rule="OWN-004",
            kind="person",
        ),
    ] = None


class Owner(CharterTable):
    """`[owner]`."""

    person: Annotated[
        PersonField,
        QuestionSpec(
            label="Owner",
            prompt="The day after the sprint, whose is it?",
            why="A name from the business process, not the team that hosts it.",
            strong="Odile Tamsworth",
            weak="IT; the data team; TBD",
            is_core=True,
            kind="person",
        ),
    ] = None
    deputy: Annotated[
        PersonField,
        QuestionSpec(
            label="Deputy",
            prompt="Who when they are on leave?",
            why="Somebody else, who has the same rights.",
            strong="Suvi Rautakerr",
            weak="same person",
            is_required=True,
            kind="person",
        ),
    ] = None
    duties: Annotated[
        Duties,
        QuestionSpec(
            label="Five duties",
            prompt="Who has each of the five duties?",
            why="They are asked one by one because they end up with nobody.",
        ),
    ] = table_field(Duties)
    hours_per_week: Annotated[
        NumberField,
        QuestionSpec(
            label="Hours a week",
            prompt="How many hours a week from then on?",
            why="Ownership without hours is a name on a slide.",
            strong="6.0",
            strong_about="hours, which the rota gives back",
            weak="as needed",
            is_required=True,
        ),
    ] = None
    hours_freed_from: Annotated[
        TextField,
        QuestionSpec(
            label="Hours freed from",
            prompt="What do they stop doing?",
            why="A full week has no room for six more hours.",
            strong="rota drops from two leads to one",
            weak="they will fit it in",
        ),
    ] = None
    hours_agreed_by: Annotated[
        PersonField,
        QuestionSpec(
            label="Hours agreed by",
            prompt="Who agreed to those hours? Did they say so?",
            why="It is their manager who gives the hours, and can take them back.",
            strong="Bram Yellowby",
            weak="HR",
            is_required=True,
            kind="person",
        ),
    ] = None
    starts_on: Annotated[
        DateField,
        QuestionSpec(
            label="Takes over on",
            prompt="On which day do they take over? Before we leave, not after.",
            why="Between the end and a later start nobody owns it.",
            strong="2026-03-09",
            strong_about="in week 4, while the team is still there",
            days="sprint",
            weak="after phase 2",
            is_required=True,
        ),
    ] = None
