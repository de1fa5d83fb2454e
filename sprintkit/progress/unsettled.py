"""Assumptions of a sprint that nobody has settled yet, in the words of both front ends and every document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final, Literal, NamedTuple

from sprintkit.text.phrases import Listing, Pattern, Phrase

UnsettledKind = Literal["parked", "waived", "typed", "stale", "unsigned", "unread"]

MAX_PROBE_AGE_DAYS: Final = 28
"""A measurement of a source that is more days old than this counts as stale."""

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
"""The label of each kind."""


class UnsettledItem(NamedTuple):
    """One assumption of a sprint that nobody has settled yet."""

    kind: UnsettledKind
    path: str
    """Its path in the charter."""
    about: str
    """What it is about, in words: a field, a source, a party, a guardrail."""
    who: str | None
    """The name of the person who settles it or is responsible for it."""
    since: date | None
    """Since when it has been unsettled, if a record says so."""


def group_unsettled(items: Iterable[UnsettledItem]) -> list[list[UnsettledItem]]:
    """The items grouped by kind, person and day; missing signatures only by day."""
    groups: dict[tuple[str, str | None, date | None], list[UnsettledItem]] = {}
    for item in items:
        who = None if item.kind == "unsigned" else item.who
        groups.setdefault((item.kind, who, item.since), []).append(item)
    return list(groups.values())


def describe_unsettled(group: Sequence[UnsettledItem], names: Sequence[str] = ()) -> Phrase:
    """A group in a sentence: `Typed, not measured: Web enquiry form (Mirela Vascanth, since 29 January 2026)`.

    `names` replace the items' `about`, for a reader of another language.
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


def _signatories(group: Sequence[UnsettledItem], parties: Sequence[str]) -> tuple[str, ...]:
    """Each person once, with all parties that they have to approve for."""
    by_person: dict[str, list[str]] = {}
    for item, party in zip(group, parties, strict=True):
        by_person.setdefault(item.who or "", []).append(party)
    return tuple(_SIGNATORY(who=who, parties=", ".join(of_person)) for who, of_person in by_person.items())
