"""Which signatures are about an amendment, and when they made it fully signed.

An amendment may lead back to a text that was signed before. What was signed then says nothing about it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from sprintkit.charter.blank import is_blank
from sprintkit.charter.parsing import parse_lenient
from sprintkit.records.amendment import Amendment
from sprintkit.records.decisions import Decisions, decide, is_complete, standing_decisions
from sprintkit.records.signatories import signatories
from sprintkit.records.signature import Signature

SettledTexts = Mapping[str, datetime]
"""Until when the signatures of a text are about an earlier agreement, by its digest."""
NO_TEXTS: Final[SettledTexts] = MappingProxyType({})


class SigningMoment(NamedTuple):
    """When an amendment was fully signed."""

    on: date
    at: datetime | None
    """Of the last approval; None if it was signed elsewhere."""


def signatures_about(
    amendment: Amendment, signatures: Iterable[Signature], settled: SettledTexts
) -> list[Signature]:
    """The signatures of the text that an amendment leads to, without those that are older than the amendment."""
    if not amendment.digest_after or is_blank(amendment.digest_after):
        return []
    settled_at = settled.get(amendment.digest_after)
    return [
        signature
        for signature in signatures
        if signature.digest == amendment.digest_after
        and signature.on >= amendment.requested_on
        and (settled_at is None or signature.at > settled_at)
    ]


def settled_by_charter(
    document: Mapping[str, Any], digest: str, signatures: Iterable[Signature]
) -> dict[str, datetime]:
    """The charter `document` with the moment from which everybody had approved it; empty if not everybody has."""
    required = signatories(parse_lenient(document).charter)
    own = [signature for signature in signatures if signature.digest == digest]
    decisions = standing_decisions(own, required)
    if not is_complete(decisions, required):
        return {}
    return {digest: max(signature.at for signature in decisions.values())}


def when_fully_signed(
    amendment: Amendment, people: tuple[str, ...], about_it: Iterable[Signature]
) -> SigningMoment | None:
    """When an amendment was fully signed; None if it is not.

    It is fully signed if its `signed_by` names all `people`, or if all of them approved it in `about_it` and nobody of
    them rejected it. Of several decisions of one person the latest counts, and none after it was fully signed.
    """
    if not people:
        return None
    if amendment.signed_by:
        is_signed = amendment.signed_on is not None and set(people) <= set(amendment.signed_by)
        return SigningMoment(amendment.signed_on, None) if is_signed and amendment.signed_on else None
    asked = [signature for signature in about_it if signature.person in people]
    decisions = decide(asked, lambda decisions: _first_approvals(decisions).keys() == set(people))
    approvals = _first_approvals(decisions)
    if approvals.keys() != set(people):
        return None
    return SigningMoment(max(approvals.values()), max(signature.at for signature in decisions.values()))


def _first_approvals(decisions: Decisions) -> dict[str, date]:
    """The day on which each person approved; nobody if anybody rejects."""
    days: dict[str, date] = {}
    for signature in decisions.values():
        if signature.decision == "reject":
            return {}
        days[signature.person] = min(signature.on, days.get(signature.person, signature.on))
    return days
