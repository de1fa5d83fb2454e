"""A8, A10, A11: a real date, steps that are done or not, the twelve promises, and who signs."""

from __future__ import annotations

from typing import Annotated

from sprintkit.charter.choices import PARTIES, Category, OnDeadlineMissed, PromiseItem, Weekday
from sprintkit.charter.model.base import (
    CharterTable,
    CountField,
    DateField,
    NumberField,
    PersonField,
    TextField,
    list_field,
)
from sprintkit.charter.questions import OWNER, Default, QuestionSpec, default_choice


class Timeline(CharterTable):
    """`[timeline]`."""

    start: Annotated[
        DateField,
        QuestionSpec(
            label="Start",
            prompt="Which Monday do we start?",
            strong="2026-02-16",
            strong_about="the first Monday after both have signed",
            weak="Q2",
            is_core=True,
        ),
    ] = None
    weeks: Annotated[
        CountField,
        QuestionSpec(
            label="Weeks",
            prompt="How many weeks? (2 to 12)",
            why="The length is fixed; scope gives way, never the date.",
            strong="6",
            strong_about="weeks, the last of them live",
            weak="as long as it takes",
            is_core=True,
        ),
    ] = None
    deadline: Annotated[
        DateField,
        QuestionSpec(
            label="Deadline",
            prompt="Which last day?",
            strong="2026-03-27",
            strong_about="the Friday of week 6",
            days="sprint",
            weak="end of the quarter",
            is_required=True,
            default=Default("Friday of the last week"),
        ),
    ] = None
    on_deadline_missed: Annotated[
        OnDeadlineMissed | None,
        QuestionSpec(
            label="If the deadline is missed",
            prompt="The day comes and it is not live. What happens?",
            why="An end that moves is no end.",
            strong="stop and decide",
            weak="extend",
            is_required=True,
            default=default_choice("stop_and_decide"),
        ),
    ] = None
    checkin_day: Annotated[
        Weekday | None,
        QuestionSpec(
            label="Check-in day",
            prompt="When each week?",
            strong="Friday",
            is_required=True,
            default=default_choice("fri"),
        ),
    ] = None
    checkin_by: Annotated[
        PersonField,
        QuestionSpec(
            label="Check-in by",
            prompt="Who writes it down?",
            strong="Hollis Entwhite",
            is_required=True,
            kind="person",
            default=OWNER,
        ),
    ] = None


class Milestone(CharterTable):
    """One entry of `[[plan.milestones]]`. It is accepted with proof or not; its weight counts fully or not at all."""

    id: Annotated[
        TextField,
        QuestionSpec(
            label="Id",
            prompt="A short id?",
            strong="M1",
            is_required=True,
            kind="slug",
            default=Default("M1, M2, …"),
        ),
    ] = None
    category: Annotated[
        Category | None,
        QuestionSpec(
            label="Category",
            prompt="Which kind of work does it show?",
            why="Data, process, ownership and metric are the four that stop sprints; show them in the first half.",
            is_required=True,
        ),
    ] = None
    title: Annotated[
        TextField,
        QuestionSpec(
            label="Milestone",
            prompt="What can be shown to be finished?",
            strong="live feeds pass their checks",
            weak="50% of the model",
            is_core=True,
        ),
    ] = None
    due_week: Annotated[
        CountField,
        QuestionSpec(
            label="Due in week",
            prompt="By which week?",
            strong="2",
            strong_about="for feeds that pass their checks",
            is_core=True,
            missing_rule="TIM-003",
        ),
    ] = None
    weight: Annotated[
        NumberField,
        QuestionSpec(
            label="Points",
            prompt="How many of the 100 points is it?",
            why="Points count fully when it is accepted, and not at all before.",
            strong="15",
            strong_about="of the 100 points",
            default=Default("equal whole weights that sum to 100"),
        ),
    ] = None
    acceptance: Annotated[
        TextField,
        QuestionSpec(
            label="Proof",
            prompt="Who says it is finished, looking at what?",
            why="What you would look at right now to decide whether it is so.",
            strong="all four checks met on five working days running",
            weak="it works",
            is_core=True,
            missing_rule="TIM-003",
        ),
    ] = None
    verifier: Annotated[
        PersonField,
        QuestionSpec(
            label="Verifier",
            prompt="Who says it is?",
            strong="Tunde Okonfield",
            is_required=True,
            missing_rule="TIM-003",
            kind="person",
            default=OWNER,
        ),
    ] = None


class ProductionPromise(CharterTable):
    """One entry of `[[plan.readiness]]`: a production promise with its proof, or the reason to leave it out."""

    item: Annotated[PromiseItem | None, QuestionSpec(label="Promise", prompt="Which of the twelve?")] = None
    week: Annotated[
        CountField,
        QuestionSpec(
            label="Week",
            prompt="By which week is it kept?",
            strong="3",
            strong_about="for the feed log of a live day",
        ),
    ] = None
    by: Annotated[
        PersonField,
        QuestionSpec(
            label="By", prompt="Who shows it?", strong="Hollis Entwhite", weak="the team", kind="person"
        ),
    ] = None
    proof: Annotated[
        TextField,
        QuestionSpec(
            label="Proof",
            prompt="What is accepted as proof?",
            strong="feed log of one live day",
            default=Default("the proof usually accepted for that promise"),
        ),
    ] = None
    skip: Annotated[
        TextField,
        QuestionSpec(
            label="Left out because",
            prompt="Why is this one not needed?",
            why="A reason that will still convince when it is missing.",
        ),
    ] = None


class Signatory(CharterTable):
    """One entry of `[[plan.signatories]]`."""

    party: Annotated[
        TextField,
        QuestionSpec(
            label="Signs for",
            prompt="For what does this person sign?",
            why=f"{', '.join(PARTIES)}, or any other duty in a word.",
            suggestions=tuple(PARTIES),
            strong="sponsor",
            is_required=True,
        ),
    ] = None
    person: Annotated[
        PersonField,
        QuestionSpec(
            label="Signatory", prompt="Who signs?", strong="Bram Yellowby", is_required=True, kind="person"
        ),
    ] = None


class Plan(CharterTable):
    """`[plan]`."""

    milestones: Annotated[
        list[Milestone],
        QuestionSpec(
            label="Milestones",
            entry_label="milestone",
            prompt="What can be shown to be finished by week n? Who says it is, looking at what?",
            why="Steps that are either done or not; nothing counts half.",
            strong="feeds pass four checks five days running; Tunde",
            weak="50% of the model",
            is_core=True,
            min_entries=4,
            min_entries_lean=2,
        ),
    ] = list_field()
    readiness: Annotated[
        list[ProductionPromise],
        QuestionSpec(
            label="Production promises",
            entry_label="promise",
            prompt="When is each of the twelve kept, by whom, shown by what?",
            why="A trial may skip them; production may not. Leave one out only with a reason.",
            default=Default("the twelve, each with the proof usually accepted"),
        ),
    ] = list_field()
    signatories: Annotated[
        list[Signatory],
        QuestionSpec(
            label="Signatories",
            entry_label="signatory",
            prompt="Who signs, and for what?",
            why="Each signs for one thing; at least two people in all.",
            is_required=True,
            min_entries=2,
            default=Default("from the roles given; sponsor and owner in a lean charter"),
        ),
    ] = list_field()
