"""Which of several decisions about a text stands."""

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


def outcome(decisions: Decisions) -> dict[str, str]:
    return {person: record.decision for (_, person), record in decisions.items()}


def test_the_latest_decision_stands_whatever_the_order_of_files() -> None:
    records = [signature("ann", "approve", 11), signature("ann", "reject", 10)]
    for given in (records, records[::-1]):
        assert outcome(standing_decisions(given, REQUIRED)) == {"ann": "approve"}


def test_none_counts_after_everybody_has_approved() -> None:
    records = [
        signature("ann", "approve", 10),
        signature("olga", "approve", 11),
        signature("ann", "reject", 12),
    ]
    decisions = standing_decisions(records, REQUIRED)
    assert outcome(decisions) == {"ann": "approve", "olga": "approve"}
    assert is_complete(decisions, REQUIRED)


def test_at_one_instant_a_rejection_keeps_a_text_from_being_complete() -> None:
    records = [
        signature("ann", "approve", 10),
        signature("olga", "approve", 10),
        signature("olga", "reject", 10),
    ]
    assert is_complete(standing_decisions(records, REQUIRED), REQUIRED)  # olga's own approval comes last
    records = [signature("ann", "approve", 10), signature("olga", "reject", 10)]
    assert not is_complete(standing_decisions(records, REQUIRED), REQUIRED)


def test_decisions_of_others_and_for_other_parties_do_not_count() -> None:
    records = [signature("ann", "approve", 10, "owner"), signature("olga", "approve", 10)]
    assert outcome(standing_decisions(records, REQUIRED)) == {"olga": "approve"}
    assert not is_complete({}, [])
