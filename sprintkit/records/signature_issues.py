"""Validates complete signatures without loading a model, so that the fast path of `verify` applies the same rules."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sprintkit.charter.blank import is_blank
from sprintkit.records.issues import IssueCollector
from sprintkit.text.composing import fold_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from sprintkit.records.signature import Signature


def add_signature_issues(
    issues: IssueCollector,
    signature: Signature,
    parties: Sequence[tuple[str, str]],
    digests: Collection[str] | None = None,
) -> None:
    """Report all problems of a signature except missing values; the arguments are those of `validate_signature`."""
    if issues.charter and issues.require_person("person", signature.person):
        _require_party(issues, signature, parties)
        name = issues.charter.people[signature.person].name or ""
        if not is_blank(signature.name) and fold_name(signature.name) != fold_name(name):
            message = f"is '{signature.name}', but {signature.person} is {name}."
            issues.add("name", "name", message, "Type the full name exactly as the charter has it.")
    is_digest = not is_blank(signature.digest) and issues.require_digest("digest", signature.digest)
    if is_digest and digests is not None and signature.digest not in digests:
        message = f"is {signature.digest[:12]}…, which is not the digest of what is to be signed."
        issues.add("digest", "digest", message, "Read it again: it has changed since.")
    if signature.decision == "reject" and is_blank(signature.comment):
        issues.add("comment", "missing", "is missing: why is it rejected?")
    if signature.received != "own":
        if is_blank(signature.proof):
            message = f"is missing: where is what was received ({signature.received})?"
            issues.add("proof", "missing", message)
        if is_blank(signature.recorded_by):
            issues.add("recorded_by", "missing", "is missing: who wrote it down for them?")
    issues.require_person("recorded_by", signature.recorded_by)


def _require_party(issues: IssueCollector, signature: Signature, parties: Sequence[tuple[str, str]]) -> None:
    """Record a problem if the person does not sign for that party."""
    if is_blank(signature.party) or (signature.party, signature.person) in parties:
        return
    own_parties = [party for party, person in parties if person == signature.person]
    party_signers = [person for party, person in parties if party == signature.party]
    if own_parties:
        message = f"is '{signature.party}', but {signature.person} signs for {', '.join(own_parties)}."
        issues.add("party", "party", message)
    elif party_signers:
        message = f"is '{signature.party}', for which {', '.join(party_signers)} signs."
        issues.add("party", "party", message)
    else:
        message = f"is '{signature.person}', who is not a signatory of this charter."
        hint = f"Signatories: {', '.join(person for _party, person in parties)}."
        issues.add("person", "party", message, hint)
