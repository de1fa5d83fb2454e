"""A monthly review: a month of operating after the closing."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from sprintkit.charter.questions import QuestionSpec
from sprintkit.records.base import File, items


class Review(File):
    """One month, read aloud by the metric's reader."""

    month: Annotated[str, QuestionSpec(label="Month", ask="Which month?", strong="2026-04", needed=True)] = ""
    metric: Annotated[float, QuestionSpec(label="Metric", ask="What does the metric read?", needed=True)]
    guardrails: Annotated[
        dict[str, float], QuestionSpec(label="Guardrails", ask="What does each guardrail read?")
    ] = Field()
    cases: Annotated[int, QuestionSpec(label="Cases", ask="How many cases went through it?", needed=True)]
    automatic_share_pct: Annotated[
        float,
        QuestionSpec(label="Automatic share in %", ask="Which share ran without a person?", needed=True),
    ]
    overrides_pct: Annotated[
        float, QuestionSpec(label="Overrides in %", ask="Which share did people overrule?", needed=True)
    ]
    users_active: Annotated[int, QuestionSpec(label="Active users", ask="How many used it?", needed=True)]
    held_open: Annotated[
        int, QuestionSpec(label="Held cases", ask="How many held cases are open?", needed=True)
    ]
    held_oldest_days: Annotated[
        int, QuestionSpec(label="Oldest held case in days", ask="How old is the oldest of them?", needed=True)
    ]
    checks_failed: Annotated[
        int, QuestionSpec(label="Data checks failed", ask="How many data checks failed?", needed=True)
    ]
    incidents: Annotated[
        int, QuestionSpec(label="Incidents", ask="How many incidents were there?", needed=True)
    ]
    versions: Annotated[
        list[str], QuestionSpec(label="Versions", ask="Which versions went live?", strong='["1.4"]')
    ] = items()
    cost_actual: Annotated[
        float, QuestionSpec(label="Actual cost", ask="What did the month cost?", needed=True)
    ]
    decision: Annotated[
        Literal["continue", "adjust", "retrain", "stop"],
        QuestionSpec(label="Decision", ask="Continue, adjust, retrain, or stop?", needed=True),
    ]
    decided_by: Annotated[
        str, QuestionSpec(label="Decided by", ask="Who decides?", kind="person", needed=True)
    ] = ""
    note: Annotated[
        str | None, QuestionSpec(label="Note", ask="What else should be remembered?", kind="prose")
    ] = None
