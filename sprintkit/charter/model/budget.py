"""A9: money to run the system, not only to build it."""

from __future__ import annotations

from typing import Annotated

from sprintkit.charter.model.base import CharterTable, CountField, NumberField, PersonField, TextField
from sprintkit.charter.questions import QuestionSpec


class Budget(CharterTable):
    """`[budget]`."""

    currency: Annotated[
        TextField, QuestionSpec(label="Currency", prompt="In which currency?", strong="GBP", is_required=True)
    ] = None
    sprint_cost: Annotated[
        NumberField,
        QuestionSpec(
            label="Cost of the sprint",
            prompt="What does the sprint cost, all in?",
            strong="42000",
            strong_about="for five people over six weeks",
            is_required=True,
        ),
    ] = None
    operations_per_month: Annotated[
        NumberField,
        QuestionSpec(
            label="Operations per month",
            prompt="What does a month of running cost?",
            why="Running it costs money; a budget that ends with the sprint is a plan to stop.",
            strong="900",
            strong_about="a month for licences and hosting",
            weak="0",
            is_required=True,
        ),
    ] = None
    operations_months_funded: Annotated[
        CountField,
        QuestionSpec(
            label="Months funded",
            prompt="How many months are paid for?",
            strong="12",
            strong_about="months, in next year's budget",
            weak="0",
            is_required=True,
        ),
    ] = None
    approved_by: Annotated[
        PersonField,
        QuestionSpec(
            label="Approved by",
            prompt="Who approved both figures?",
            strong="Bram Yellowby",
            weak="finance",
            is_required=True,
            kind="person",
        ),
    ] = None


class ValueAssumptions(CharterTable):
    """`[value]`: assumptions of the value calculator, beside the use case, the owner's hours and the budget."""

    automation_share_pct: Annotated[
        NumberField,
        QuestionSpec(
            label="Automatic share in %",
            prompt="Which share runs without a person?",
            strong="80",
            strong_about="in a hundred cases",
        ),
    ] = None
    assist_minutes: Annotated[
        NumberField,
        QuestionSpec(
            label="Minutes per assisted case",
            prompt="How long does a case take that a person still does?",
            why="Handing over takes time too.",
            strong="3",
            strong_about="minutes a case",
            weak="0",
        ),
    ] = None
    check_share_pct: Annotated[
        NumberField,
        QuestionSpec(
            label="Sampled share in %",
            prompt="Which share of automatic cases is looked at?",
            strong="5",
            strong_about="in a hundred automatic cases",
            weak="0",
        ),
    ] = None
    check_minutes: Annotated[
        NumberField,
        QuestionSpec(
            label="Minutes per sampled case",
            prompt="How long does looking take?",
            strong="2",
            strong_about="minutes a case",
        ),
    ] = None
    error_share_pct: Annotated[
        NumberField,
        QuestionSpec(
            label="Error share in %",
            prompt="Which share comes out wrong?",
            strong="4",
            strong_about="in a hundred cases",
            weak="0",
        ),
    ] = None
    rework_minutes: Annotated[
        NumberField,
        QuestionSpec(
            label="Minutes to mend one",
            prompt="How long does mending one take?",
            strong="10",
            strong_about="minutes a case",
        ),
    ] = None
    usage_share_pct: Annotated[
        NumberField,
        QuestionSpec(
            label="Usage share in %",
            prompt="Which share of cases really goes through it?",
            strong="95",
            strong_about="in a hundred cases",
        ),
    ] = None
    realised_share_pct: Annotated[
        NumberField,
        QuestionSpec(
            label="Realised share in %",
            prompt="Which share of the freed time is put to use?",
            why="Freed minutes are worth what is done with them.",
            strong="70",
            strong_about="in a hundred freed hours",
            weak="100",
        ),
    ] = None
    loaded_rate: Annotated[
        NumberField,
        QuestionSpec(
            label="Loaded rate per hour",
            prompt="What does an hour of these users cost, all in?",
            why="Wages are about 70% of the cost of an hour; ask for the firm's own rate.",
            strong="34",
            strong_about="an hour, with pension and desk",
        ),
    ] = None
    owner_rate: Annotated[
        NumberField,
        QuestionSpec(
            label="Owner's rate per hour",
            prompt="What does an hour of the owner cost?",
            strong="46",
            strong_about="an hour, with pension and desk",
        ),
    ] = None
