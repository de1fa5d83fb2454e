"""One week's check-in: what was accepted, what is in the way, what the metric reads, how the team votes.

It has no field for a percentage or a colour, because both are computed.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final, Literal, get_args

from pydantic import Field, WithJsonSchema

from sprintkit.charter.choices import PromiseItem
from sprintkit.charter.questions import QuestionSpec
from sprintkit.records.base import FileRecord, Record, optional_list

BlockerCategory = Literal["data", "process", "ownership", "metric", "last_mile", "other"]
BLOCKER_CATEGORIES: Final[tuple[BlockerCategory, ...]] = get_args(BlockerCategory)
VOTE_RANGE: Final = range(1, 6)


class AcceptedMilestone(Record):
    """A milestone that was shown. It counts if it has evidence and its verifier, or the owner's deputy, accepts it."""

    id: Annotated[
        str, QuestionSpec(label="Milestone", prompt="Which milestone?", strong="M1", is_required=True)
    ] = ""
    evidence: Annotated[
        str,
        QuestionSpec(
            label="Proof shown",
            prompt="What was shown, and where can it be found?",
            why="Without it an acceptance is an opinion, and does not count.",
            strong="replay sheet, 29 of 30",
            weak="looks good",
            is_required=True,
        ),
    ] = ""
    by: Annotated[
        str,
        QuestionSpec(
            label="Accepted by",
            prompt="Who accepted it?",
            strong="Suvi Rautakerr",
            kind="person",
            is_required=True,
        ),
    ] = ""
    live_since: Annotated[
        date | None,
        QuestionSpec(
            label="Live since", prompt="Since which day is it live?", why="Readings from then on are results."
        ),
    ] = None
    instead_of: Annotated[
        str | None,
        QuestionSpec(
            label="Instead of", prompt="For which verifier does the deputy stand in?", kind="person"
        ),
    ] = None
    reason: Annotated[
        str | None,
        QuestionSpec(label="Reason", prompt="Why does the deputy stand in?", strong="on leave until Monday"),
    ] = None


class ReopenedMilestone(Record):
    """A milestone whose acceptance is taken back."""

    id: Annotated[
        str, QuestionSpec(label="Milestone", prompt="Which milestone?", strong="M3", is_required=True)
    ] = ""
    why: Annotated[
        str,
        QuestionSpec(
            label="Why",
            prompt="What showed that it is not done?",
            strong="checks failed on Monday",
            is_required=True,
        ),
    ] = ""


class OpenedBlocker(Record):
    """A blocker that came up."""

    id: Annotated[
        str,
        QuestionSpec(
            label="Id", prompt="A short id, not used before?", strong="B1", kind="slug", is_required=True
        ),
    ] = ""
    category: Annotated[
        BlockerCategory,
        QuestionSpec(
            label="Category", prompt="Which kind of blocker is it?", strong="data", is_required=True
        ),
    ]
    title: Annotated[
        str,
        QuestionSpec(
            label="Blocker",
            prompt="What is in the way?",
            strong="duplicate accounts are 9%, not 6%",
            is_required=True,
        ),
    ] = ""
    holder: Annotated[
        str,
        QuestionSpec(
            label="Holder",
            prompt="Who will resolve it?",
            strong="Tunde Okonfield",
            kind="person",
            is_required=True,
        ),
    ] = ""
    due_week: Annotated[
        int, QuestionSpec(label="Due in week", prompt="By which week?", strong="3", is_required=True)
    ]
    stops: Annotated[
        list[str],
        QuestionSpec(
            label="Stops", prompt="Which milestones does it stop?", strong='["M3"]', is_required=True
        ),
    ] = optional_list()


class ClosedBlocker(Record):
    """A blocker that was resolved."""

    id: Annotated[str, QuestionSpec(label="Id", prompt="Which blocker?", strong="B1", is_required=True)] = ""
    how: Annotated[
        str,
        QuestionSpec(label="How", prompt="What resolved it?", strong="612 pairs merged", is_required=True),
    ] = ""


class UpdatedBlocker(Record):
    """A new holder or due week for an open blocker."""

    id: Annotated[str, QuestionSpec(label="Id", prompt="Which blocker?", strong="B1", is_required=True)] = ""
    holder: Annotated[
        str | None, QuestionSpec(label="New holder", prompt="Who takes it over?", kind="person")
    ] = None
    due_week: Annotated[int | None, QuestionSpec(label="New due week", prompt="By which week now?")] = None
    why: Annotated[
        str,
        QuestionSpec(label="Why", prompt="Why does it change?", strong="Tunde is on leave", is_required=True),
    ] = ""


