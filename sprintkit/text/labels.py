"""Labels, symbols and tones of health, states and reasons.

The labels of a charter's choices are beside the choices, in `sprintkit.charter.choices`.
"""

from __future__ import annotations


class StatusStyle:
    """How a health or a state is shown. Symbol, label and tone each tell it apart without the others."""

    __slots__ = ("label", "symbol", "tone")

    def __init__(self, symbol: str, label: str, tone: str) -> None:
        self.symbol = symbol
        """One cell wide."""
        self.label = label
        self.tone = tone
        """good, warn, bad, accent, plain or dim; each front end has a colour for it."""


HEALTH_STYLES: dict[str | None, StatusStyle] = {
    "on_track": StatusStyle("●", "on track", "good"),
    "at_risk": StatusStyle("▲", "at risk", "warn"),
    "off_track": StatusStyle("■", "off track", "bad"),
    None: StatusStyle("○", "no data yet", "dim"),
}
HEALTH_ASCII_SYMBOLS: dict[str | None, str] = {"on_track": "+", "at_risk": "!", "off_track": "x", None: "?"}
"""Symbols for plain text, for terminals that may lack the others."""
HEALTH_MEANINGS: dict[str | None, str] = {
    "on_track": "lands in time at the pace so far",
    "at_risk": "lands in time only if something changes",
    "off_track": "cannot land in time as it is: cut, or stop",
    None: "no check-in yet, and none is due: no data is not “on track”",
}

STATE_STYLES = {
    "broken": StatusStyle("✗", "broken", "bad"),
    "scoping": StatusStyle("◌", "scoping", "accent"),
    "chartered": StatusStyle("◇", "chartered", "accent"),
    "partly_signed": StatusStyle("◈", "some approved", "accent"),
    "signed": StatusStyle("◆", "all approved", "accent"),
    "running": StatusStyle("○", "running", "plain"),
    "due": StatusStyle("◆", "due", "warn"),
    "operating": StatusStyle("✓", "operating", "good"),
    "stopped": StatusStyle("□", "stopped", "dim"),
}
"""Every state, in the order in which a list sorts them."""

REASON_PHRASES = {
    "H1": "over a week late",
    "H2": "the end has come",
    "H3": "no check-in for two weeks",
    "H4": "{} long overdue",
    "H5": "{} open, about ownership",
    "H6": "{} outside twice",
    "S1": "late at this pace",
    "S2": "check-in missing",
    "S3": "{} overdue",
    "S4": "{} open in the second half",
    "S5": "{} outside",
    "S6": "low votes",
    "S7": "metric not read",
    "S8": "past the stop line",
}
"""Each reason for a health in a few words; `{}` takes the blocker or guardrail it is about."""

METRIC_STATE_PHRASES = {
    "reached": "the target is reached",
    "between": "between stop line and target",
    "past": "past the stop line",
    "not_measured": "not measured",
}
"""Where the metric is in relation to the agreed lines."""


def health_label(health: str | None) -> str:
    """`at risk` for `at_risk`; `no data yet` for None."""
    return HEALTH_STYLES[health].label


def state_label(state: str) -> str:
    """`some approved` for `partly_signed`: an approval that was received is never called signed."""
    return STATE_STYLES[state].label


def status_style(state: str, health: str | None) -> StatusStyle:
    """The style of a sprint in a list: that of its health while it is running, else that of its state."""
    return HEALTH_STYLES[health] if state == "running" else STATE_STYLES[state]
