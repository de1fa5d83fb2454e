"""A2: one person who will still be here when the sprint team is gone."""

from __future__ import annotations

from typing import Annotated

from sprintkit.charter.model.base import Day, Number, Part, Person, Text, table
from sprintkit.charter.questions import QuestionSpec


class Duties(Part):
    """The five duties, asked one by one because they end up with nobody."""

    operates: Annotated[
        Person,
        QuestionSpec(
            label="Operates it",
            ask="Who runs it each day? (not: who built it)",
            why="The builder leaves. Whoever runs it must be there on an ordinary Tuesday.",
            strong="Odile Tamsworth",
            weak="vendor",
            core=True,
            needed=True,
            told_by="OWN-004",
            kind="person",
        ),
    ] = None
    monitors: Annotated[
        Person,
        QuestionSpec(
            label="Watches its output",
            ask="Who looks whether its output is still good, not only whether it is up?",
            why="A system can be up and wrong for weeks.",
            strong="Odile Tamsworth",
            weak="nobody",
            core=True,
            needed=True,
            told_by="OWN-004",
            kind="person",
        ),
    ] = None
    decides_retraining: Annotated[
        Person,
        QuestionSpec(
            label="Decides on changes",
            ask="Who decides that it needs retraining or new instructions?",
            why="Without a name nobody decides, and it drifts.",
            strong="Odile Tamsworth",
            weak="data science",
            core=True,
            needed=True,
            told_by="OWN-004",
            kind="person",
        ),
    ] = None
    handles_unresolved: Annotated[
        Person,
        QuestionSpec(
            label="Takes what it cannot solve",
            ask="Where do the cases go that it cannot solve, and who takes them?",
            why="Held cases grow old in a queue that has no name on it.",
            strong="Suvi Rautakerr",
            weak="a queue",
            core=True,
            needed=True,
            told_by="OWN-004",
            kind="person",
        ),
    ] = None
    accountable_for_mistakes: Annotated[
        Person,
        QuestionSpec(
            label="Answers for mistakes",
            ask="When it is wrong and a customer complains, who answers?",
            why="Exactly one person is accountable; shared means nobody.",
            strong="Bram Yellowby",
            weak="shared",
            core=True,
            needed=True,
            told_by="OWN-004",
            kind="person",
        ),
    ] = None


class Owner(Part):
    """`[owner]`"""

    person: Annotated[
        Person,
        QuestionSpec(
            label="Owner",
            ask="The day after the sprint, whose is it?",
            why="A name from the business process, not the team that hosts it.",
            strong="Odile Tamsworth",
            weak="IT; the data team; TBD",
            core=True,
            needed=True,
            kind="person",
        ),
    ] = None
    deputy: Annotated[
        Person,
        QuestionSpec(
            label="Deputy",
            ask="Who when they are on leave?",
            why="Somebody else, who has the same rights.",
            strong="Suvi Rautakerr",
            weak="same person",
            needed=True,
            kind="person",
        ),
    ] = None
    duties: Annotated[
        Duties,
        QuestionSpec(
            label="Five duties",
            ask="Who has each of the five duties?",
            why="They are asked one by one because they end up with nobody.",
        ),
    ] = table(Duties)
    hours_per_week: Annotated[
        Number,
        QuestionSpec(
            label="Hours a week",
            ask="How many hours a week from then on?",
            why="Ownership without hours is a name on a slide.",
            strong="6.0",
            weak="as needed",
            needed=True,
        ),
    ] = None
    hours_freed_from: Annotated[
        Text,
        QuestionSpec(
            label="Hours freed from",
            ask="What do they stop doing?",
            why="A full week has no room for six more hours.",
            strong="rota drops from two leads to one",
            weak="they will fit it in",
        ),
    ] = None
    hours_agreed_by: Annotated[
        Person,
        QuestionSpec(
            label="Hours agreed by",
            ask="Who agreed to those hours? Did they say so?",
            why="It is their manager who gives the hours, and can take them back.",
            strong="Bram Yellowby",
            weak="HR",
            needed=True,
            kind="person",
        ),
    ] = None
    starts_on: Annotated[
        Day,
        QuestionSpec(
            label="Takes over on",
            ask="On which day do they take over? Before we leave, not after.",
            why="Between the end and a later start nobody owns it.",
            strong="2026-03-09",
            weak="after phase 2",
            needed=True,
        ),
    ] = None
