"""Words and figures that several texts use; loads nothing."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

HEALTH = {"on_track": "on track", "at_risk": "at risk", "off_track": "off track", None: "no data yet"}
SIGN = {"on_track": "+", "at_risk": "!", "off_track": "x", None: "?"}
TONE = {"on_track": "good", "at_risk": "warn", "off_track": "bad", None: "dim"}
REASON = {
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
"""Every reason in a word or two, with what it is about."""
STATE = {"partly_signed": "partly signed"}


def health(word: "str | None") -> str:
    """Health as people read it."""
    return HEALTH[word]


def state(word: str) -> str:
    """A state as people read it."""
    return STATE.get(word, word)


def points(number: "Any") -> str:
    """Points or weeks as people read them: whole where they are; a dash where there are none."""
    return "-" if number is None else f"{number:g}"
