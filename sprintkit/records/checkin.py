"""One week's check-in: what was accepted, what blocks, what the metric reads, how the room votes.

There is no field for a percentage or a colour: both are computed.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final, Literal, get_args

from pydantic import Field, WithJsonSchema

from sprintkit.charter.choices import PromiseItem
from sprintkit.charter.questions import QuestionSpec
from sprintkit.records.base import File, Record, items

BlockerCategory = Literal["data", "process", "ownership", "metric", "last_mile", "other"]
BLOCKER_CATEGORIES: Final[tuple[BlockerCategory, ...]] = get_args(BlockerCategory)
VOTES: Final = range(1, 6)


class Accepted(Record):
    """A milestone that was shown. It counts with evidence, said by its verifier or by the owner's deputy."""

    id: Annotated[str, QuestionSpec(label="Milestone", ask="Which milestone?", strong="M1", needed=True)] = ""
    evidence: Annotated[
        str,
        QuestionSpec(
            label="Proof shown",
            ask="What was shown, and where does it lie?",
            why="Without it an acceptance is an opinion, and does not count.",
            strong="replay sheet, 29 of 30",
            weak="looks good",
            needed=True,
        ),
    ] = ""
    by: Annotated[
        str,
        QuestionSpec(
            label="Accepted by", ask="Who said so?", strong="Suvi Rautakerr", kind="person", needed=True
        ),
    ] = ""
    live_since: Annotated[
        date | None,
        QuestionSpec(
            label="Live since", ask="Since which day is it live?", why="Readings from then on are results."
        ),
    ] = None
    instead_of: Annotated[
        str | None,
        QuestionSpec(label="Instead of", ask="For which verifier does the deputy stand in?", kind="person"),
    ] = None
    reason: Annotated[
        str | None,
        QuestionSpec(label="Reason", ask="Why does the deputy stand in?", strong="on leave until Monday"),
    ] = None


class Reopened(Record):
    """A milestone whose acceptance is taken back."""

    id: Annotated[str, QuestionSpec(label="Milestone", ask="Which milestone?", strong="M3", needed=True)] = ""
    why: Annotated[
        str,
        QuestionSpec(
            label="Why", ask="What showed that it is not done?", strong="checks failed on Monday", needed=True
        ),
    ] = ""


class Opened(Record):
    """A blocker that came up."""

    id: Annotated[
        str,
        QuestionSpec(label="Id", ask="A short id, not used before?", strong="B1", kind="slug", needed=True),
    ] = ""
    category: Annotated[
        BlockerCategory,
        QuestionSpec(label="Category", ask="Which kind of blocker is it?", strong="data", needed=True),
    ]
    title: Annotated[
        str,
        QuestionSpec(
            label="Blocker", ask="What blocks?", strong="duplicate accounts are 9%, not 6%", needed=True
        ),
    ] = ""
    holder: Annotated[
        str,
        QuestionSpec(
            label="Holder",
            ask="Who gets it out of the way?",
            strong="Tunde Okonfield",
            kind="person",
            needed=True,
        ),
    ] = ""
    due_week: Annotated[int, QuestionSpec(label="Due in week", ask="By which week?", strong="3", needed=True)]
    stops: Annotated[
        list[str],
        QuestionSpec(label="Stops", ask="Which milestones does it stop?", strong='["M3"]', needed=True),
    ] = items()


class Closed(Record):
    """A blocker that is out of the way."""

    id: Annotated[str, QuestionSpec(label="Id", ask="Which blocker?", strong="B1", needed=True)] = ""
    how: Annotated[
        str, QuestionSpec(label="How", ask="What resolved it?", strong="612 pairs merged", needed=True)
    ] = ""


