"""What a signature is refused for."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache

from sprintkit.charter.blank import is_blank
from sprintkit.charter.model import Charter
from sprintkit.charter.parsing import parse_lenient
from sprintkit.charter.people import fold_name
from sprintkit.errors import Problem
from sprintkit.records.in_force import apply_amendment, charter_in_force
from sprintkit.records.kinds import SIGNATURE
from sprintkit.records.record_set import RecordIssues, RecordSet, RuleCheck
from sprintkit.records.signatories import signatories, signers
from sprintkit.records.signature import Signature
from sprintkit.records.validation.issues import IssueCollector


def signature_issues(records: RecordSet, check: RuleCheck | None = None) -> RecordIssues:
    """Validate the signatures of a sprint. One for an amendment is held to the people whom that needs."""

    @cache
    def charter_of(digest: str) -> Charter:
        text = records.texts.get(digest)
        is_charter = text is None or text is records.document
        return records.reading.charter if is_charter else parse_lenient(text or {}).charter

    signatures, entries = [stored.record for stored in records.signatures], records.entries()
    for stored in records.signatures:
        signature = stored.record
        charter, parties = charter_of(signature.digest), None
        for amendment in (stored.record for stored in records.amendments):
            if amendment.digest_after == signature.digest:
                earlier = [
                    other for other in records.amendments if other.record.from_week < amendment.from_week
                ]
                before = charter_in_force(
                    records.document or {}, earlier, signatures=signatures, checkins=entries
                )
                after = apply_amendment(before, amendment)[0]
                parties = signers(amendment, before, after)
                charter = parse_lenient(after).charter
        problems = validate_signature(signature, charter, parties=parties)
        match = SIGNATURE.match_path(stored.path)
        if match and not signature.digest.startswith(match[1]):
            message = f"digest is {signature.digest[:12]}…, but the file lies in the folder {match[1]}."
            problems.append(Problem("file_name", message, None, "Move the file."))
        yield stored.path, problems


def validate_signature(
    signature: Signature,
    charter: Charter,
    *,
    digests: Collection[str] | None = None,
    parties: Sequence[tuple[str, str]] | None = None,
) -> list[Problem]:
    """Everything a signature is refused for.

    `digests` are those of the contents that may be signed; None accepts any. `parties` are party and person of
    everybody who may sign; None takes the charter's own signatories, but an amendment may need others.
    """
    issues = IssueCollector(signature, charter)
    if issues.require_person("person", signature.person):
        _require_party(issues, signature, signatories(charter) if parties is None else parties)
        name = charter.people[signature.person].name or ""
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
    return issues.problems


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
