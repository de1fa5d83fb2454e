"""An amendment: a signed change to a signed charter."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from sprintkit.charter.questions import QuestionSpec
from sprintkit.records.base import FileRecord, Record, optional_list

AmendmentKind = Literal["scope", "person", "data", "integration", "metric", "plan", "budget", "editorial"]


class Change(Record):
    """One value of the charter: what it was, and what it becomes. Absent means there is none."""

    path: Annotated[
        str,
        QuestionSpec(
            label="Where",
            prompt="Which value, as a path?",
            strong="plan.milestones.M1.weight",
            is_required=True,
        ),
    ] = ""
    old: Annotated[Any, QuestionSpec(label="Was", prompt="What is it now?")] = None
    new: Annotated[Any, QuestionSpec(label="Becomes", prompt="What does it become?")] = None


class Amendment(FileRecord):
    """A request to change the charter, what it costs, and what was decided about it."""

    id: Annotated[
        str, QuestionSpec(label="Id", prompt="A short id?", strong="A1", kind="slug", is_required=True)
    ] = ""
    requested_by: Annotated[
        str, QuestionSpec(label="Requested by", prompt="Who asks for it?", kind="person", is_required=True)
    ] = ""
    requested_on: Annotated[
        date, QuestionSpec(label="Requested on", prompt="On which day?", is_required=True)
    ]
    kind: Annotated[
        AmendmentKind,
        QuestionSpec(
            label="Kind",
            prompt="What does it change?",
            why="Editorial is for wording alone: no number, choice, person or day changes.",
            is_required=True,
        ),
    ]
    reason: Annotated[
        str, QuestionSpec(label="Reason", prompt="Why is it needed?", kind="prose", is_required=True)
    ] = ""
    because_of: Annotated[
        str | None, QuestionSpec(label="Because of", prompt="Which blocker is behind it?", strong="B2")
    ] = None
    changes: Annotated[
        list[Change],
        QuestionSpec(label="Changes", prompt="What changes, from what to what?", is_required=True),
    ] = optional_list()
    gives_up: Annotated[
        list[str],
        QuestionSpec(
            label="Gives up",
            prompt="What is given up for it?",
            strong='["terms extract for export agreements"]',
        ),
    ]
    gains: Annotated[
        list[str],
        QuestionSpec(label="Gains", prompt="What is added?", why="Nothing is added unless something goes."),
    ]
    deadline_change_days: Annotated[
        int,
        QuestionSpec(
            label="Deadline moves by", prompt="By how many days does the deadline move? 0: it does not."
        ),
    ]
    cost_change: Annotated[
        float, QuestionSpec(label="Cost changes by", prompt="By how much does the cost change?")
    ]
    effect_on_metric: Annotated[
        str | None,
        QuestionSpec(label="Effect on the metric", prompt="What does it do to the metric?", kind="prose"),
    ] = None
    decision: Annotated[
        Literal["approve", "reject", "postpone", "merge"] | None,
        QuestionSpec(
            label="Decision",
            prompt="Approved, rejected, postponed, or merged into another?",
            why="Left out while it is proposed: then the signatures decide.",
        ),
    ] = None
    withdrawn_by: Annotated[
        str | None,
        QuestionSpec(label="Withdrawn by", prompt="Who took it back before it was signed?", kind="person"),
    ] = None
    withdrawn_on: Annotated[
        date | None, QuestionSpec(label="Withdrawn on", prompt="On which day was it taken back?")
    ] = None
    from_week: Annotated[
        int, QuestionSpec(label="From week", prompt="From which week does it count?", is_required=True)
    ]
    digest_before: Annotated[
        str | None,
        QuestionSpec(label="Digest before", prompt="Digest of what is in force before it? 64 hex digits."),
    ] = None
    digest_after: Annotated[
        str | None, QuestionSpec(label="Digest after", prompt="Digest of the charter with it? 64 hex digits.")
    ] = None
    signed_by: Annotated[
        list[str],
        QuestionSpec(
            label="Signed by", prompt="Who signed it, where it was signed elsewhere?", kind="person"
        ),
    ] = optional_list()
    signed_on: Annotated[
        date | None, QuestionSpec(label="Signed on", prompt="On which day did the last of them sign?")
    ] = None


def outcome_words(amendment: Amendment) -> str:
    """The outcome of an amendment that never counts, worded to follow `is`; empty for any other."""
    if amendment.withdrawn_on is not None:
        return "withdrawn"
    words = {"reject": "rejected", "postpone": "postponed", "merge": "merged into another"}
    return words.get(amendment.decision or "", "")
