"""Who has approved the charter, whose approval is missing, and what made an approval stale."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from sprintkit.actions.load_sprint import Sprint
from sprintkit.actions.sign.texts import SignableText, charter_text, versions_in_force
from sprintkit.records.decisions import Signatory
from sprintkit.records.signatories import signatories
from sprintkit.records.signature import Signature
from sprintkit.signoff.levels import LEVEL_NAMES, LEVELS, level_of

_MAX_CHANGES = 3
"""The most changes that are named as the reason why approvals are stale."""


class SignatureCounts(NamedTuple):
    """The signatures of a sprint, counted."""

    required: int
    """Pairs of party and person who must sign."""
    given: int
    """Those of them who approved exactly this content."""
    stale: int
    """Approvals of outdated content, by people who have not approved the current one."""


class SignatureSummary(NamedTuple):
    """The signatures of a sprint, summarised in words."""

    given: str
    """`3 of 7: 2 signed, 1 recorded`."""
    waiting: str
    """Names and parties of those who have yet to approve; empty if there are none, and once the sprint is closed."""
    rejected: str
    """Names and parties of those who rejected; empty if nobody did."""
    stale: str
    """Why approvals no longer count, with what changed; empty if none is stale."""


def count_signatures(sprint: Sprint, today: date) -> SignatureCounts:
    """The signatures on a day. A signature counts only for the content that was signed."""
    if sprint.document is None:
        return SignatureCounts(0, 0, 0)
    if not any(signature.decision == "approve" for signature in _decided(sprint, today)):
        return SignatureCounts(len(signatories(sprint.reading.charter)), 0, 0)
    text = charter_text(sprint, today)
    return SignatureCounts(len(text.required), len(text.approved), len(_stale_approvals(sprint, text, today)))


def missing_signatories(sprint: Sprint, today: date) -> list[str]:
    """Keys of the people who must sign the charter and had not by a day, each once."""
    return list(dict.fromkeys(person for _, person in charter_text(sprint, today).waiting))


def summarise_signatures(sprint: Sprint, today: date) -> SignatureSummary:
    """Summarise the signatures, on a day, of a sprint that has a charter."""
    text = charter_text(sprint, today)
    people = text.parsed.charter.people
    levels = [
        level_of(text.decisions[signatory], people[signatory[1]].contact if signatory[1] in people else None)
        for signatory in text.approved
    ]
    by_level = ", ".join(f"{levels.count(level)} {LEVEL_NAMES[level]}" for level in LEVELS if level in levels)
    rejecting = [
        signatory
        for signatory in text.required
        if signatory in text.decisions and text.decisions[signatory].decision == "reject"
    ]
    is_closed = sprint.closing_on(today) is not None
    waiting = [signatory for signatory in text.waiting if signatory not in rejecting and not is_closed]
    return SignatureSummary(
        given=f"{len(text.approved)} of {len(text.required)}{': ' if by_level else ''}{by_level}",
        waiting=_names(text, waiting),
        rejected=_names(text, rejecting),
        stale=_describe_stale(sprint, text, today),
    )


def _describe_stale(sprint: Sprint, text: SignableText, today: date) -> str:
    """Whose approvals are stale, and the first changes that made them so."""
    stale = _stale_approvals(sprint, text, today)
    if not stale:
        return ""
    from sprintkit.actions.compare.changes import describe_changes  # only a stale approval needs a comparison

    latest = max(stale, key=lambda approval: approval.at)
    names = ", ".join(dict.fromkeys(text.name_of(approval.person) for approval in stale))
    before = sprint.texts.get(latest.digest)
    if before is None:
        return f"{names} approved another text, {latest.digest[:12]}, of which no copy was kept"
    changes = [change.sentence for change in describe_changes(before, text.document)]
    listed = "; ".join(changes[:_MAX_CHANGES])
    more = f"; and {len(changes) - _MAX_CHANGES} more" if len(changes) > _MAX_CHANGES else ""
    return f"{names} approved the text before this change: {listed}{more}"


def _stale_approvals(sprint: Sprint, text: SignableText, today: date) -> list[Signature]:
    """Approvals of a text that is neither the charter, nor a proposed or approved change of it."""
    approvals = [signature for signature in _decided(sprint, today) if signature.decision == "approve"]
    if all(approval.digest == text.digest for approval in approvals):
        return []
    current = {
        text.digest,
        *(sprint.digest_of(version.document) for version in versions_in_force(sprint, today)),
    }
    proposed = {stored.record.digest_after for stored in sprint.amendments}
    return [
        approval
        for approval in approvals
        if approval.digest not in current | proposed
        and (approval.party, approval.person) not in text.approved
    ]


def _decided(sprint: Sprint, today: date) -> list[Signature]:
    return [stored.record for stored in sprint.signatures if stored.record.on <= today]


def _names(text: SignableText, people: list[Signatory]) -> str:
    return ", ".join(f"{text.name_of(person)} ({party})" for party, person in people)
