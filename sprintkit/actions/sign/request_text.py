"""What a mail that asks for a signature says, in plain sentences that read well on a telephone.

An amendment has no document of its own: the charter as it is goes with the mail, which lists every change.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from sprintkit.actions.sign.amendment_summary import AmendmentSummary, amendment_facts
from sprintkit.actions.sign.roster import RosterEntry, SignRoster
from sprintkit.signoff.reply import answer_sentence
from sprintkit.signoff.reply_quotes import REQUEST_OPENING
from sprintkit.text.dates import format_date, format_full_date
from sprintkit.text.escaping import one_line

DAYS_TO_ANSWER: Final = timedelta(days=7)
_ONE_DAY: Final = timedelta(days=1)
_ASKED_FIRST: Final = ("owner", "sponsor", "process")
"""Parties whose people answer questions, in this order."""
_MAX_TO_ASK: Final = 2
_SILENT: Final = "the charter does not say"


def answer_by(start: date | None, today: date) -> date:
    """The day by which an answer is asked for.

    It is within a week, before the sprint starts if that is still ahead, and not on a weekend, if possible.
    """
    day = min(today, date.max - DAYS_TO_ANSWER) + DAYS_TO_ANSWER
    if start is not None and start > today:
        day = min(day, start - _ONE_DAY)
    last_friday = day - _ONE_DAY * max(0, day.weekday() - 4)
    return last_friday if last_friday > today else day


def request_subject(roster: SignRoster) -> str:
    """The subject of a request."""
    about = "" if roster.amendment is None else f"amendment {one_line(roster.amendment)} to "
    return f"Your approval is needed: {about}{one_line(roster.summary.title)}"


def request_text(
    roster: SignRoster, entries: Sequence[RosterEntry], today: date, amendment: AmendmentSummary | None = None
) -> str:
    """The text for one person, who signs for the parties of `entries`; `amendment` is the one that is asked about."""
    return "".join(f"{line}\n" for line in _lines(roster, entries, today, amendment))


def _lines(
    roster: SignRoster, entries: Sequence[RosterEntry], today: date, amendment: AmendmentSummary | None
) -> Iterator[str]:
    name, summary = one_line(entries[0].name), roster.summary
    yield REQUEST_OPENING
    yield ""
    yield f"Dear {name},"
    yield ""
    if amendment is None:
        day = format_full_date(answer_by(summary.start, today))
        yield f"please read the attached charter and answer by {day}."
        yield ""
        yield one_line(summary.title)
        yield ""
        yield f"The number: {one_line(summary.metric or _SILENT)}"
        yield f"Stop line: {_stop_line(summary.stop_line)}"
        yield f"Cost: {one_line(summary.cost or _SILENT)}"
        yield f"Deadline: {_SILENT if summary.deadline is None else format_date(summary.deadline)}"
    else:
        day = format_full_date(answer_by(amendment.starts_on, today))
        yield (
            f"please read what amendment {one_line(amendment.id)} changes and answer by {day}. "
            "The charter as it is now is attached."
        )
        yield ""
        yield one_line(summary.title)
        yield ""
        yield from _amendment_lines(amendment)
    yield ""
    yield "What your approval means:"
    for entry in entries:
        yield f"- {name} {one_line(entry.commitment)} ({one_line(entry.party)})."
    yield ""
    yield "To approve, answer this mail with this sentence:"
    yield ""
    yield answer_sentence(roster.digest)
    yield ""
    text = (
        "exactly the attached text"
        if amendment is None
        else "the attached charter with exactly these changes"
    )
    yield (
        f"The characters at its end stand for {text}, so please leave them as they are. If you do not "
        "approve, or want something changed, write what and why: an approval with a condition does not count."
    )
    yield ""
    yield from _people_to_ask(roster, entries[0].person)


def _amendment_lines(amendment: AmendmentSummary) -> Iterator[str]:
    yield "What changes:"
    for sentence in amendment.changes:
        yield f"- {one_line(sentence)}"
    yield ""
    for label, fact in amendment_facts(amendment):
        yield f"{label}: {one_line(fact)}"


def _stop_line(stop_line: str | None) -> str:
    return _SILENT if stop_line is None else f"it is switched off past {one_line(stop_line)}"


def _people_to_ask(roster: SignRoster, recipient: str) -> Iterator[str]:
    ranked = sorted(
        (entry for entry in roster.entries if entry.party in _ASKED_FIRST and entry.person != recipient),
        key=lambda entry: _ASKED_FIRST.index(entry.party),
    )
    people = {entry.person: entry for entry in reversed(ranked)}
    chosen = [people[person] for person in dict.fromkeys(entry.person for entry in ranked)][:_MAX_TO_ASK]
    if not chosen:
        yield "If you have questions, ask whoever sent you this mail."
        return
    yield "If you have questions, ask:"
    for entry in chosen:
        details = ", ".join(one_line(detail) for detail in (entry.role, entry.contact) if detail)
        yield f"- {one_line(entry.name)}{f', {details}' if details else ''}"
