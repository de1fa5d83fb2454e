"""Who has signed the charter, and who has not."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from sprintkit.actions.load_sprint import Sprint
from sprintkit.records.signatories import signatories
from sprintkit.records.signature import Signature


class SignatureCounts(NamedTuple):
    """The signatures of a sprint, counted."""

    required: int
    """Pairs of party and person who must sign."""
    given: int
    """Those of them who approved exactly this content."""
    stale: int
    """Approvals of a content that no longer exists."""


def count_signatures(sprint: Sprint, today: date) -> SignatureCounts:
    """The signatures on a day. One counts for the content it was given for, not for the charter after a change."""
    if sprint.document is None:
        return SignatureCounts(0, 0, 0)
    required = signatories(sprint.reading.charter)
    approvals = _approvals(sprint, today)
    if not approvals:
        return SignatureCounts(len(required), 0, 0)
    digest = sprint.digest
    valid = valid_digests(sprint, digest)
    approved_by = {(approval.party, approval.person) for approval in approvals if approval.digest == digest}
    return SignatureCounts(
        len(required),
        sum(signatory in approved_by for signatory in required),
        sum(approval.digest not in valid for approval in approvals),
    )


def missing_signatories(sprint: Sprint, today: date) -> list[str]:
    """Keys of the people who must sign the charter and had not by a day, each once."""
    digest = sprint.digest
    approved_by = {
        (approval.party, approval.person)
        for approval in _approvals(sprint, today)
        if approval.digest == digest
    }
    required = signatories(sprint.reading.charter)
    return list(dict.fromkeys(person for party, person in required if (party, person) not in approved_by))


def _approvals(sprint: Sprint, today: date) -> list[Signature]:
    signatures = [stored.record for stored in sprint.signatures]
    return [
        signature for signature in signatures if signature.on <= today and signature.decision == "approve"
    ]


def valid_digests(sprint: Sprint, digest: str) -> set[str]:
    """Digests that a signature may have: the charter's, and those that approved amendments lead to."""
    after_amendments = {
        stored.record.digest_after for stored in sprint.amendments if stored.record.decision == "approve"
    }
    return {digest, *filter(None, after_amendments)}
