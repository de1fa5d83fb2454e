"""Who has signed what is agreed."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from sprintkit.actions.sprint_records import Sprint
from sprintkit.records.signatories import signatories
from sprintkit.records.signature import Signature


class SignatureCounts(NamedTuple):
    """The signatures of a sprint, counted."""

    required: int
    """Parties and persons who must sign."""
    given: int
    """Of those, who approved exactly this content."""
    stale: int
    """Approvals of a content that stands nowhere any more."""


def signature_counts(sprint: Sprint, today: date) -> SignatureCounts:
    """Who had signed on a day. A signature counts for the charter as it is, not for one before a change."""
    if sprint.document is None:
        return SignatureCounts(0, 0, 0)
    wanted = signatories(sprint.reading.charter)
    approved = _approved(sprint, today)
    if not approved:
        return SignatureCounts(len(wanted), 0, 0)
    now = sprint.digest
    known = valid_digests(sprint, now)
    given = {(one.party, one.person) for one in approved if one.digest == now}
    return SignatureCounts(
        len(wanted),
        sum(pair in given for pair in wanted),
        sum(one.digest not in known for one in approved),
    )


def unsigned(sprint: Sprint, today: date) -> list[str]:
    """Keys of the people who must sign the charter and had not on a day, each once."""
    now = sprint.digest
    given = {(one.party, one.person) for one in _approved(sprint, today) if one.digest == now}
    return list(dict.fromkeys(pair[1] for pair in signatories(sprint.reading.charter) if pair not in given))


def _approved(sprint: Sprint, today: date) -> list[Signature]:
    dated = [filed.record for filed in sprint.signatures if filed.record.on <= today]
    return [one for one in dated if one.decision == "approve"]


def valid_digests(sprint: Sprint, now: str) -> set[str]:
    """Digests a signature may have: of the charter, and of what an approved amendment makes of it."""
    after = {filed.record.digest_after for filed in sprint.amendments if filed.record.decision == "approve"}
    return {now, *(one for one in after if one)}


def signature_facts(sprint: Sprint, now: str) -> list[dict[str, Any]]:
    """The signatures as a document shows them, each with whether it is valid."""
    known = valid_digests(sprint, now)
    return [
        {**filed.record.model_dump(by_alias=True, exclude_none=True), "valid": filed.record.digest in known}
        for filed in sprint.signatures
    ]
