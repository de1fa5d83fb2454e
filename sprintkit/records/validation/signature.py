"""What a signature is refused for."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from sprintkit.charter.blank import is_blank
from sprintkit.charter.model import Charter
from sprintkit.charter.people import fold_name
from sprintkit.errors import Problem
from sprintkit.records.signatories import signatories
from sprintkit.records.signature import Signature
from sprintkit.records.validation.issues import IssueCollector

_DIGEST = re.compile(r"[0-9a-f]{64}")


def validate_signature(
    signature: Signature,
    charter: Charter,
    *,
    digests: Collection[str] | None = None,
    parties: Sequence[tuple[str, str]] | None = None,
) -> list[Problem]:
    """Everything a signature is refused for.

    `digests` are those of what may be signed, where that is known; `parties` are party and person of everybody
    who may sign, where that is not the charter's own signatories (an amendment may need others).
    """
    telling = IssueCollector(signature, charter)
    if telling.person("person", signature.person):
        _party(telling, signature, signatories(charter) if parties is None else parties)
        name = charter.people[signature.person].name or ""
        if not is_blank(signature.name) and fold_name(signature.name) != fold_name(name):
            told = f"is '{signature.name}', but {signature.person} is {name}."
            telling.tell("name", "name", told, "Type the full name as it stands in the charter.")
    if not _DIGEST.fullmatch(signature.digest):
        if not is_blank(signature.digest):
            telling.tell("digest", "digest", "must be all 64 hex digits, in lower case.")
    elif digests is not None and signature.digest not in digests:
        told = f"is {signature.digest[:12]}…, which is not the digest of what is to be signed."
        telling.tell("digest", "digest", told, "Read it again: it was changed since.")
    if signature.decision == "reject" and is_blank(signature.comment):
        telling.tell("comment", "missing", "is missing: why is it rejected?")
    if signature.received != "own":
        if is_blank(signature.proof):
            told = f"is missing: where is what was received ({signature.received})?"
            telling.tell("proof", "missing", told)
        if is_blank(signature.recorded_by):
            telling.tell("recorded_by", "missing", "is missing: who wrote it down for them?")
    telling.person("recorded_by", signature.recorded_by)
    return telling.problems


def _party(telling: IssueCollector, signature: Signature, pairs: Sequence[tuple[str, str]]) -> None:
    """Whether the person signs for that party."""
    if is_blank(signature.party):
        return
    if (signature.party, signature.person) in pairs:
        return
    mine = [party for party, person in pairs if person == signature.person]
    signers = [person for party, person in pairs if party == signature.party]
    if mine:
        told = f"is '{signature.party}', but {signature.person} signs for {', '.join(mine)}."
        telling.tell("party", "party", told)
    elif signers:
        told = f"is '{signature.party}', for which {', '.join(signers)} signs."
        telling.tell("party", "party", told)
    else:
        told = f"is '{signature.person}', who is no signatory of this charter."
        telling.tell(
            "person", "party", told, f"Signatories: {', '.join(person for _party, person in pairs)}."
        )
