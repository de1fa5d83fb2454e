"""A monthly review: a month of operating after the closing."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from sprintkit.charter.questions import QuestionSpec
from sprintkit.records.base import FileRecord, optional_list


class Review(FileRecord):
    """One month, read aloud by the metric's reader."""

    month: Annotated[
        str, QuestionSpec(label="Month", prompt="Which month?", strong="2026-04", is_required=True)
    ] = ""
    metric: Annotated[
        float, QuestionSpec(label="Metric", prompt="What does the metric read?", is_required=True)
    ]
    guardrails: Annotated[
        dict[str, float], QuestionSpec(label="Guardrails", prompt="What does each guardrail read?")
    ] = Field()
    cases: Annotated[
        int, QuestionSpec(label="Cases", prompt="How many cases went through it?", is_required=True)
    ]
    automatic_share_pct: Annotated[
        float,
        QuestionSpec(
            label="Automatic share in %",
            prompt="Which share of cases ran without a person?",
            is_required=True,
        ),
    ]
    overrides_pct: Annotated[
        float,
        QuestionSpec(
            label="Overrides in %", prompt="Which share of results did people overrule?", is_required=True
        ),
    ]
    users_active: Annotated[
        int, QuestionSpec(label="Active users", prompt="How many used it?", is_required=True)
    ]
    held_open: Annotated[
        int, QuestionSpec(label="Held cases", prompt="How many held cases are open?", is_required=True)
    ]
    held_oldest_days: Annotated[
        int,
        QuestionSpec(
            label="Oldest held case in days", prompt="How old is the oldest of them?", is_required=True
        ),
    ]
    checks_failed: Annotated[
        int, QuestionSpec(label="Data checks failed", prompt="How many data checks failed?", is_required=True)
    ]
    incidents: Annotated[
        int, QuestionSpec(label="Incidents", prompt="How many incidents were there?", is_required=True)
    ]
    versions: Annotated[
        list[str], QuestionSpec(label="Versions", prompt="Which versions went live?", strong='["1.4"]')
    ] = optional_list()
    cost_actual: Annotated[
        float, QuestionSpec(label="Actual cost", prompt="What did the month cost?", is_required=True)
    ]
    decision: Annotated[
        Literal["continue", "adjust", "retrain", "stop"],
        QuestionSpec(label="Decision", prompt="Continue, adjust, retrain, or stop?", is_required=True),
    ]
    decided_by: Annotated[
        str, QuestionSpec(label="Decided by", prompt="Who decides?", kind="person", is_required=True)
    ] = ""
    note: Annotated[
        str | None, QuestionSpec(label="Note", prompt="What else should be remembered?", kind="prose")
    ] = None
