"""The charter in force: the signed one with the amendments that were approved and fully signed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sprintkit.charter import paths
from sprintkit.charter.blank import is_blank
from sprintkit.charter.describe import describe_value
from sprintkit.records.amendment import Amendment
from sprintkit.records.base import Filed, by_name
from sprintkit.records.signatories import required
from sprintkit.records.signature import Signature


@dataclass(frozen=True, slots=True)
class Version:
    """What is in force from a week on."""

    from_week: int
    document: Mapping[str, Any]
    amendment: Amendment | None = None
    """What made it so; None for the charter itself."""
    signed_on: date | None = None


def in_force(
    document: Mapping[str, Any],
    amendments: Iterable[Filed[Amendment]] = (),
    week: int | None = None,
    *,
    signatures: Iterable[Signature] = (),
    on: date | None = None,
) -> dict[str, Any]:
    """The charter in force in `week` (without it: after all amendments), as a document.

    Approved and fully signed amendments with `from_week` up to `week` apply in the order of from_week, day of the
    last signature, file name. With `on`, one fully signed only after that day does not count yet. One that cannot
    be applied as a whole, because the charter does not hold its old values, changes nothing.
    """
    taken = versions(document, amendments, signatures=signatures, on=on)
    counting = [step for step in taken if week is None or step.amendment is None or step.from_week <= week]
    return dict(counting[-1].document)


def versions(
    document: Mapping[str, Any],
    amendments: Iterable[Filed[Amendment]],
    *,
    signatures: Iterable[Signature] = (),
    on: date | None = None,
) -> list[Version]:
    """The charter, then what is in force after each amendment that counts, in order."""
    taken = [Version(0, document)]
    pending = [filed for filed in amendments if filed.record.decision == "approve"]
    given = [one for one in signatures if on is None or one.on <= on]

    def order(filed: Filed[Amendment]) -> tuple[Any, ...]:
        day = signed_on(filed.record, document, given)
        return (filed.record.from_week, day or date.max, by_name(filed.path))

    for filed in sorted(pending, key=order):
        amendment, before = filed.record, taken[-1].document
        day = signed_on(amendment, before, given)
        if day is None or (on is not None and day > on):
            continue
        after, faults = amended(before, amendment)
        if not faults:
            taken.append(Version(amendment.from_week, after, amendment, day))
    return taken


class Mismatch(NamedTuple):
    """A change that does not fit the charter it is meant for."""

    at: int
    """Which of the amendment's changes it is."""
    code: str
    """`path`: it points nowhere; `old`: the charter says something else."""
    what: str


def amended(document: Mapping[str, Any], amendment: Amendment) -> tuple[dict[str, Any], tuple[Mismatch, ...]]:
    """The document with the changes of an amendment that fit, and those that do not.

    Changes are made in their order; paths of removed values are those before anything is removed.
    """
    result: Mapping[str, Any] = document
    removed: set[paths.PathParts] = set()
    faults: list[Mismatch] = []
    for at, change in enumerate(amendment.changes):
        if is_blank(change.path):
            continue
        try:
            parts = paths.resolve(result, change.path, append=change.new is not None)
            stands = _at(result, parts)
            if not same(stands, change.old):
                told = (
                    f"says it was {describe_value(change.old)}, but the charter says {describe_value(stands)}"
                )
                faults.append(Mismatch(at, "old", told))
            elif change.new is None:
                removed.add(parts)
            else:
                result = paths.set_value(result, parts, change.new)
        except paths.PathError as error:
            faults.append(Mismatch(at, "path", str(error)))
    # From the end, so that taking an item out of a list leaves the ones still to be removed in their place.
    for parts in sorted(removed, key=_position, reverse=True):
        result = paths.delete_value(result, parts)
    return dict(result), tuple(faults)


def _at(document: Mapping[str, Any], parts: paths.PathParts) -> Any:
    """The value at resolved parts; None where there is none, an item still to be appended included."""
    here: Any = document
    for part in parts:
        if isinstance(here, list) and isinstance(part, int):
            here = here[part] if part < len(here) else None
        else:
            here = here.get(part) if isinstance(here, Mapping) else None
    return here


def _position(parts: paths.PathParts) -> list[tuple[int, int, str]]:
    return [(0, part, "") if isinstance(part, int) else (1, 0, part) for part in parts]


def same(one: Any, other: Any) -> bool:
    """Whether two values of a document are the same: 15 and 15.0 are, 1 and true are not."""
    if is_blank(one) and is_blank(other):
        return True
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, datetime) is not isinstance(other, datetime):
        return False
    return bool(one == other)


def signed_on(
    amendment: Amendment, before: Mapping[str, Any], signatures: Iterable[Signature] = ()
) -> date | None:
    """The day on which an amendment was fully signed; None while it is not.

    It is when its `signed_by` holds everybody required, or approvals with the digest `digest_after` exist for
    everybody required and nobody of them rejects it. `before` is the charter in force before it.
    """
    wanted = required(amendment, before)
    if not wanted:
        return None
    if amendment.signed_by:
        return amendment.signed_on if set(wanted) <= set(amendment.signed_by) else None
    if is_blank(amendment.digest_after):
        return None
    days: dict[str, date] = {}
    for one in signatures:
        if one.digest != amendment.digest_after or one.person not in wanted:
            continue
        if one.decision == "reject":
            return None
        days[one.person] = min(one.on, days.get(one.person, one.on))
    return max(days.values()) if set(days) == set(wanted) else None
