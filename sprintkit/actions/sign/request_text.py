"""The content of a request for a signature: the text to sign, the people who are asked, and the day to answer by."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final

from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.load_sprint import Sprint
from sprintkit.actions.sign.amendment_summary import summarise_amendment
from sprintkit.actions.sign.roster import RosterEntry, list_entries
from sprintkit.actions.sign.signing_status import amendment_statuses
from sprintkit.actions.sign.texts import SignableText, find_text
from sprintkit.documents.context.request_facts import Request, Signer

DAYS_TO_ANSWER: Final = timedelta(days=7)
_ONE_DAY: Final = timedelta(days=1)
_ASKED_FIRST: Final = ("owner", "sponsor", "process")
"""Parties whose people answer questions about the text, in this order."""
_MAX_TO_ASK: Final = 2


def answer_by(start: date | None, today: date) -> date:
    """The day to answer by: within a week, before the sprint starts, and not on a weekend, if possible."""
    day = min(today, date.max - DAYS_TO_ANSWER) + DAYS_TO_ANSWER
    if start is not None and start > today:
        day = min(day, start - _ONE_DAY)
    last_friday = day - _ONE_DAY * max(0, day.weekday() - 4)
    return last_friday if last_friday > today else day


def proposed_amendments(sprint: Sprint, today: date) -> list[str]:
    """The ids of the amendments that are proposed and not signed by all."""
    return [status.id for status in amendment_statuses(sprint, today) if status.state == "proposed"]


def make_request(
    text: SignableText, entries: Iterable[RosterEntry], asked: Sequence[RosterEntry], today: date
) -> Request:
    """The request for `asked`, some of the `entries` of everybody who signs a text."""
    summary = summarise_amendment(text)
    charter = text.parsed.charter
    recipients = {entry.person for entry in asked}
    return Request(
        document=text.document if text.before is None else text.before,
        digest=text.digest,
        amendment=summary,
        asked=[_signer(entry) for entry in asked],
        to_ask=[_signer(entry) for entry in _people_to_ask(entries, recipients)],
        answer_by=answer_by(charter.timeline.start if summary is None else summary.starts_on, today),
    )


def open_request(context: WorkspaceContext, sprint: Sprint, person: str | None = None) -> Request:
    """The request to everybody who has not answered, or to one `person` (their key) who has not approved.

    It is about the charter, or about the first proposed amendment once everybody has approved the charter.
    """
    today = context.today
    text = find_text(sprint, None, today)
    if text.is_complete and (proposed := proposed_amendments(sprint, today)):
        text = find_text(sprint, proposed[0], today)
    entries = list_entries(sprint, text, today)
    waiting = [entry for entry in entries if entry.state != "approved"]
    if person is not None:
        asked = [entry for entry in waiting if entry.person == person]
    else:
        asked = [entry for entry in waiting if entry.state != "rejected"]
    return make_request(text, entries, asked, today)


def _signer(entry: RosterEntry) -> Signer:
    return Signer(entry.person, entry.name, entry.party, entry.role or "", entry.contact or "")


def _people_to_ask(entries: Iterable[RosterEntry], recipients: set[str]) -> list[RosterEntry]:
    """The people who answer questions, each once; without the recipient, if there is only one."""
    ranked = sorted(
        (entry for entry in entries if entry.party in _ASKED_FIRST and recipients != {entry.person}),
        key=lambda entry: _ASKED_FIRST.index(entry.party),
    )
    people = {entry.person: entry for entry in reversed(ranked)}
    return [people[person] for person in dict.fromkeys(entry.person for entry in ranked)][:_MAX_TO_ASK]
