"""Decides which sprints need attention, why, and in which order to list them.

It works on rows of `status` and of the home screen; keys that a row lacks count as unknown.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from sprintkit.text.dates import format_day, format_month
from sprintkit.text.labels import HEALTH_STYLES, STATE_STYLES
from sprintkit.text.numbers import format_count

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any

    Row = Mapping[str, Any]

NEEDS, RUNNING, BEGINNING, CLOSED = range(4)
GROUPS = ("Needs somebody", "Running", "Before the start", "Closed")
NEAR_DEADLINE_DAYS = 7
NO_DEADLINE_DAYS = 10_000
"""Sorts sprints without a deadline last."""

AGREED_STATES = ("chartered", "partly_signed", "signed", "running", "due")
"""The states of a sprint that has a charter and is not closed."""
OPEN_STATES = frozenset(("running", "due"))
CLOSED_STATES = frozenset(("operating", "stopped"))
CHECKIN_REASONS = ("S2", "H3")
"""Reasons that say a check-in is missing."""
DEADLINE_REASON = "H2"
"""The reason that says the deadline has passed, as the state `due` does."""
UNREVIEWED_FLAG, STOP_FLAG = "unowned", "stop due"
"""The flag that says a review is missing, and the one that says to stop."""
STOP_LINE_REASON = "S8"
"""The reason that says the metric is past its stop line."""
OPERATE_OR_STOP = "Operate, or stop"
"""The beginning of the need of a sprint whose deadline has passed."""
ORDERS = ("need", "deadline", "title", "state")
"""What a list of sprints can be sorted by."""


class Attention(NamedTuple):
    """What a sprint needs, and its position in the list."""

    group: int
    """Index in `GROUPS`."""
    rank: int
    """Within the group; 0 first."""
    needs: tuple[str, ...]
    """A sentence for each need, without the full stop, the most pressing first."""
    days_left: int | None
    closes: str = ""
    """The need in `needs` that closing the sprint settles; empty if there is none."""


def days_left(row: Row, today: date) -> int | None:
    """Days from today to the deadline, negative after it; None without a deadline, or if the sprint is closed."""
    deadline = row.get("deadline")
    if deadline is None or row["state"] in CLOSED_STATES:
        return None
    return (date.fromisoformat(deadline) - today).days


def attention_for(row: Row, today: date) -> Attention:
    """What a sprint needs on a day."""
    state, days = row["state"], days_left(row, today)
    needs = sorted(_ranked_needs(row, today, days), key=lambda need: need[0])
    if needs:
        sentences = tuple(sentence for _, sentence in needs)
        return Attention(NEEDS, needs[0][0], sentences, days, _closing_need(row, sentences))
    if state in CLOSED_STATES:
        return Attention(CLOSED, 0, (), None)
    return Attention(RUNNING if state in OPEN_STATES else BEGINNING, 0, (), days)


def _ranked_needs(row: Row, today: date, days: int | None) -> Iterator[tuple[int, str]]:
    """Rank and sentence of each need."""
    state = row["state"]
    if state == "broken":
        yield 0, row.get("message") or "One of its files cannot be read"
        return
    if row.get("draft_pending"):
        yield 8, "A changed draft waits beside the charter"
    parked = row.get("parked") or 0
    if parked and state not in CLOSED_STATES:
        yield 7, _parked_sentence(parked, row.get("holders") or (), today)
    if state not in CLOSED_STATES:
        yield from ((4, sentence) for sentence in _waiting_sentences(row.get("waiting") or ()))
    if state == "due" and row.get("deadline"):
        yield 1, _deadline_sentence(row)
    if unsaved := row.get("unsaved"):
        yield 2, f"What could not be saved waits to be taken: {unsaved}"
    if row.get("begun") and state not in CLOSED_STATES:
        yield 2, "A check-in is begun and not saved"
    if row.get("closing_begun"):
        yield 2, "A closing is begun and not saved"
    if state in OPEN_STATES:
        yield from _ranked_needs_while_open(row, today, days)
    if state == "operating":
        yield from _ranked_needs_while_operating(row, today)


def _deadline_sentence(row: Row) -> str:
    return f"{OPERATE_OR_STOP}: the deadline was {format_day(row['deadline'])}"


def _closing_need(row: Row, needs: Sequence[str]) -> str:
    """The first need that closing settles: the deadline has passed, or the metric is past its stop line."""
    answered = [
        _without_full_stop(reason["message"])
        for reason in row.get("reasons") or []
        if reason["code"] == STOP_LINE_REASON and row["state"] in OPEN_STATES
    ]
    if row["state"] == "due" and row.get("deadline"):
        answered.append(_deadline_sentence(row))
    return next((need for need in needs if need in answered), "")


def _ranked_needs_while_open(row: Row, today: date, days: int | None) -> Iterator[tuple[int, str]]:
    reasons = row.get("reasons") or []
    if row["state"] == "running" and row.get("checkin_due"):
        yield from _ranked_checkin_need(row["checkin_due"], today)
    else:
        yield from (
            (2, _without_full_stop(reason["message"]))
            for reason in reasons
            if reason["code"] in CHECKIN_REASONS
        )
    rank = 3 if row.get("health") == "off_track" else 5
    for reason in reasons:
        if reason["code"] not in (*CHECKIN_REASONS, DEADLINE_REASON):
            is_past = reason["code"] == STOP_LINE_REASON
            yield 2 if is_past else rank, _without_full_stop(reason["message"])
    if days is not None and 0 <= days <= NEAR_DEADLINE_DAYS:
        yield 6, "The deadline is today" if days == 0 else f"The deadline is {format_day(row['deadline'])}"


def _ranked_needs_while_operating(row: Row, today: date) -> Iterator[tuple[int, str]]:
    operating = row.get("operating") or {}
    if row.get("review_begun"):
        yield 2, "A review is begun and not saved"
    if stop_month := operating.get("stop_month"):
        yield 1, f"The review of {format_month(stop_month)} decided to stop: close it"
    if due_month := operating.get("due_month"):
        yield 2, f"The review of {format_month(due_month)} is due"
    for code, message in operating.get("flags") or ():
        if code != UNREVIEWED_FLAG or not due_month:
            yield 1 if code == STOP_FLAG else 3, f"{code.capitalize()}: {_without_full_stop(message)}"
    for key, before, after in (
        ("confirm_by", "Operating is to be confirmed by", "Operating was to be confirmed by"),
        ("decide_by", "To be closed again by", "It was to be closed again by"),
    ):
        day = operating.get(key)
        if day and (date.fromisoformat(day) - today).days <= NEAR_DEADLINE_DAYS:
            is_past = day < today.isoformat()
            yield 2 if is_past else 6, f"{after if is_past else before} {format_day(day)}"


def _waiting_sentences(waiting: Sequence[tuple[str, str, bool]]) -> Iterator[str]:
    """Who rejected the text, and who else has yet to sign, since when."""
    for name, day, is_rejection in waiting:
        if is_rejection:
            yield f"{name} rejected it on {format_day(day)}"
    pending = [(name, day) for name, day, is_rejection in waiting if not is_rejection]
    if pending:
        names = list(dict.fromkeys(name for name, _ in pending))
        who = " and ".join(names) if len(names) < 3 else f"{names[0]} and {len(names) - 1} others"
        yield f"Waiting for the approval of {who} since {format_day(min(day for _, day in pending))}"


def _parked_sentence(count: int, holders: Sequence[tuple[str, str]], today: date) -> str:
    """How many questions are parked, with whom, and when the first one is due."""
    names = list(dict.fromkeys(name for name, _ in holders if name))
    who = ", ".join(names[:2]) + (" and others" if names[2:] else "")
    first_due = next((due for _, due in holders if due), "")
    when = ""
    if first_due:
        when = f", {'by' if first_due >= today.isoformat() else 'was due'} {format_day(first_due)}"
    return f"{format_count(count, 'question')} parked with {who or 'somebody'}{when}"


def _without_full_stop(sentence: str) -> str:
    return sentence.removesuffix(".")


def _ranked_checkin_need(due: str, today: date) -> Iterator[tuple[int, str]]:
    if due == today.isoformat():
        yield 2, "The check-in is today"
    elif due < today.isoformat():
        yield 2, f"The check-in of {format_day(due)} is missing"


def urgency(row: Row, today: date) -> tuple[object, ...]:
    """Sort key of a row: sprints that need a person now come first."""
    return _urgency(row, attention_for(row, today))


def _urgency(row: Row, attention: Attention) -> tuple[object, ...]:
    return (attention.group, attention.rank, _days_for_sorting(attention), _sort_name(row), row["slug"])


def _days_for_sorting(attention: Attention) -> int:
    return NO_DEADLINE_DAYS if attention.days_left is None else attention.days_left


def _sort_name(row: Row) -> str:
    return str(row.get("title") or row["slug"]).casefold()


def sorted_rows(rows: Iterable[Row], today: date, order: str = "need") -> list[tuple[Row, Attention]]:
    """The rows with what they need, sorted by one of `ORDERS`."""

    def sort_key(pair: tuple[Row, Attention]) -> tuple[object, ...]:
        row, attention = pair
        days, name, slug = _days_for_sorting(attention), _sort_name(row), row["slug"]
        if order == "deadline":
            return (attention.days_left is None, days, name, slug)
        if order == "title":
            return (name, slug)
        if order == "state":
            return (list(STATE_STYLES).index(row["state"]), days, name, slug)
        return _urgency(row, attention)

    return sorted(((row, attention_for(row, today)) for row in rows), key=sort_key)


def matches_words(row: Row, words: str) -> bool:
    """Whether each of the words occurs in what the row says of the sprint."""
    milestone = row.get("next") or {}
    parts = (
        row["slug"],
        row.get("title"),
        row.get("owner"),
        STATE_STYLES[row["state"]].label,
        HEALTH_STYLES[row["health"]].label if row.get("health") else None,
        milestone.get("id"),
        milestone.get("title"),
    )
    text = " ".join(str(part) for part in parts if part).casefold()
    return all(word in text for word in words.casefold().split())
