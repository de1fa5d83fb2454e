"""The words of a proof that the command line and the screen share."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from sprintkit.actions.sign.verify import SignatureData, VerifyData


def describe_outcome(proof: VerifyData) -> str:
    """Whether everybody approves the text, and whether everything else is in order."""
    if not proof["complete"]:
        return "not complete"
    return "everybody approves it" if proof["proved"] else "everybody approves it, but not all is in order"


def describe_doubt(entry: SignatureData) -> str:
    """Why a decision that is not valid does not count."""
    if entry["amendment"] is None:
        return f"of another text, {entry['digest'][:12]}: it does not count"
    if entry["amendment_state"] == "stale":
        return "stale: it was written for another text, and does not count"
    if entry["amendment_state"] == "rejected":
        return "rejected: it does not count"
    return "not in force yet"
