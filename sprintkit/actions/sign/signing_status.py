"""The status of a sprint's signing: who approved what and how, who has yet to sign, and what made approvals stale."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sprintkit.actions.amendment_states import AmendmentState, list_amendments, list_refused_amendments
from sprintkit.actions.compare.changes import describe_changes
from sprintkit.actions.load_sprint import Sprint
from sprintkit.actions.sign.roster import RosterEntry, list_entries
from sprintkit.actions.sign.texts import SignableText, charter_text, text_before
from sprintkit.records.amendment import Amendment
from sprintkit.records.base import StoredRecord
from sprintkit.records.in_force import apply_amendment
from sprintkit.signoff.ssh import AllowedSigners
from sprintkit.text.escaping import one_line


class AmendmentStatus(NamedTuple):
    """An amendment, and the status of its signing."""

    id: str
    path: str
    reason: str
    changes: tuple[str, ...]
    """A sentence for each change; empty if not requested, or if it was written for another text."""
    from_week: int
    state: AmendmentState
    waiting: tuple[str, ...]
    """Names of those who have not approved it; empty unless it is proposed."""
    since: date
    """The day on which it was proposed."""
    problem: str
    """Why it does not count although it is signed; empty otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningStatus:
    """The status of the signing of a charter and of its amendments."""

    entries: tuple[RosterEntry, ...]
    """Everybody who signs the charter, in its order."""
    stale_changes: tuple[str, ...]
    """A sentence for each difference between the text of the latest stale approval and the charter."""
    amendments: tuple[AmendmentStatus, ...]
    """In the order of their files."""


class WaitingPerson(NamedTuple):
    """A person whose decision others wait for."""

    name: str
    since: date
    is_rejection: bool
    """Whether they rejected the text on that day, so that the others wait for another text."""


def signing_status(sprint: Sprint, today: date, allowed: AllowedSigners | None = None) -> SigningStatus:
    """The status of a sprint's signing on a day; empty without a charter.

    `allowed` are the allowed signers; with None, SSH signatures are not checked.
    """
    if sprint.document is None:
        return SigningStatus(entries=(), stale_changes=(), amendments=())
    text = charter_text(sprint, today)
    entries = list_entries(sprint, text, today, allowed)
    return SigningStatus(
        entries=entries,
        stale_changes=_stale_changes(sprint, text, entries),
        amendments=amendment_statuses(sprint, today, with_changes=True),
    )


def list_waiting(sprint: Sprint, today: date) -> list[WaitingPerson]:
    """The people whose decision others wait for, the longest first: others have decided, or proposed an amendment.

    As long as nobody has decided about a charter, it waits for nobody in particular.
    """
    if sprint.document is None or not (sprint.signatures or sprint.amendments):
        return []
    text = charter_text(sprint, today)
    waiting = [
        WaitingPerson(entry.name, entry.since, entry.state == "rejected")
        for entry in list_entries(sprint, text, today)
        if entry.state != "approved" and entry.since is not None
    ]
    for amendment in amendment_statuses(sprint, today):
        waiting += [WaitingPerson(name, amendment.since, False) for name in amendment.waiting]
    return sorted(dict.fromkeys(waiting), key=lambda entry: entry.since)


def amendment_statuses(
    sprint: Sprint, today: date, *, with_changes: bool = False
) -> tuple[AmendmentStatus, ...]:
    """Every amendment up to a day, with the status of its signing, and its changes if `with_changes`."""
    stored_by_path = {stored.path: stored for stored in sprint.records_of(Amendment)}
    if not stored_by_path:
        return ()
    refused = {entry["path"]: entry["reasons"] for entry in list_refused_amendments(sprint, today)}
    people = sprint.current_charter.people
    statuses = []
    for entry in list_amendments(sprint, today):
        stored = stored_by_path[entry["path"]]
        record = stored.record
        names = [people[key].name if key in people else None for key in entry["waiting"]]
        status = AmendmentStatus(
            id=entry["id"],
            path=entry["path"],
            reason=record.reason,
            changes=_changes_of(sprint, stored) if with_changes else (),
            from_week=entry["from_week"],
            state=entry["state"],
            waiting=tuple(name or key for name, key in zip(names, entry["waiting"], strict=True)),
            since=record.requested_on,
            problem="; ".join(refused.get(entry["path"], ())),
        )
        statuses.append(status)
    return tuple(statuses)


def _changes_of(sprint: Sprint, stored: StoredRecord[Amendment]) -> tuple[str, ...]:
    before = text_before(sprint, stored)
    after, mismatches = apply_amendment(before, stored.record)
    return () if mismatches else tuple(change.sentence for change in describe_changes(before, after))


def _stale_changes(sprint: Sprint, text: SignableText, entries: tuple[RosterEntry, ...]) -> tuple[str, ...]:
    stale = {(entry.party, entry.person) for entry in entries if entry.state == "stale"}
    approvals = [
        stored.record
        for stored in sprint.signatures
        if (stored.record.party, stored.record.person) in stale
        and stored.record.decision == "approve"
        and stored.record.digest != text.digest
        and stored.record.digest in sprint.texts
    ]
    if not approvals:
        return ()
    latest = max(approvals, key=lambda approval: approval.at)
    changes = describe_changes(sprint.texts[latest.digest], text.document)
    return tuple(one_line(change.sentence) for change in changes)
