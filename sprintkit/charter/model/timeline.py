"""A8, A10, A11: a real date, steps that are done or not, the twelve promises, and who signs."""

from __future__ import annotations

from typing import Annotated

from sprintkit.charter.choices import Category, OnDeadlineMissed, PromiseItem
from sprintkit.charter.choices import Day as Weekday
from sprintkit.charter.model.base import Count, Day, Number, Part, Person, Text, items
from sprintkit.charter.questions import QuestionSpec


class Timeline(Part):
    """`[timeline]`"""

    start: Annotated[
        Day,
        QuestionSpec(
            label="Start",
            ask="Which Monday do we start?",
            strong="2026-02-16",
            weak="Q2",
            core=True,
            needed=True,
        ),
    ] = None
    weeks: Annotated[
        Count,
        QuestionSpec(
            label="Weeks",
            ask="How many weeks? (2 to 12)",
            why="The length is fixed; scope gives way, never the date.",
            strong="6",
            weak="as long as it takes",
            core=True,
            needed=True,
        ),
    ] = None
    deadline: Annotated[
        Day,
        QuestionSpec(
            label="Deadline",
            ask="Which last day?",
            strong="2026-03-27",
            weak="end of the quarter",
            needed=True,
            default="Friday of the last week",
        ),
    ] = None
    on_deadline_missed: Annotated[
        OnDeadlineMissed | None,
        QuestionSpec(
            label="If the deadline is missed",
            ask="The day comes and it is not live. What happens?",
            why="An end that moves is no end.",
            strong="stop and decide",
            weak="extend",
            needed=True,
            default="stop and decide",
        ),
    ] = None
    checkin_day: Annotated[
        Weekday | None,
        QuestionSpec(
            label="Check-in day", ask="When each week?", strong="Friday", needed=True, default="Friday"
        ),
    ] = None
    checkin_by: Annotated[
        Person,
        QuestionSpec(
            label="Check-in by",
            ask="Who writes it down?",
            strong="Hollis Entwhite",
            needed=True,
            kind="person",
            default="the owner",
        ),
    ] = None


class Milestone(Part):
    """One of `[[plan.milestones]]`: accepted with proof or not; its weight counts fully or not at all."""

    id: Annotated[
        Text,
        QuestionSpec(
            label="Id", ask="A short id?", strong="M1", needed=True, kind="slug", default="M1, M2, …"
        ),
    ] = None
    category: Annotated[
        Category | None,
        QuestionSpec(
            label="Category",
            ask="Which kind of work does it show?",
            why="Data, process, ownership and metric are the four that stop sprints; show them in the first half.",
            needed=True,
            default="live for the last one due in the week before the last at the latest, build for the others",
        ),
    ] = None
    title: Annotated[
        Text,
        QuestionSpec(
            label="Milestone",
            ask="What can be shown to be finished?",
            strong="live feeds pass their checks",
            weak="50% of the model",
            core=True,
            needed=True,
        ),
    ] = None
    due_week: Annotated[
        Count,
        QuestionSpec(
            label="Due in week",
            ask="By which week?",
            strong="2",
            core=True,
            needed=True,
            told_by="TIM-003",
        ),
    ] = None
    weight: Annotated[
        Number,
        QuestionSpec(
            label="Points",
            ask="How many of the 100 points is it?",
            why="Points count fully when it is accepted, and not at all before.",
            strong="15",
            default="equal whole weights that sum to 100",
        ),
    ] = None
    acceptance: Annotated[
        Text,
        QuestionSpec(
            label="Proof",
            ask="Who says it is finished, looking at what?",
            why="What you would look at right now to decide whether it is so.",
            strong="all four checks met on five working days running",
            weak="it works",
            core=True,
            needed=True,
            told_by="TIM-003",
        ),
    ] = None
    verifier: Annotated[
        Person,
        QuestionSpec(
            label="Verifier",
            ask="Who says it is?",
            strong="Tunde Okonfield",
            needed=True,
            told_by="TIM-003",
            kind="person",
            default="the owner",
        ),
    ] = None


class Readiness(Part):
    """One of `[[plan.readiness]]`: a production promise with its proof, or why it is left out."""

    item: Annotated[PromiseItem | None, QuestionSpec(label="Promise", ask="Which of the twelve?")] = None
    week: Annotated[Count, QuestionSpec(label="Week", ask="By which week is it kept?", strong="3")] = None
    by: Annotated[
        Person,
        QuestionSpec(
            label="By", ask="Who shows it?", strong="Hollis Entwhite", weak="the team", kind="person"
        ),
    ] = None
    proof: Annotated[
        Text,
        QuestionSpec(
            label="Proof",
            ask="What is accepted as proof?",
            strong="feed log of one live day",
            default="the proof usually accepted for that promise",
        ),
    ] = None
    skip: Annotated[
        Text,
        QuestionSpec(
            label="Left out because",
            ask="Why is this one not needed?",
            why="A reason that will still convince when it is missing.",
        ),
    ] = None


class Signatory(Part):
    """One of `[[plan.signatories]]`"""

    party: Annotated[
        Text,
        QuestionSpec(
            label="Signs for",
            ask="For what does this person sign?",
            why="sponsor, owner, process, data, tool, builder, or any other duty in a word.",
            strong="sponsor",
            needed=True,
        ),
    ] = None
    person: Annotated[
        Person,
        QuestionSpec(label="Signatory", ask="Who signs?", strong="Bram Yellowby", needed=True, kind="person"),
    ] = None


class Plan(Part):
    """`[plan]`"""

    milestones: Annotated[
        list[Milestone],
        QuestionSpec(
            label="Milestones",
            ask="What can be shown to be finished by week n? Who says it is, looking at what?",
            why="Steps that are either done or not; nothing counts half.",
            strong="feeds pass four checks five days running; Tunde",
            weak="50% of the model",
            core=True,
            needed=True,
            least=4,
            least_lean=2,
        ),
    ] = items()
    readiness: Annotated[
        list[Readiness],
        QuestionSpec(
            label="Production promises",
            ask="When is each of the twelve kept, by whom, shown by what?",
            why="A trial may skip them; production may not. Leave one out only with a reason.",
            default="the twelve, each with the proof usually accepted",
        ),
    ] = items()
    signatories: Annotated[
        list[Signatory],
        QuestionSpec(
            label="Signatories",
            ask="Who signs, and for what?",
            why="Each signs for one thing; at least two people in all.",
            needed=True,
            least=2,
            default="from the roles given; sponsor and owner in a lean charter",
        ),
    ] = items()
