"""The state of a sprint. It follows from the files and the day, and is never stored."""

from __future__ import annotations

from typing import Literal, NamedTuple

State = Literal[
    "scoping", "broken", "chartered", "partly_signed", "signed", "running", "due", "operating", "stopped"
]


class StateFacts(NamedTuple):
    """The facts that the state on a day follows from. Records dated after the day do not count."""

    is_broken: bool = False
    """A file of the sprint cannot be read."""
    has_charter: bool = False
    verdict: Literal["operate", "stop"] | None = None
    """The closing's verdict; None if there is no closing."""
    is_over: bool = False
    """The day is after the deadline."""
    has_started: bool = False
    has_checkin: bool = False
    signed: int = 0
    """Signatories who approved what is in force."""
    required: int = 0
    """All signatories."""


def derive_state(facts: StateFacts) -> State:
    """The state of a sprint: the first that applies."""
    if facts.is_broken:
        return "broken"
    if not facts.has_charter:
        return "scoping"
    if facts.verdict is not None:
        return "stopped" if facts.verdict == "stop" else "operating"
    if facts.is_over:
        return "due"
    if facts.has_started or facts.has_checkin:
        return "running"
    if facts.required and facts.signed >= facts.required:
        return "signed"
    return "partly_signed" if facts.signed else "chartered"
