"""The closed lists of answers, and the label shown for each choice."""

from __future__ import annotations

from typing import Final, Literal

from sprintkit.text.dates import WEEKDAY_NAMES
from sprintkit.text.labels import HEALTH_STYLES

Depth = Literal["lean", "full"]
Direction = Literal["increase", "decrease"]
Cadence = Literal["weekly", "monthly"]
Mode = Literal["automatic", "assisted", "human"]
GuardrailKind = Literal["displacement", "quality", "customer", "cost"]
Access = Literal["granted", "requested", "none"]
Refresh = Literal["realtime", "hourly", "daily", "weekly", "manual"]
Sample = Literal["live", "curated"]
DefectKind = Literal[
    "null",
    "duplicate",
    "placeholder",
    "mixed_unit",
    "mixed_date_format",
    "stale",
    "ambiguous_meaning",
    "conflicting_source",
]
PersonalData = Literal["none", "ordinary", "special"]
DeliverableKind = Literal[
    "working_system", "report", "roadmap", "pilot", "prototype", "model", "dashboard", "other"
]
Environment = Literal["production", "staging", "sandbox"]
OnDeadlineMissed = Literal["stop_and_decide", "extend"]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
Category = Literal["data", "process", "ownership", "metric", "last_mile", "build", "live", "handover"]
PromiseItem = Literal[
    "live_inputs",
    "bad_data",
    "error_handling",
    "alerting",
    "fallback_drill",
    "many_users",
    "output_monitoring",
    "versioning",
    "feedback_loop",
    "runbook",
    "rollback",
    "access_control",
]

WEEKDAYS: Final[tuple[Weekday, ...]] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
STANDARD_DEFECTS: Final[tuple[DefectKind, ...]] = (
    "null",
    "duplicate",
    "placeholder",
    "mixed_unit",
    "mixed_date_format",
    "stale",
    "ambiguous_meaning",
)
"""The kinds to look for in every source. The eighth, `conflicting_source`, is optional."""

CHECK_BY_DEFECT: Final[dict[str, str]] = {
    "null": "not_null_pct",
    "duplicate": "unique_pct",
    "placeholder": "no_placeholder_pct",
    "mixed_unit": "one_unit_pct",
    "mixed_date_format": "one_format_pct",
    "stale": "fresh_pct",
    "ambiguous_meaning": "agreed_meaning_pct",
    "conflicting_source": "match_pct",
}
"""The data check that measures each kind of defect. A check is the share of rows that pass, 0 to 100."""
DATA_CHECKS: Final[tuple[str, ...]] = (*CHECK_BY_DEFECT.values(), "in_range_pct", "in_set_pct")
ON_FAIL: Final[tuple[str, ...]] = ("hold", "default", "human", "reject")

PARTIES: Final[dict[str, str]] = {
    "sponsor": "approves the budget and can stop it",
    "owner": "takes on the duties",
    "process": "agrees to the rules as settled",
    "data": "provides the fields of a data source",
    "tool": "gives it a place in the users' tool",
    "builder": "builds the deliverable by the deadline",
}
"""What each party commits to by signing. A charter may name other parties, in any words."""


class PromiseTemplate:
    """One of the twelve production promises: what is enough for a trial, and what production requires."""

    __slots__ = ("ask", "item", "production", "proof", "title", "trial")

    def __init__(
        self, item: PromiseItem, title: str, trial: str, production: str, ask: str, proof: str
    ) -> None:
        self.item, self.title, self.trial = item, title, trial
        self.production, self.ask, self.proof = production, ask, proof


PROMISES: Final[tuple[PromiseTemplate, ...]] = (
    PromiseTemplate("live_inputs", "Live inputs", "batches", "inputs as they arrive",
        "What feeds it, minute by minute?", "feed log of one live day"),
    PromiseTemplate("bad_data", "Bad data", "curated file", "whatever the sources send",
        "What does it do with garbage?", "test with the known defects"),
    PromiseTemplate("error_handling", "Error handling", "stops in a notebook", "catches, records, goes on",
        "What happens to the one case that breaks?", "fault test"),
    PromiseTemplate("alerting", "Alerting", "somebody notices", "a named person is told",
        "Who is told, how fast?", "test alert, time stamped"),
    PromiseTemplate("fallback_drill", "Fallback drill", "none needed", "work goes on without it",
        "Have we switched it off at noon?", "drill log"),
    PromiseTemplate("many_users", "Many users", "one who knows its limits", "all users, on an ordinary day",
        "Who has not been trained?", "full-headcount day"),
    PromiseTemplate("output_monitoring", "Output monitoring", "looked at by the builder", "good output is measured",
        "How do you know today's output is good?", "weekly sample sheet"),
    PromiseTemplate("versioning", "Versioning", "last file wins", "model, prompt and rules have versions",
        "Which version decided this case?", "release tag on a case"),
    PromiseTemplate("feedback_loop", "Feedback loop", "builder fixes it",
        "a wrong call comes back into the next change",
        "Where does a 'no, wrong' go?", "list of corrections, read"),
    PromiseTemplate("runbook", "Runbook", "in one head", "somebody else can run and repair it",
        "Who, not the builder, has used it?", "dated runbook entry"),
    PromiseTemplate("rollback", "Rollback", "not needed", "back to before in minutes",
        "How do we undo yesterday's change?", "rollback test"),
    PromiseTemplate("access_control", "Access control", "shared login", "roles",
        "Who can change it, who only see it?", "role list"),
)  # fmt: skip

CHOICE_LABELS: Final[dict[str, str]] = {
    "working_system": "working system",
    "stop_and_decide": "stop and decide",
    "last_mile": "last mile",
    "mixed_unit": "mixed units",
    "mixed_date_format": "mixed date formats",
    "ambiguous_meaning": "ambiguous meaning",
    "conflicting_source": "conflicting sources",
    "null": "empty (null)",
    "realtime": "real time",
    **dict(zip(WEEKDAYS, WEEKDAY_NAMES, strict=True)),
    "not_null_pct": "not empty",
    "unique_pct": "unique",
    "no_placeholder_pct": "no placeholder",
    "one_unit_pct": "one unit",
    "one_format_pct": "one format",
    "fresh_pct": "fresh",
    "agreed_meaning_pct": "agreed meaning",
    "match_pct": "matches the other system",
    "in_range_pct": "in range",
    "in_set_pct": "in the agreed set",
    **{health: style.label for health, style in HEALTH_STYLES.items() if health},
}


def choice_label(choice: str) -> str:
    """The label of a choice; any other text is returned unchanged."""
    if choice in CHOICE_LABELS:
        return CHOICE_LABELS[choice]
    for promise in PROMISES:
        if promise.item == choice:
            return promise.title
    return choice
