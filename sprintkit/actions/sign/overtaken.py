"""Finds the agreed amendments that another amendment makes stale once everybody has approved it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from sprintkit.actions.load_sprint import Sprint
from sprintkit.actions.sign.texts import SignableText, versions_in_force
from sprintkit.records.in_force import judge_amendments
from sprintkit.records.parsing import parse_record
from sprintkit.records.signature import Signature


def overtaking_notes(sprint: Sprint, text: SignableText, day: date, at: datetime) -> list[str]:
    """Notes for those who approve the amendment of `text`: which others it makes stale, or why it will never count.

    Empty for the charter in force, and for a text that everybody has approved.
    """
    if text.amendment is None or text.is_complete or sprint.document is None:
        return []
    own, counting = text.amendment.record, versions_in_force(sprint, day)
    _, refused = judge_amendments(
        sprint.document,
        sprint.amendments,
        signatures=[*(stored.record for stored in sprint.signatures), *_missing_approvals(text, day, at)],
        checkins=sprint.entries(),
        on=day,
        digest_of=sprint.digest_of,
    )
    notes = []
    for entry in refused:
        if entry.amendment is own:
            notes.append(f"Amendment {own.id} will not count, whoever approves it: {entry.reasons[0]}")
        elif any(version.amendment is entry.amendment for version in counting):
            other = entry.amendment.id
            notes.append(
                f"Everybody approved amendment {other}, which starts from the same text: once {own.id} is approved by "
                f"all, {other} is stale and no longer counts. Write {other} again, on top of {own.id}."
            )
    return notes


def _missing_approvals(text: SignableText, day: date, at: datetime) -> Iterator[Signature]:
    """The approvals that would complete a text, as if they were all given now."""
    moment = max([at, *(signature.at for signature in text.signatures)]) + timedelta(seconds=1)
    approved = text.approved
    for party, person in text.required:
        if (party, person) in approved:
            continue
        values = {"decision": "approve", "received": "own", "name": text.name_of(person)}
        yield parse_record(
            Signature,
            {**values, "party": party, "person": person, "on": day, "at": moment, "digest": text.digest},
        )
