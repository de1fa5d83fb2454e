"""How a decision came: made by the person, approved by e-mail, or recorded on somebody's word.

Only the first is called signed. The three are different in what they prove, and no text may blur that.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Final, Literal, get_args

from sprintkit.records.signature import Signature

Level = Literal["own", "mail", "recorded"]
SshState = Literal["verified", "absent", "failed"]
LEVELS: Final[tuple[Level, ...]] = get_args(Level)

LEVEL_NAMES: Final[dict[Level, str]] = {
    "own": "signed",
    "mail": "approved by e-mail",
    "recorded": "recorded",
}
"""The level in a few words, for lists."""

_RECEIVED: Final = {"email": "by e-mail", "paper": "on paper", "meeting": "in a meeting"}
_MAIL_PROOF: Final = re.compile(r"sha256:[0-9a-f]{64} (?:<[^<>\s]+>|-) (?P<sender>[^\s;]+)")
_ADDRESS: Final = re.compile(r"[^\s<>,;:\"()\[\]\\]+@[^\s<>,;:\"()\[\]\\]+")


def mail_proof_text(sha256: str, message_id: str, sender: str, note: str) -> str:
    """The `proof` of an approval by e-mail; `note` says why it is only recorded, and is empty if it is not."""
    proof = f"sha256:{sha256} {message_id or '-'} {sender}"
    return f"{proof}; {note}" if note else proof


def level_of(signature: Signature, contact: str | None) -> Level:
    """The level of a decision; `contact` is the person's in the text that it is about."""
    if signature.received == "own":
        return "own"
    proof = _MAIL_PROOF.fullmatch(signature.proof or "") if signature.received == "email" else None
    address = _ADDRESS.search(contact or "")
    if proof is not None and address is not None and proof["sender"].casefold() == address[0].casefold():
        return "mail"
    return "recorded"


def describe_level(
    signature: Signature,
    level: Level,
    recorder: str,
    format_date: Callable[[date], str],
    *,
    ssh: SshState = "absent",
) -> str:
    """How the decision came, in the words of every screen, document and message.

    `recorder` is the name of whoever recorded it. `signed` stands beside an own approval and nowhere else.
    """
    verb = "approved" if signature.decision == "approve" else "rejected"
    if level == "own":
        how = {
            "verified": "with own key",
            "absent": "name typed",
            "failed": "name typed; its SSH signature is not verified",
        }[ssh]
        return f"{'signed' if verb == 'approved' else verb}, {how}"
    if level == "mail":
        proof = _MAIL_PROOF.fullmatch(signature.proof or "")
        sender = proof["sender"] if proof else signature.proof
        return f"{verb} by e-mail of {format_date(signature.on)} from {sender}, recorded by {recorder}"
    return f"{verb} {_RECEIVED[signature.received]}, as recorded by {recorder}"
