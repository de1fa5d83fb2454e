"""Whatever is amended, earlier days stay as they were and the order of files makes no difference."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sprintkit.progress.measure_progress import measure_progress
from sprintkit.records.amendment import Amendment
from sprintkit.records.base import StoredRecord
from sprintkit.records.in_force import charter_in_force, judge_amendments
from sprintkit.records.parsing import parse_record
from tests.conftest import soak
from tests.records.helpers import acceptances, checkin, friday, small_charter

CHARTER = small_charter(use_case={"volume_per_month": 25})
ENTRIES = [
    checkin(1, accepted=acceptances("A")),
    checkin(2),
    checkin(3, accepted=acceptances("B")),
    checkin(4),
]
CHANGES: dict[str, list[tuple[str, Any, Any]]] = {
    "volume": [("use_case.volume_per_month", 25, 30)],
    "volume again": [("use_case.volume_per_month", 30, 35)],
    "weights": [("plan.milestones.L.weight", 25, 30), ("plan.milestones.H.weight", 25, 20)],
    "later": [("plan.milestones.L.due_week", 3, 4)],
    "refused": [("plan.milestones.L.weight", 25, 90)],
    "owner": [("owner.person", "olga", "dan")],
}


def amendment(name: str, number: int, from_week: int, signed_week: int) -> StoredRecord[Amendment]:
    """Amendment `number` with the changes of this name, signed on the Friday of `signed_week`."""
    document = {
        "id": f"A{number}", "requested_by": "olga", "requested_on": friday(signed_week), "kind": "plan",
        "reason": "x", "gives_up": [], "gains": [], "deadline_change_days": 0, "cost_change": 0.0,
        "decision": "approve", "from_week": from_week, "signed_by": ["ann", "olga", "dan"],
        "signed_on": friday(signed_week),
        "changes": [{"path": path, "old": old, "new": new} for path, old, new in CHANGES[name]],
    }  # fmt: skip
    return StoredRecord(f"amendments/{number}.toml", parse_record(Amendment, document))


amendment_lists = st.lists(
    st.tuples(st.sampled_from(sorted(CHANGES)), st.integers(1, 4), st.integers(1, 4)), max_size=4
).map(
    lambda drawn: [amendment(name, index, week, signed) for index, (name, week, signed) in enumerate(drawn)]
)


def figures_on(amendments: list[StoredRecord[Amendment]], day: date) -> dict[str, Any]:
    return measure_progress(CHARTER, ENTRIES, day, amendments=amendments).as_dict()


@settings(max_examples=soak(200))
@given(amendment_lists, st.sampled_from(sorted(CHANGES)), st.integers(1, 4), st.integers(2, 4))
def test_a_new_amendment_changes_no_earlier_day(
    amendments: list[StoredRecord[Amendment]], name: str, from_week: int, signed_week: int
) -> None:
    amended = [*amendments, amendment(name, 9, from_week, signed_week)]
    for week in range(1, signed_week):
        assert figures_on(amended, friday(week)) == figures_on(amendments, friday(week))
        assert charter_in_force(
            CHARTER, amended, week, checkins=ENTRIES, on=friday(week)
        ) == charter_in_force(CHARTER, amendments, week, checkins=ENTRIES, on=friday(week))


@settings(max_examples=soak(200))
@given(amendment_lists, st.randoms(use_true_random=False), st.integers(1, 4))
def test_the_charter_in_force_is_the_same_whatever_the_order_of_the_files(
    amendments: list[StoredRecord[Amendment]], random: Any, week: int
) -> None:
    shuffled = list(amendments)
    random.shuffle(shuffled)
    versions, refused = judge_amendments(CHARTER, amendments, checkins=ENTRIES)
    assert judge_amendments(CHARTER, shuffled, checkins=ENTRIES) == (versions, refused)
    assert charter_in_force(CHARTER, shuffled, week, checkins=ENTRIES) == charter_in_force(
        CHARTER, amendments, week, checkins=ENTRIES
    )
