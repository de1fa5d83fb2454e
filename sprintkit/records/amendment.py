"""An amendment: a signed change to a signed charter."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from sprintkit.charter.questions import QuestionSpec
from sprintkit.records.base import File, Record, items

AmendmentKind = Literal["scope", "person", "data", "integration", "metric", "plan", "budget", "editorial"]


class Change(Record):
    """One value of the charter: what it was, and what it becomes. Absent means there is none."""

    path: Annotated[
        str,
        QuestionSpec(
            label="Where", ask="Which value, as a path?", strong="plan.milestones.M1.weight", needed=True
        ),
    ] = ""
    old: Annotated[Any, QuestionSpec(label="Was", ask="What is it now?")] = None
    new: Annotated[Any, QuestionSpec(label="Becomes", ask="What does it become?")] = None


class Amendment(File):
    """A request to change the charter, what it costs, and what was decided about it."""

    id: Annotated[str, QuestionSpec(label="Id", ask="A short id?", strong="A1", kind="slug", needed=True)] = (
        ""
    )
    requested_by: Annotated[
        str, QuestionSpec(label="Requested by", ask="Who asks for it?", kind="person", needed=True)
    ] = ""
    requested_on: Annotated[date, QuestionSpec(label="Requested on", ask="On which day?", needed=True)]
    kind: Annotated[
        AmendmentKind,
        QuestionSpec(
            label="Kind",
            ask="What does it change?",
            why="Editorial is for wording alone: no number, choice, person or day changes.",
            needed=True,
        ),
    ]
    reason: Annotated[
        str, QuestionSpec(label="Reason", ask="Why is it needed?", kind="prose", needed=True)
    ] = ""
    because_of: Annotated[
        str | None, QuestionSpec(label="Because of", ask="Which blocker is behind it?", strong="B2")
    ] = None
    changes: Annotated[
        list[Change], QuestionSpec(label="Changes", ask="What changes, from what to what?", needed=True)
    ] = items()
    gives_up: Annotated[
        list[str],
        QuestionSpec(
            label="Gives up", ask="What is given up for it?", strong='["terms extract for export agreements"]'
        ),
    ]
    gains: Annotated[
        list[str],
        QuestionSpec(label="Gains", ask="What is added?", why="Nothing is added unless something goes."),
    ]
    deadline_change_days: Annotated[
        int,
        QuestionSpec(
            label="Deadline moves by", ask="By how many days does the deadline move? 0: it does not."
        ),
    ]
    cost_change: Annotated[
        float, QuestionSpec(label="Cost changes by", ask="By how much does the cost change?")
    ]
    effect_on_metric: Annotated[
        str | None,
        QuestionSpec(label="Effect on the metric", ask="What does it do to the metric?", kind="prose"),
    ] = None
    decision: Annotated[
        Literal["approve", "reject", "postpone", "merge"],
        QuestionSpec(
            label="Decision", ask="Approved, rejected, postponed, or merged into another?", needed=True
        ),
    ]
    from_week: Annotated[
        int, QuestionSpec(label="From week", ask="From which week does it count?", needed=True)
    ]
    digest_before: Annotated[
        str | None,
        QuestionSpec(label="Digest before", ask="Digest of what is in force before it? 64 hex digits."),
    ] = None
    digest_after: Annotated[
        str | None, QuestionSpec(label="Digest after", ask="Digest of the charter with it? 64 hex digits.")
    ] = None
    signed_by: Annotated[
        list[str],
        QuestionSpec(label="Signed by", ask="Who signed it, where it was signed elsewhere?", kind="person"),
    ] = items()
    signed_on: Annotated[
        date | None, QuestionSpec(label="Signed on", ask="On which day did the last of them sign?")
    ] = None
