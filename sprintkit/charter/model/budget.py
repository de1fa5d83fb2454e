"""A9: money for running it, not only for building it."""

from __future__ import annotations

from typing import Annotated

from sprintkit.charter.model.base import Count, Number, Part, Person, Text
from sprintkit.charter.questions import QuestionSpec


class Budget(Part):
    """`[budget]`"""

    currency: Annotated[
        Text, QuestionSpec(label="Currency", ask="In which currency?", strong="GBP", needed=True)
    ] = None
    sprint_cost: Annotated[
        Number,
        QuestionSpec(
            label="Cost of the sprint", ask="What does the sprint cost, all in?", strong="42000", needed=True
        ),
    ] = None
    operations_per_month: Annotated[
        Number,
        QuestionSpec(
            label="Operations per month",
            ask="What does a month of running cost?",
            why="Running it costs money; a budget that ends with the sprint is a plan to stop.",
            strong="900",
            weak="0",
            needed=True,
        ),
    ] = None
    operations_months_funded: Annotated[
        Count,
        QuestionSpec(
            label="Months funded", ask="How many months are paid for?", strong="12", weak="0", needed=True
        ),
    ] = None
    approved_by: Annotated[
        Person,
        QuestionSpec(
            label="Approved by",
            ask="Who approved both figures?",
            strong="Bram Yellowby",
            weak="finance",
            needed=True,
            kind="person",
        ),
    ] = None


class Value(Part):
    """`[value]`: what the calculator needs beside the use case, the owner's hours and the budget."""

    automation_share_pct: Annotated[
        Number,
        QuestionSpec(label="Automatic share in %", ask="Which share runs without a person?", strong="80"),
    ] = None
    assist_minutes: Annotated[
        Number,
        QuestionSpec(
            label="Minutes per assisted case",
            ask="How long does a case take that a person still does?",
            why="Handing over takes time too.",
            strong="3",
            weak="0",
        ),
    ] = None
    check_share_pct: Annotated[
        Number,
        QuestionSpec(
            label="Sampled share in %",
            ask="Which share of automatic cases is looked at?",
            strong="5",
            weak="0",
        ),
    ] = None
    check_minutes: Annotated[
        Number, QuestionSpec(label="Minutes per sampled case", ask="How long does looking take?", strong="2")
    ] = None
    error_share_pct: Annotated[
        Number,
        QuestionSpec(label="Error share in %", ask="Which share comes out wrong?", strong="4", weak="0"),
    ] = None
    rework_minutes: Annotated[
        Number, QuestionSpec(label="Minutes to mend one", ask="How long does mending one take?", strong="10")
    ] = None
    usage_share_pct: Annotated[
        Number,
        QuestionSpec(
            label="Usage share in %", ask="Which share of cases really goes through it?", strong="95"
        ),
    ] = None
    realised_share_pct: Annotated[
        Number,
        QuestionSpec(
            label="Realised share in %",
            ask="Which share of the freed time is put to use?",
            why="Freed minutes are worth what is done with them.",
            strong="70",
            weak="100",
        ),
    ] = None
    loaded_rate: Annotated[
        Number,
        QuestionSpec(
            label="Loaded rate per hour",
            ask="What does an hour of these users cost, all in?",
            why="Wages are about 70% of the cost of an hour; ask for the firm's own rate.",
            strong="34",
        ),
    ] = None
    owner_rate: Annotated[
        Number,
        QuestionSpec(label="Owner's rate per hour", ask="What does an hour of the owner cost?", strong="46"),
    ] = None
