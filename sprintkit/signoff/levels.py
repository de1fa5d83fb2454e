"""The level of a decision: made here by the person, approved by e-mail, or recorded on somebody's word.

Only the first is called signed. The levels differ in what they prove, and no text may blur that.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Final, Literal, NamedTuple, get_args

from sprintkit.signoff.mail_address import mail_address

TYPE_CHECKING = False
if TYPE_CHECKING:
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

PHRASES: Final = {
    "level_own_verified": "signed, with own key",
    "level_own_absent": "signed, name typed",
    "level_own_failed": "name typed; its SSH signature is not verified",
    "level_own_reject": "rejected, name typed",
    "level_mail": "approved by e-mail of {day} from {sender}, recorded by {by}",
    "level_email": "approved by e-mail, as recorded by {by}",
    "level_paper": "approved on paper, as recorded by {by}",
    "level_meeting": "approved in a meeting, as recorded by {by}",
    "level_email_reject": "rejected by e-mail, as recorded by {by}",
    "level_paper_reject": "rejected on paper, as recorded by {by}",
    "level_meeting_reject": "rejected in a meeting, as recorded by {by}",
}
"""The words for each level. `words.json` repeats them, for houses that reword or translate them."""

_SLOT: Final = re.compile(r"\{(day|sender|by)\}")
_MAIL_PROOF: Final = re.compile(r"sha256:[0-9a-f]{64} (?:<[^<>\s]+>|-) (?P<sender>[^\s;]+)")


def mail_proof_text(sha256: str, message_id: str, sender: str, note: str) -> str:
    """The `proof` of an approval by e-mail; `note` says why it is only recorded, or is empty."""
    proof = f"sha256:{sha256} {message_id or '-'} {sender}"
    return f"{proof}; {note}" if note else proof


def level_of(signature: Signature, contact: str | None) -> Level:
    """The level of a decision; `contact` is that of the person in the charter that was decided about."""
    if signature.received == "own":
        return "own"
    proof = _MAIL_PROOF.fullmatch(signature.proof or "") if signature.received == "email" else None
    address = mail_address(contact)
    if proof is not None and address is not None and proof["sender"].casefold() == address:
        return "mail"
    return "recorded"


class LevelPhrase(NamedTuple):
    """How a decision was given, as a phrase with the slots `{day}`, `{sender}` and `{by}`."""

    key: str
    """Key of the phrase in `PHRASES`."""
    sender: str
    """The address of an e-mail; empty for anything else."""


def level_phrase(
    *, decision: str, received: str, proof: str, level: Level, ssh: SshState = "absent"
) -> LevelPhrase:
    """The phrase for how a decision was given, chosen by its record, its level and its SSH check.

    Only an own approval is called `signed`.
    """
    is_rejection = decision == "reject"
    if level == "own":
        return LevelPhrase("level_own_reject" if is_rejection else f"level_own_{ssh}", "")
    if is_rejection:
        return LevelPhrase(f"level_{received}_reject", "")
    mail = _MAIL_PROOF.fullmatch(proof) if level == "mail" else None
    return LevelPhrase(f"level_{received}", "") if mail is None else LevelPhrase("level_mail", mail["sender"])


def describe_level(
    signature: Signature,
    level: Level,
    recorder: str,
    format_date: Callable[[date], str],
    *,
    ssh: SshState = "absent",
) -> str:
    """How a decision was given, in the words of every screen, document and message.

    `recorder` is the name of the person who recorded it.
    """
    key, sender = level_phrase(
        decision=signature.decision,
        received=signature.received,
        proof=signature.proof or "",
        level=level,
        ssh=ssh,
    )
    slots = {"day": format_date(signature.on), "sender": sender, "by": recorder}
    return _SLOT.sub(lambda match: slots[match[1]], PHRASES[key])
