"""Compares a new decision with the person's earlier ones: it must say more, and is dated after them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sprintkit.actions.load_sprint import Sprint
from sprintkit.actions.sign.texts import SignableText
from sprintkit.errors import RefusedError
from sprintkit.records.signature import Signature
from sprintkit.text.dates import format_date

_ONE_SECOND = timedelta(seconds=1)


def is_repeated(text: SignableText, record: Signature, *, has_key: bool) -> bool:
    """Whether the standing decision already says as much. An own decision says more than a recorded one, a key more than
    a name."""
    before = text.decisions.get((record.party, record.person))
    if before is None or before.decision != record.decision:
        return False
    if text.is_complete:
        return True
    if has_key and before.ssh is None:
        return False
    return before.received == record.received or before.received == "own"


def date_after_earlier(sprint: Sprint, text: SignableText, records: Sequence[Signature]) -> list[Signature]:
    """The records, each dated after every earlier decision of its person, because the latest `at` counts.

    Raises RefusedError if a mail was sent before the person decided otherwise, or if no time of its day is late enough.
    """
    dated_records = []
    for record in records:
        name, signatory = text.name_of(record.person), (record.party, record.person)
        standing = text.decisions.get(signatory)
        if standing is not None and standing.on > record.on and standing.decision != record.decision:
            verb = "approved" if standing.decision == "approve" else "rejected"
            raise RefusedError(
                f"{name} {verb} this text on {format_date(standing.on)}, after this mail of {format_date(record.on)}",
                code="earlier",
                hint="Record a later answer, or let them sign here.",
            )
        earlier = [
            stored.record
            for stored in sprint.signatures
            if stored.record.digest == text.digest
            and (stored.record.party, stored.record.person) == signatory
        ]
        dated_records.append(record.model_copy(update={"at": _moment_after(earlier, record.at, name)}))
    return dated_records


def _moment_after(earlier: Iterable[Signature], at: datetime, name: str) -> datetime:
    """`at`, or a second after the last of the `earlier` decisions if `at` is not later than that."""
    latest = max((decision.at for decision in earlier), default=None)
    if latest is None or latest < at:
        return at
    moment = latest.astimezone(at.tzinfo) + _ONE_SECOND
    if moment.date() != at.date():
        raise RefusedError(
            f"{name} has a later decision about this text, of {format_date(latest.date())}, so this one would not count",
            code="earlier",
            hint="Check the date of this machine, or --today.",
        )
    return moment
