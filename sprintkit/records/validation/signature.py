"""Validates signatures."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache

from sprintkit.charter.model import Charter
from sprintkit.charter.parsing import parse_lenient
from sprintkit.errors import Problem
from sprintkit.records.in_force import apply_amendment, charter_in_force
from sprintkit.records.issues import IssueCollector
from sprintkit.records.kinds import SIGNATURE
from sprintkit.records.record_set import RecordIssues, RecordSet, RuleCheck
from sprintkit.records.signatories import signatories, signers
from sprintkit.records.signature import Signature
from sprintkit.records.signature_issues import add_signature_issues


def signature_issues(records: RecordSet, check: RuleCheck | None = None) -> RecordIssues:
    """Validate the signatures of a sprint.

    A signature for an amendment must be of a person who has to sign it, or, once it is in force, of a signatory of the
    charter.
    """

    @cache
    def charter_of(digest: str) -> Charter:
        text = records.texts.get(digest)
        is_charter = text is None or text is records.document
        return records.reading.charter if is_charter else parse_lenient(text or {}).charter

    in_force = _digests_in_force(records)
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
                if signature.digest in in_force:
                    parties = list(dict.fromkeys([*parties, *signatories(charter)]))
        problems = validate_signature(signature, charter, parties=parties)
        match = SIGNATURE.match_path(stored.path)
        if match and not signature.digest.startswith(match[1]):
            message = f"digest is {signature.digest[:12]}…, but the file lies in the folder {match[1]}."
            problems.append(Problem("file_name", message, None, "Move the file."))
        yield stored.path, problems


def _digests_in_force(records: RecordSet) -> set[str]:
    """The digests of the charter and of its versions after each amendment, which the charter's signatories sign."""
    if records.document is None or records.digest_of is None or not records.amendments:
        return set()
    return {records.digest_of(version.document) for version in records.judged_amendments()[0]}


def validate_signature(
    signature: Signature,
    charter: Charter,
    *,
    digests: Collection[str] | None = None,
    parties: Sequence[tuple[str, str]] | None = None,
) -> list[Problem]:
    """All problems of a signature.

    `digests` are those of the contents that may be signed; None accepts any. `parties` are party and person of everybody
    who may sign; None stands for the charter's own signatories, but an amendment may need others.
    """
    issues = IssueCollector(signature, charter)
    add_signature_issues(issues, signature, signatories(charter) if parties is None else parties, digests)
    return issues.problems
