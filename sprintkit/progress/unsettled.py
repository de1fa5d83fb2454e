"""What a sprint rests on that nobody settled yet, in words that either front end and every document share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final, Literal, NamedTuple

from sprintkit.text.phrases import Listing, Pattern, Phrase

UnsettledKind = Literal["parked", "waived", "typed", "stale", "unsigned", "unread"]

MAX_PROBE_AGE_DAYS: Final = 28
"""Days after which what was measured of a source counts as stale."""

_PARKED: Final = Pattern("rests_on_parked", "Parked")
_WAIVED: Final = Pattern("rests_on_waived", "Warning waived")
_TYPED: Final = Pattern("rests_on_typed", "Typed, not measured")
_STALE: Final = Pattern("rests_on_stale", "Not measured again")
_UNSIGNED: Final = Pattern("rests_on_unsigned", "Not approved")
_UNSIGNED_SINCE: Final = Pattern("rests_on_unsigned_since", "Not approved since {day}")
_UNREAD: Final = Pattern("rests_on_unread", "Guardrail never read")
_ROW: Final = Pattern("rests_on_row", "{kind}: {about}")
_ROW_WITH_DETAIL: Final = Pattern("rests_on_row_with", "{kind}: {about} ({detail})")
_SINCE: Final = Pattern("rests_on_since", "since {day}")
_WHO_SINCE: Final = Pattern("rests_on_who_since", "{who}, since {day}")
_SIGNATORY: Final = Pattern("rests_on_signatory", "{who} ({parties})")
KIND_PATTERNS: Final[dict[UnsettledKind, Pattern]] = {
    "parked": _PARKED,
    "waived": _WAIVED,
    "typed": _TYPED,
    "stale": _STALE,
    "unsigned": _UNSIGNED,
    "unread": _UNREAD,
}
"""What each kind is called."""


class Unsettled(NamedTuple):
    """One thing that a sprint rests on and that nobody settled yet."""

    kind: UnsettledKind
    path: str
    """In the charter."""
    about: str
    """What it is, in words: a field, a source, a party, a guardrail."""
    who: str | None
    """The name of whoever settles it, or answers for it."""
    since: date | None
    """The day since which it has been so, where a record says it."""


def group_unsettled(items: Iterable[Unsettled]) -> list[list[Unsettled]]:
    """The items, those of one kind, person and day together; of signatures, all of one day."""
    groups: dict[tuple[str, str | None, date | None], list[Unsettled]] = {}
    for item in items:
        who = None if item.kind == "unsigned" else item.who
        groups.setdefault((item.kind, who, item.since), []).append(item)
    return list(groups.values())


def describe_unsettled(group: Sequence[Unsettled], names: Sequence[str] = ()) -> Phrase:
    """A group in a sentence: `Typed, not measured: Web enquiry form (Mirela Vascanth, since 29 January 2026)`.

    `names` replace what the items are about, for a reader of another language.
    """
    first = group[0]
    kind, who, since = KIND_PATTERNS[first.kind](), first.who, first.since
    about = tuple(names or (item.about for item in group))
    if first.kind == "unsigned":
        kind = _UNSIGNED_SINCE(day=since) if since else kind
        return _ROW(kind=kind, about=Listing(_signatories(group, about)))
    if not who and not since:
        return _ROW(kind=kind, about=Listing(about))
    detail = _WHO_SINCE(who=who, day=since) if who and since else _SINCE(day=since) if since else who or ""
    return _ROW_WITH_DETAIL(kind=kind, about=Listing(about), detail=detail)


def _signatories(group: Sequence[Unsettled], parties: Sequence[str]) -> tuple[str, ...]:
    """Each person once, with all that they are asked to approve as."""
    by_person: dict[str, list[str]] = {}
    for item, party in zip(group, parties, strict=True):
        by_person.setdefault(item.who or "", []).append(party)
    return tuple(_SIGNATORY(who=who, parties=", ".join(of_person)) for who, of_person in by_person.items())
