"""Lists everything that was agreed, changed and refused about a sprint, in chronological order, and by whom."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Literal, NamedTuple, TypedDict

from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.load_agreed_sprint import load_signable_sprint
from sprintkit.actions.load_sprint import Sprint
from sprintkit.actions.result import Result
from sprintkit.actions.sign.evidence import collect_evidence
from sprintkit.actions.sign.texts import versions_in_force
from sprintkit.charter.blank import is_blank
from sprintkit.progress.data_checks import describe_check
from sprintkit.records.amendment import Amendment, outcome_words
from sprintkit.records.closing import Closing
from sprintkit.records.probe import Probe
from sprintkit.records.probed_rates import sort_probes
from sprintkit.records.review import Review
from sprintkit.text.numbers import format_thousands, natural_order

LogKind = Literal[
    "settled",
    "approval",
    "rejection",
    "amendment",
    "amended",
    "decision",
    "probe",
    "correction",
    "closing",
    "review",
]


class LogEntry(TypedDict):
    """One thing that happened."""

    on: str
    """The day as an ISO date; for a review, its month."""
    kind: LogKind
    by: str | None
    """The name of the person who did it; null if the files do not say."""
    text: str
    """A sentence without its full stop."""
    path: str
    """The file that records it."""


LAST_DAYS = timedelta(days=7)
"""The last days of a month, in which its review may already be written."""


class LogData(TypedDict):
    """The `data` of `log`."""

    slug: str
    entries: list[LogEntry]
    """The earliest first."""


class _Entry(NamedTuple):
    day: str
    """The sort key of the day; for a review, after every day of its month."""
    order: int
    """The position among the entries of one day."""
    entry: LogEntry


def show_log(context: WorkspaceContext, slug: str) -> Result[LogData]:
    """The log up to today. Raises RefusedError if there is no charter, InputError if a file cannot be read."""
    sprint = load_signable_sprint(context, slug)
    names = sprint.current_charter.people

    def name_of(key: str | None) -> str | None:
        if key is None or is_blank(key):
            return None
        person = names.get(key)
        return (person.name if person else None) or key

    sources = (
        _settled,
        _charter_signatures,
        _proposals,
        _amendment_signatures,
        _amendment_outcomes,
        _decisions,
        _probes,
        _corrections,
        _closings,
        _reviews,
    )
    after_review = _stops_after_a_review(sprint)
    entries = [
        _Entry(_sort_day(entry, after_review), order + (entry["path"] in after_review) * len(sources), entry)
        for order, source in enumerate(sources)
        for entry in source(sprint, context.today, name_of)
    ]
    entries.sort(key=lambda entry: (entry.day, entry.order))
    return Result({"slug": sprint.slug, "entries": [entry.entry for entry in entries]})


def _sort_day(entry: LogEntry, after_review: set[str]) -> str:
    """The sort key of an entry's day; a review sorts after every day of its month."""
    is_behind = entry["kind"] == "review" or entry["path"] in after_review
    return f"{entry['on'][:7]}-31" if is_behind else entry["on"]


def _stops_after_a_review(sprint: Sprint) -> set[str]:
    """Paths of the closings that stop a sprint in the last days of a month whose review decided to stop."""
    deciding = {
        stored.record.month for stored in sprint.records_of(Review) if stored.record.decision == "stop"
    }
    return {
        stored.path
        for stored in sprint.records_of(Closing)
        if stored.record.verdict == "stop"
        and stored.record.on.isoformat()[:7] in deciding
        and (stored.record.on + LAST_DAYS).month != stored.record.on.month
    }


NameOf = Callable[[str | None], str | None]


def _make(on: date | str, kind: LogKind, by: str | None, text: str, path: str) -> LogEntry:
    return {
        "on": on if isinstance(on, str) else on.isoformat(),
        "kind": kind,
        "by": by,
        "text": text,
        "path": path,
    }


def _settled(sprint: Sprint, today: date, name_of: NameOf) -> Iterator[LogEntry]:
    path = sprint.files.charter.path if sprint.files.charter else ""
    for case in sprint.reading.charter.process.questions:
        if case.settled and case.settled_on and case.settled_on <= today:
            by = name_of(case.settled_by)
            yield _make(
                case.settled_on, "settled", by, f"settled {case.id or 'a case'}: {case.settled}", path
            )


def _charter_signatures(sprint: Sprint, today: date, name_of: NameOf) -> Iterator[LogEntry]:
    return _signatures(sprint, today, of_amendments=False)


