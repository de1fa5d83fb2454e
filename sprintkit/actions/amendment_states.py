"""Determines the state of each amendment: proposed, signed, in force, rejected or stale, and who has yet to sign."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Literal, TypedDict

from sprintkit.actions.load_sprint import Sprint
from sprintkit.records.amendment import Amendment
from sprintkit.records.amendment_signatures import signatures_about
from sprintkit.records.base import StoredRecord
from sprintkit.records.in_force import Version, apply_amendment, stale_reasons_of
from sprintkit.records.signatories import required_people
from sprintkit.text.numbers import natural_order

AmendmentState = Literal["proposed", "signed", "in_force", "rejected", "stale"]


class AmendmentData(TypedDict):
    """An amendment in `status`."""

    id: str
    path: str
    state: AmendmentState
    """`signed` is fully signed but not in force yet. A signed amendment that breaks a limit is `rejected`."""
    from_week: int
    waiting: list[str]
    """Keys of the people who have yet to sign a proposed amendment."""


class RefusedAmendmentData(TypedDict):
    """A signed amendment that does not count."""

    id: str
    path: str
    reasons: list[str]


def list_amendments(sprint: Sprint, today: date) -> list[AmendmentData]:
    """The amendments up to a day, in the order of their files; none without a charter.

    An amendment dates from the day it was signed elsewhere, or else from the day it was requested. Those in force are
    listed whatever their day.
    """
    versions, refused = sprint.judged_amendments(today)
    counting = {id(version.amendment): version for version in versions if version.amendment}
    refused_by_path = {entry.path: entry for entry in refused}
    week = sprint.week_of(today)
    amendments: list[AmendmentData] = []
    for stored in sorted(sprint.amendments, key=lambda stored: natural_order(stored.path)):
        amendment = stored.record
        is_later = (amendment.signed_on or amendment.requested_on) > today
        if not versions or (is_later and id(amendment) not in counting):
            continue
        state: AmendmentState
        waiting: list[str] = []
        if id(amendment) in counting:
            state = "in_force" if week is None or amendment.from_week <= week else "signed"
        elif stored.path in refused_by_path:
            state = "stale" if refused_by_path[stored.path].is_stale else "rejected"
        elif _is_decided_against(amendment, today):
            state = "rejected"
        else:
            state, waiting = _state_of_unsigned(sprint, stored, versions, today)
        amendments.append(
            {
                "id": amendment.id,
                "path": stored.path,
                "state": state,
                "from_week": amendment.from_week,
                "waiting": waiting,
            }
        )
    return amendments


def list_refused_amendments(sprint: Sprint, today: date) -> list[RefusedAmendmentData]:
    """The signed amendments that do not count, as known on a day."""
    _, refused = sprint.judged_amendments(today)
    return [
        {"id": entry.amendment.id, "path": entry.path, "reasons": list(entry.reasons)} for entry in refused
    ]


def _is_decided_against(amendment: Amendment, today: date) -> bool:
    """Whether it is rejected or withdrawn by a day; until it is withdrawn, an amendment counts as proposed."""
    is_withdrawn_later = amendment.withdrawn_on is not None and amendment.withdrawn_on > today
    return amendment.decision not in ("approve", None) and not is_withdrawn_later


def _state_of_unsigned(
    sprint: Sprint, stored: StoredRecord[Amendment], versions: Sequence[Version], today: date
) -> tuple[AmendmentState, list[str]]:
    """The state of an amendment that is not fully signed, and who has yet to sign it."""
    amendment = stored.record
    latest_version = [
        version
        for version in versions
        if version.amendment is None or version.from_week <= amendment.from_week
    ][-1]
    before: Any = latest_version.document
    after, mismatches = apply_amendment(before, amendment)
    if stale_reasons_of(amendment, before, mismatches, sprint.digest_of):
        return "stale", []
    people = required_people(amendment, before, after)
    if amendment.signed_by:
        return "proposed", [person for person in people if person not in amendment.signed_by]
    known = [signature.record for signature in sprint.signatures if signature.record.on <= today]
    about_it = signatures_about(amendment, known, latest_version.settled)
    latest = {
        signature.person: signature.decision
        for signature in sorted(about_it, key=lambda signature: signature.at)
        if signature.person in people
    }
    if "reject" in latest.values():
        return "rejected", []
    return "proposed", [person for person in people if person not in latest]