class Updated(Record):
    """An open blocker that changes hands or week."""

    id: Annotated[str, QuestionSpec(label="Id", ask="Which blocker?", strong="B1", needed=True)] = ""
    holder: Annotated[str | None, QuestionSpec(label="New holder", ask="Who takes it?", kind="person")] = None
    due_week: Annotated[int | None, QuestionSpec(label="New due week", ask="By which week now?")] = None
    why: Annotated[
        str, QuestionSpec(label="Why", ask="Why does it change?", strong="Tunde is on leave", needed=True)
    ] = ""


class MetricReading(Record):
    """A reading of the success metric over some days; both ends are counted."""

    value: Annotated[float, QuestionSpec(label="Value", ask="What does it read?", strong="61.0", needed=True)]
    from_: Annotated[
        date,
        Field(alias="from"),
        QuestionSpec(
            label="From",
            ask="From which day?",
            why="From the day it went live on, it is a result.",
            needed=True,
        ),
    ]
    to: Annotated[date, QuestionSpec(label="To", ask="Up to which day?", needed=True)]


class Ready(Record):
    """A production promise that was kept."""

    item: Annotated[
        PromiseItem, QuestionSpec(label="Promise", ask="Which of the twelve?", strong="runbook", needed=True)
    ]
    proof: Annotated[
        str, QuestionSpec(label="Proof", ask="What shows it?", strong="runbook entry 25 March", needed=True)
    ] = ""
    by: Annotated[str, QuestionSpec(label="Shown by", ask="Who showed it?", kind="person", needed=True)] = ""


class CheckIn(File):
    """One entry a week, never edited: what was wrong is put right by a correction, or reopened later."""

    week: Annotated[
        int,
        QuestionSpec(
            label="Week", ask="Which week of the sprint?", why="It follows from the day.", needed=True
        ),
    ]
    on: Annotated[date, QuestionSpec(label="Day", ask="On which day?", needed=True)]
    by: Annotated[
        str,
        QuestionSpec(
            label="Written down by",
            ask="Who writes it down?",
            strong="Hollis Entwhite",
            kind="person",
            needed=True,
        ),
    ] = ""
    accepted: Annotated[
        list[Accepted],
        QuestionSpec(label="Accepted", ask="Which milestones were shown, to whom, with which proof?"),
    ] = items()
    reopened: Annotated[
        list[Reopened],
        QuestionSpec(label="Reopened", ask="Which accepted milestone turned out not to be done?"),
    ] = items()
    opened: Annotated[list[Opened], QuestionSpec(label="Blockers opened", ask="What came in the way?")] = (
        items()
    )
    closed: Annotated[
        list[Closed], QuestionSpec(label="Blockers closed", ask="What is out of the way, and how?")
    ] = items()
    updated: Annotated[
        list[Updated], QuestionSpec(label="Blockers changed", ask="Which open blocker changes hands or week?")
    ] = items()
    metric: Annotated[
        MetricReading | None,
        QuestionSpec(label="Metric", ask="What does the success metric read, over which days?"),
    ] = None
    guardrails: Annotated[
        dict[str, float], QuestionSpec(label="Guardrails", ask="What does each guardrail read?")
    ] = Field(default_factory=dict)
    votes: Annotated[
        list[Annotated[int, WithJsonSchema({"type": "integer", "minimum": 1, "maximum": 5})]],
        QuestionSpec(
            label="Votes",
            ask="Each member, shown at once, 1 to 5: will it be live and accepted by the deadline?",
            why="Never a forecast, only a reason to ask why.",
            strong="[4, 4, 3, 4]",
            needed=True,
        ),
    ] = items()
    decisions: Annotated[
        list[str],
        QuestionSpec(
            label="Decisions", ask="What was decided, with a name where it matters?", strong="use cut 1"
        ),
    ] = items()
    note: Annotated[
        str | None, QuestionSpec(label="Note", ask="What else should be remembered?", kind="prose")
    ] = None
    lesson: Annotated[str | None, QuestionSpec(label="Lesson", ask="What was learnt?", kind="prose")] = None
    ready: Annotated[
        list[Ready], QuestionSpec(label="Promises kept", ask="Which production promises were kept?")
    ] = items()