def _amendment_signatures(sprint: Sprint, today: date, name_of: NameOf) -> Iterator[LogEntry]:
    return _signatures(sprint, today, of_amendments=True)


def _signatures(sprint: Sprint, today: date, *, of_amendments: bool) -> Iterator[LogEntry]:
    for entry in collect_evidence(sprint, today, None):
        if bool(entry.amendment) != of_amendments:
            continue
        record = entry.record
        what = f"the text {record.digest[:12]}"
        if entry.amendment:
            what = f"amendment {entry.amendment}"
        kind: LogKind = "approval" if record.decision == "approve" else "rejection"
        comment = f": {record.comment}" if record.comment else ""
        text = f"{what} for {record.party}: {entry.words}{comment}"
        yield _make(record.on, kind, entry.name, text, entry.path)


def _proposals(sprint: Sprint, today: date, name_of: NameOf) -> Iterator[LogEntry]:
    for stored in sprint.records_of(Amendment):
        record = stored.record
        if record.requested_on > today:
            continue
        by = name_of(record.requested_by)
        gives_up = f"; gives up {'; '.join(record.gives_up)}" if record.gives_up else ""
        text = f"proposed amendment {record.id} ({record.kind}): {record.reason}{gives_up}"
        yield _make(record.requested_on, "amendment", by, text, stored.path)


def _amendment_outcomes(sprint: Sprint, today: date, name_of: NameOf) -> Iterator[LogEntry]:
    for stored in sprint.records_of(Amendment):
        record = stored.record
        words, on = outcome_words(record), record.withdrawn_on or record.requested_on
        if on <= today and words:
            text = f"amendment {record.id} is {words}"
            yield _make(on, "amendment", name_of(record.withdrawn_by), text, stored.path)
    paths = {id(stored.record): stored.path for stored in sprint.amendments}
    for version in versions_in_force(sprint, today):
        if version.amendment is not None and version.signed_on is not None:
            people = ", ".join(name_of(person) or person for person in version.amendment.signed_by)
            recorded = f", approved elsewhere by {people}" if people else ""
            text = f"amendment {version.amendment.id} is approved, from week {version.from_week}{recorded}"
            yield _make(version.signed_on, "amended", None, text, paths[id(version.amendment)])


def _decisions(sprint: Sprint, today: date, name_of: NameOf) -> Iterator[LogEntry]:
    for stored in sprint.checkins:
        record = stored.record
        for decision in record.decisions if record.on <= today else ():
            yield _make(
                record.on, "decision", name_of(record.by), f"week {record.week}: {decision}", stored.path
            )


def _probes(sprint: Sprint, today: date, name_of: NameOf) -> Iterator[LogEntry]:
    for stored in sort_probes(sprint.records_of(Probe)):
        record = stored.record
        if record.on <= today:
            failing = "".join(
                f"; below its threshold: {describe_check(result.field, result.check, result.value, result.at_least)}"
                for result in record.checks
                if result.met is False
            )
            text = f"measured {record.source} on {format_thousands(record.rows)} rows{failing}"
            yield _make(record.on, "probe", name_of(record.by), text, stored.path)


def _corrections(sprint: Sprint, today: date, name_of: NameOf) -> Iterator[LogEntry]:
    for stored in sprint.corrections:
        record = stored.record
        if record.on <= today:
            paths = ", ".join(value.path for value in record.corrects)
            reasons = "; ".join(value.why for value in record.corrects if not is_blank(value.why))
            text = f"corrected week {record.week} ({paths}){': ' if reasons else ''}{reasons}"
            yield _make(record.on, "correction", name_of(record.by), text, stored.path)


def _closings(sprint: Sprint, today: date, name_of: NameOf) -> Iterator[LogEntry]:
    for stored in sprint.records_of(Closing):
        record = stored.record
        if record.on <= today:
            reason = f": {record.reason}" if record.reason else ""
            text = f"closed the sprint: {record.verdict}{reason}"
            yield _make(record.on, "closing", name_of(record.decided_by), text, stored.path)


def _reviews(sprint: Sprint, today: date, name_of: NameOf) -> Iterator[LogEntry]:
    for stored in sorted(sprint.records_of(Review), key=lambda stored: natural_order(stored.path)):
        record = stored.record
        if record.month <= today.isoformat()[:7]:
            note = f": {record.note}" if record.note else ""
            text = f"reviewed {record.month}: {record.decision}{note}"
            yield _make(record.month, "review", name_of(record.decided_by), text, stored.path)
