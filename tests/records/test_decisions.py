"""Which of several decisions about one text counts."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sprintkit.records.decisions import Decisions, is_complete, standing_decisions
from sprintkit.records.signature import Signature

REQUIRED = [("sponsor", "ann"), ("owner", "olga")]


def signature(person: str, decision: str, hour: int, party: str = "") -> Signature:
    return Signature(
        person=person, party=party or dict(map(reversed, REQUIRED))[person], decision=decision,  # type: ignore[arg-type]
        on=date(2026, 2, 12), at=datetime(2026, 2, 12, hour, tzinfo=UTC), digest="0" * 64, name=person, received="own",
    )  # fmt: skip


def decision_of_each(decisions: Decisions) -> dict[str, str]:
    """The standing decision of each person."""
    return {person: record.decision for (_, person), record in decisions.items()}


def test_the_latest_decision_counts_whatever_the_order_of_files() -> None:
    records = [signature("ann", "approve", 11), signature("ann", "reject", 10)]
    for given in (records, records[::-1]):
        assert decision_of_each(standing_decisions(given, REQUIRED)) == {"ann": "approve"}


def test_no_decision_counts_after_everybody_has_approved() -> None:
    records = [
        signature("ann", "approve", 10),
        signature("olga", "approve", 11),
        signature("ann", "reject", 12),
    ]
    decisions = standing_decisions(records, REQUIRED)
    assert decision_of_each(decisions) == {"ann": "approve", "olga": "approve"}
    assert is_complete(decisions, REQUIRED)


def test_a_rejection_at_the_instant_of_an_approval_keeps_a_text_from_being_complete() -> None:
    records = [
        signature("ann", "approve", 10),
        signature("olga", "approve", 10),
        signature("olga", "reject", 10),
    ]
    assert is_complete(standing_decisions(records, REQUIRED), REQUIRED)  # olga's own approval comes last
    records = [signature("ann", "approve", 10), signature("olga", "reject", 10)]
    assert not is_complete(standing_decisions(records, REQUIRED), REQUIRED)


def test_a_decision_for_a_party_that_is_not_the_persons_does_not_count() -> None:
    records = [signature("ann", "approve", 10, "owner"), signature("olga", "approve", 10)]
    assert decision_of_each(standing_decisions(records, REQUIRED)) == {"olga": "approve"}
    assert not is_complete({}, [])
