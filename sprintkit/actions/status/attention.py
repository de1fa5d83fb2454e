"""Which sprints need a person, why, and in which order they are looked at. Works on rows of `overview`, on any day."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    Row = Mapping[str, Any]

NEEDS, RUNNING, BEGINNING, CLOSED = range(4)
GROUPS = ("Needs somebody", "Running", "Before the start", "Closed")
NEAR = 7
"""Days before the deadline from which it is near."""

OPEN_STATES = frozenset(("running", "due"))
CLOSED_STATES = frozenset(("operating", "stopped"))
STATE_STYLES = {
    "broken": "broken",
    "scoping": "scoping",
    "chartered": "chartered",
    "partly_signed": "partly signed",
    "signed": "signed",
    "running": "running",
    "due": "due",
    "operating": "operating",
    "stopped": "stopped",
}
HEALTHS = {"on_track": "on track", "at_risk": "at risk", "off_track": "off track"}
HEALTH_MEANINGS = {
    "on_track": "lands in time at the pace so far",
    "at_risk": "lands in time only if something changes",
    "off_track": "cannot land in time as it is: cut, or stop",
    None: "no check-in yet, and none is due: no data is not “on track”",
}
ORDERS = ("need", "deadline", "title", "state")
"""What a list of sprints can be sorted by."""

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Attention(NamedTuple):
    """What a sprint needs, and where that puts it."""

    group: int
    """Index in `GROUPS`."""
    rank: int
    """Within the group; 0 first."""
    needs: tuple[str, ...]
    """A sentence each, the most pressing first."""
    days_left: int | None


def format_day(value: date | str) -> str:
    """A day as it stands in a line: Fri 27 Mar."""
    if isinstance(value, str):
        value = date.fromisoformat(value)
    return f"{_DAYS[value.weekday()]} {value.day} {_MONTHS[value.month - 1]}"


def days_left(row: Row, today: date) -> int | None:
    """Days from today to the deadline, below 0 after it; None without one, and once the sprint is closed."""
    deadline = row.get("deadline")
    if deadline is None or row["state"] in CLOSED_STATES:
        return None
    return (date.fromisoformat(deadline) - today).days


def attention_for(row: Row, today: date) -> Attention:
    """What a sprint needs, the most pressing first, and where it stands in the list: group, then rank, then days."""
    state, left = row["state"], days_left(row, today)
    needs = sorted(_needs(row, today, left), key=lambda need: need[0])
    sentences = tuple(sentence for _, sentence in needs)
    if needs:
        return Attention(NEEDS, needs[0][0], sentences, left)
    if state in CLOSED_STATES:
        return Attention(CLOSED, 0, (), None)
    return Attention(RUNNING if state in OPEN_STATES else BEGINNING, 0, (), left)


def _needs(row: Row, today: date, left: int | None) -> Iterable[tuple[int, str]]:
    state = row["state"]
    if state == "broken":
        yield 0, row.get("message") or "A file of it cannot be read"
        return
    if row.get("draft_pending"):
        yield 8, "A changed draft waits beside the charter"
    parked = row.get("parked") or 0
    if parked and state not in CLOSED_STATES:
        yield 7, _parked(parked, row.get("holders") or (), today)
    if state == "due" and row.get("deadline"):
        yield 1, f"The deadline was {format_day(row['deadline'])}: operate, or stop"
    if row.get("begun") and state not in CLOSED_STATES:
        yield 2, "A check-in is begun and not saved"
    if state not in OPEN_STATES:
        return
    reasons = row.get("reasons") or []
    missed = [one for one in reasons if one["code"] in ("S2", "H3")]
    # H2 says what the state says already.
    others = [one for one in reasons if one["code"] not in ("S2", "H3", "H2")]
    if state == "running" and row.get("checkin_due"):
        yield from _checkin(row["checkin_due"], today)
    else:
        yield from ((2, _clause(one["message"])) for one in missed)
    rank = 3 if row.get("health") == "off_track" else 5
    for one in others:
        yield rank, _clause(one["message"])
    if left is not None and 0 <= left <= NEAR:
        yield 6, "The deadline is today" if left == 0 else f"The deadline is {format_day(row['deadline'])}"


def _parked(count: int, holders: Sequence[tuple[str, str]], today: date) -> str:
    """How many questions are parked, with whom, and until when the first one is."""
    names = list(dict.fromkeys(name for name, _ in holders if name))
    who = ", ".join(names[:2]) + (" and others" if names[2:] else "")
    first = next((due for _, due in holders if due), "")
    when = f", {'by' if first >= today.isoformat() else 'was due'} {format_day(first)}" if first else ""
    return f"{count} question{'s' if count != 1 else ''} parked with {who or 'somebody'}{when}"


def _clause(sentence: str) -> str:
    """A sentence as one of several in a line."""
    return sentence.removesuffix(".")


def _checkin(due: str, today: date) -> Iterable[tuple[int, str]]:
    """The check-in that is due: of this week from its day on, of the last one if that was missed."""
    if due == today.isoformat():
        yield 2, "The check-in is today"
    elif due < today.isoformat():
        yield 2, f"The check-in of {format_day(due)} is missing"


def urgency(row: Row, today: date) -> tuple[object, ...]:
    """What rows are sorted by so that those come first that need a person now."""
    return _by_need(row, attention_for(row, today))


def _by_need(row: Row, stands: Attention) -> tuple[object, ...]:
    left = 10_000 if stands.days_left is None else stands.days_left
    return (stands.group, stands.rank, left, _name(row), row["slug"])


def _name(row: Row) -> str:
    return str(row.get("title") or row["slug"]).casefold()


def sorted_rows(rows: Iterable[Row], today: date, by: str = "need") -> list[tuple[Row, Attention]]:
    """The rows with what they need, sorted by one of `ORDERS`."""
    found = [(row, attention_for(row, today)) for row in rows]

    def key(pair: tuple[Row, Attention]) -> tuple[object, ...]:
        row, stands = pair
        by_need = _by_need(row, stands)
        _, _, left, name, slug = by_need
        if by == "deadline":
            return (stands.days_left is None, left, name, slug)
        if by == "title":
            return (name, slug)
        if by == "state":
            return (list(STATE_STYLES).index(row["state"]), left, name, slug)
        return by_need

    return sorted(found, key=key)


def matches(row: Row, words: str) -> bool:
    """Whether every word is somewhere in what the row says of the sprint."""
    next_one = row.get("next") or {}
    said = " ".join(
        str(part)
        for part in (
            row["slug"], row.get("title"), row.get("owner"), STATE_STYLES[row["state"]],
            HEALTHS.get(row.get("health") or ""), next_one.get("id"), next_one.get("title"),
        )
        if part
    ).casefold()  # fmt: skip
    return all(word in said for word in words.casefold().split())