class MilestoneSlip(Record):
    """A milestone that is expected later than planned. Its due week stays, and no figure is computed from it."""

    id: Annotated[
        str, QuestionSpec(label="Milestone", prompt="Which milestone?", strong="M4", is_required=True)
    ] = ""
    expected_week: Annotated[
        int,
        QuestionSpec(
            label="Expected in week",
            prompt="In which week is it expected now?",
            why="The plan stays as it is; page and documents show both weeks.",
            strong="5",
            is_required=True,
        ),
    ]
    why: Annotated[
        str,
        QuestionSpec(
            label="Why", prompt="Why later?", strong="the vendor delivers on Tuesday", is_required=True
        ),
    ] = ""


class MetricReading(Record):
    """A reading of the success metric over some days; the first and the last day count."""

    value: Annotated[
        float, QuestionSpec(label="Value", prompt="What does it read?", strong="61.0", is_required=True)
    ]
    from_: Annotated[
        date,
        Field(alias="from"),
        QuestionSpec(
            label="From",
            prompt="On which day does the reading start?",
            why="A reading that starts after going live is a result.",
            is_required=True,
        ),
    ]
    to: Annotated[date, QuestionSpec(label="To", prompt="On which day does it end?", is_required=True)]
    recipe_digest: Annotated[str | None, Field(title="Digest of the recipe that measured it")] = None
    """Written when a reading is taken over from the recipe, never asked for; so is the next one."""
    file_digest: Annotated[str | None, Field(title="SHA-256 of the extract it was read from")] = None


class FulfilledPromise(Record):
    """A production promise that was kept."""

    item: Annotated[
        PromiseItem,
        QuestionSpec(label="Promise", prompt="Which of the twelve?", strong="runbook", is_required=True),
    ]
    proof: Annotated[
        str,
        QuestionSpec(
            label="Proof", prompt="What shows it?", strong="runbook entry 25 March", is_required=True
        ),
    ] = ""
    by: Annotated[
        str, QuestionSpec(label="Shown by", prompt="Who showed it?", kind="person", is_required=True)
    ] = ""


class CheckIn(FileRecord):
    """One entry a week. It is never edited: an error is corrected by a correction, or a milestone reopened later."""

    week: Annotated[
        int,
        QuestionSpec(
            label="Week", prompt="Which week of the sprint?", why="It follows from the day.", is_required=True
        ),
    ]
    on: Annotated[date, QuestionSpec(label="Day", prompt="On which day?", is_required=True)]
    by: Annotated[
        str,
        QuestionSpec(
            label="Written down by",
            prompt="Who writes it down?",
            strong="Hollis Entwhite",
            kind="person",
            is_required=True,
        ),
    ] = ""
    accepted: Annotated[
        list[AcceptedMilestone],
        QuestionSpec(label="Accepted", prompt="Which milestones were shown, to whom, with which proof?"),
    ] = optional_list()
    reopened: Annotated[
        list[ReopenedMilestone],
        QuestionSpec(label="Reopened", prompt="Which accepted milestone turned out not to be done?"),
    ] = optional_list()
    opened: Annotated[
        list[OpenedBlocker], QuestionSpec(label="Blockers opened", prompt="Which blockers came up?")
    ] = optional_list()
    closed: Annotated[
        list[ClosedBlocker],
        QuestionSpec(label="Blockers closed", prompt="Which blockers were resolved, and how?"),
    ] = optional_list()
    updated: Annotated[
        list[UpdatedBlocker],
        QuestionSpec(label="Blockers changed", prompt="Which open blocker has a new holder or due week?"),
    ] = optional_list()
    slips: Annotated[
        list[MilestoneSlip],
        QuestionSpec(
            label="Milestones that slip",
            prompt="Which milestone is expected later than planned, in which week, and why?",
        ),
    ] = optional_list()
    metric: Annotated[
        MetricReading | None,
        QuestionSpec(label="Metric", prompt="What does the success metric read, over which days?"),
    ] = None
    guardrails: Annotated[
        dict[str, float], QuestionSpec(label="Guardrails", prompt="What does each guardrail read?")
    ] = Field(default_factory=dict)
    votes: Annotated[
        list[Annotated[int, WithJsonSchema({"type": "integer", "minimum": 1, "maximum": 5})]],
        QuestionSpec(
            label="Votes",
            prompt="Each member, shown at once, 1 to 5: will it be live and accepted by the deadline?",
            why="Never a forecast, only a reason to ask why.",
            strong="[4, 4, 3, 4]",
            is_required=True,
        ),
    ] = optional_list()
    decisions: Annotated[
        list[str],
        QuestionSpec(
            label="Decisions", prompt="What was decided, with a name where it matters?", strong="use cut 1"
        ),
    ] = optional_list()
    note: Annotated[
        str | None, QuestionSpec(label="Note", prompt="What else should be remembered?", kind="prose")
    ] = None
    lesson: Annotated[str | None, QuestionSpec(label="Lesson", prompt="What was learnt?", kind="prose")] = (
        None
    )
    ready: Annotated[
        list[FulfilledPromise],
        QuestionSpec(label="Promises kept", prompt="Which production promises were kept?"),
    ] = optional_list()
