"""A1: which work the system takes over, and who uses it."""

from __future__ import annotations

from typing import Annotated

from sprintkit.charter.model.base import (
    CharterTable,
    CountField,
    PositiveCountField,
    PositiveNumberField,
    TextField,
    list_field,
)
from sprintkit.charter.questions import QuestionSpec


class UserRole(CharterTable):
    """A user role and its headcount."""

    role: Annotated[
        TextField,
        QuestionSpec(
            label="User role",
            prompt="Who acts on what it says?",
            why="One role in words they use for themselves; everybody is nobody.",
            strong="inside sales rep",
            weak="everyone in sales",
            is_core=True,
        ),
    ] = None
    headcount: Annotated[
        CountField,
        QuestionSpec(
            label="Headcount",
            prompt="How many are they?",
            why="The last day is measured against this number.",
            strong="18",
            strong_about="inside sales reps on this month's rota",
            weak="a lot",
            is_core=True,
        ),
    ] = None


class UseCase(CharterTable):
    """`[use_case]`."""

    statement: Annotated[
        TextField,
        QuestionSpec(
            label="Statement",
            prompt="Finish this: when X arrives, the system does Y, so that Z can do W.",
            why="One sentence with a verb that names work: assign, draft, flag, hold. Improve says no work.",
            strong="Assign every inbound enquiry to exactly one rep within five minutes, from postcode, class "
            "and history",
            weak="Leverage AI to improve lead handling",
            is_core=True,
        ),
    ] = None
    users: Annotated[
        list[UserRole],
        QuestionSpec(
            label="Users",
            entry_label="user role",
            prompt="Who acts on what it says, and how many are they?",
            why="If nobody acts on it, nothing changes.",
            strong="inside sales rep, 18",
            weak="everyone in sales",
            is_core=True,
        ),
    ] = list_field()
    current_way: Annotated[
        TextField,
        QuestionSpec(
            label="Current way",
            prompt="Walk me through yesterday's last case. Who touched it?",
            why="A real case shows the real process; 'it's manual' shows none.",
            strong="Two desk leads read, look up, forward by email",
            weak="it's manual",
            is_core=True,
            kind="prose",
        ),
    ] = None
    volume_per_month: Annotated[
        PositiveCountField,
        QuestionSpec(
            label="Cases per month",
            prompt="How many in the last full month? Counted or guessed?",
            why="Below a few dozen a month, building rarely pays.",
            strong="2600",
            strong_about="enquiries, counted in the January mailbox",
            weak="a lot",
            is_required=True,
        ),
    ] = None
    minutes_per_case: Annotated[
        PositiveNumberField,
        QuestionSpec(
            label="Minutes per case",
            prompt="How long does one take? Time ten of them.",
            why="The value of the automated work is computed from it.",
            strong="6.0",
            strong_about="minutes, the middle one of ten that were timed",
            weak="it depends",
            is_required=True,
        ),
    ] = None
    cost_of_wrong: Annotated[
        TextField,
        QuestionSpec(
            label="Cost of a wrong one",
            prompt="It is wrong on a Tuesday afternoon. Who notices, and what has it cost?",
            why="It tells how much checking the work needs before it may run by itself.",
            strong="one in five of those enquiries goes to a competitor",
            weak="we would fix it",
            is_required=True,
            kind="prose",
        ),
    ] = None
    why_not_rules: Annotated[
        TextField,
        QuestionSpec(
            label="Why not plain rules",
            prompt="Why would a table or a plain rule not do?",
            why="A rule is cheaper to run and to explain. Where it does, build the rule.",
            strong="31% name no known account; class is in free text",
            weak="AI is the future",
            kind="prose",
        ),
    ] = None
    pilot_evidence: Annotated[
        TextField,
        QuestionSpec(
            label="Evidence from the trial",
            prompt="What did the trial show, on which data, and who cleaned that data?",
            why="A trial on cleaned data says little about what live data will do.",
            strong="93% on 1,900 enquiries cleaned by hand",
            weak="it worked great",
            kind="prose",
        ),
    ] = None
