"""A refused amendment changes nothing, however many people have signed it."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from sprintkit.progress.measure_progress import measure_progress
from sprintkit.records.amendment import Amendment
from sprintkit.records.base import StoredRecord
from sprintkit.records.in_force import charter_in_force, judge_amendments
from sprintkit.records.parsing import parse_record
from tests.records.helpers import acceptances, checkin, friday, small_charter


def signed_amendment(changes: list[tuple[str, Any, Any]], **fields: Any) -> list[StoredRecord[Amendment]]:
    """An amendment from week 2 on that everybody required signed on the Friday of week 2."""
    document = {
        "schema": 1, "id": "A1", "requested_by": "olga", "requested_on": friday(1), "kind": "plan",
        "reason": "it is late", "gives_up": ["b"], "gains": [], "deadline_change_days": 0, "cost_change": 0.0,
        "decision": "approve", "from_week": 2, "signed_by": ["ann", "olga", "dan", "vic", "max"], "signed_on": friday(2),
        "changes": [{"path": path, "old": old, "new": new} for path, old, new in changes], **fields,
    }  # fmt: skip
    return [StoredRecord("amendments/a.toml", parse_record(Amendment, document))]


TWO_MORE_WEEKS = [("timeline.weeks", 4, 6)]
NEW_WORDING = [("deliverable.acceptance[0].claim", "it runs", "it runs well")]


@pytest.mark.parametrize(
    ("changes", "fields", "reason"),
    [
        (TWO_MORE_WEEKS, {}, "deadline"),
        ([("charter.id", "small", "large")], {}, "permanent identity"),
        ([("timeline.deadline", date(2026, 3, 27), date(2026, 4, 10))], {}, "deadline"),
        (NEW_WORDING, {"deadline_change_days": 14}, "deadline"),
        (NEW_WORDING, {"gains": ["a second market"], "gives_up": []}, "gives_up"),
        ([("plan.milestones.A.weight", 25, 30)], {}, "sum to 105"),
        ([("plan.milestones.A.weight", 25, 35), ("plan.milestones.B.weight", 25, 15)], {}, "accepted"),
        ([("timeline.weeks", 5, 4)], {}, "5"),
        (
            [("owner.person", "olga", "nobody")],
            {"signed_by": ["ann", "nobody"]},
            "an error, GEN-004 at owner.person",
        ),
        ([("plan.milestones.B.due_week", 2, "soon")], {}, "plan.milestones"),
        ([("owner.person", "olga", "dan")], {"kind": "editorial", "signed_by": ["ann", "dan"]}, "editorial"),
        (
            [("deliverable.acceptance[0].claim", "it runs", "it runs for 3 days")],
            {"kind": "editorial"},
            "editorial",
        ),
    ],
)
def test_a_refused_amendment_is_never_applied_and_has_its_reason(
    changes: list[tuple[str, Any, Any]], fields: dict[str, Any], reason: str
) -> None:
    amendments = signed_amendment(changes, **fields)
    entries = [checkin(1, accepted=acceptances("A"))]
    assert charter_in_force(small_charter(), amendments, checkins=entries) == small_charter()
    _, refused = judge_amendments(small_charter(), amendments, checkins=entries)
    assert [entry.amendment.id for entry in refused] == ["A1"]
    assert reason in " ".join(refused[0].reasons)


@pytest.mark.parametrize(
    ("fields", "is_stale", "reason"),
    [
        ({"digest_before": "1 it runs", "digest_after": "1 it runs well"}, None, ""),
        ({"digest_before": "1 it walks"}, True, "digest_before is 1 it walks, but the charter before it is"),
        ({"digest_after": "1 it runs wel"}, False, "digest_after is 1 it runs we, but its changes lead to"),
    ],
)
def test_the_digests_of_an_amendment_are_those_of_the_texts(
    fields: dict[str, Any], is_stale: bool | None, reason: str
) -> None:
    def digest_of(document: Mapping[str, Any]) -> str:
        return f"1 {document['deliverable']['acceptance'][0]['claim']}"

    amendments = signed_amendment(NEW_WORDING, kind="editorial", **fields)
    versions, refused = judge_amendments(small_charter(), amendments, digest_of=digest_of)
    assert len(versions) == (2 if is_stale is None else 1)
    assert [entry.is_stale for entry in refused] == ([] if is_stale is None else [is_stale])
    assert all(reason in " ".join(entry.reasons) for entry in refused)
    assert len(judge_amendments(small_charter(), amendments).versions) == 2


LIVE = checkin(2, accepted=acceptances("L", live_since=friday(2)))
READING = {"value": 70.0, "from": friday(2), "to": friday(3)}
RESULT = checkin(3, metric=READING)


@pytest.mark.parametrize(
    ("field", "old", "new"),
    [
        ("target", 40.0, 60),
        ("stop_line", 80.0, 85),
        ("baseline", 90.0, 91),
        ("name", "Minutes to answer", "Hours"),
        ("unit", "minutes", "hours"),
    ],
)
def test_the_metric_cannot_be_redefined_once_it_has_a_result(field: str, old: Any, new: Any) -> None:
    amendments = signed_amendment([(f"success_metric.{field}", old, new)], signed_on=friday(3), from_week=4)
    from_before_it_was_live = checkin(3, metric={**READING, "from": friday(1)})
    assert (
        judge_amendments(small_charter(), amendments, checkins=[LIVE, from_before_it_was_live]).refused == []
    )
    assert judge_amendments(small_charter(), amendments, checkins=[RESULT]).refused == []
    (refused,) = judge_amendments(small_charter(), amendments, checkins=[LIVE, RESULT]).refused
    assert f"would move success_metric.{field}" in " ".join(refused.reasons)


def test_the_name_of_a_metric_with_a_result_may_be_reworded() -> None:
    change = ("success_metric.name", "Minutes to answer", "Hours")
    amendments = signed_amendment([change], kind="editorial", signed_on=friday(3), from_week=4)
    assert judge_amendments(small_charter(), amendments, checkins=[LIVE, RESULT]).refused == []


def test_of_many_reasons_the_first_are_given_and_the_rest_is_counted() -> None:
    changes = [(f"plan.milestones[{index}].weight", 1, 2) for index in range(4, 200)]
    (refused,) = judge_amendments(small_charter(), signed_amendment(changes)).refused
    assert len(refused.reasons) == 10 and refused.reasons[-1] == "And 187 more."


def test_a_new_wording_is_applied() -> None:
    versions, refused = judge_amendments(small_charter(), signed_amendment(NEW_WORDING, kind="editorial"))
    assert (len(versions), refused) == (2, [])


def test_only_a_milestone_accepted_before_the_amendment_was_signed_is_protected() -> None:
    changes = [("plan.milestones.B.weight", 25, 40), ("plan.milestones.H.weight", 25, 10)]
    early, late = checkin(2, accepted=acceptances("B")), checkin(3, accepted=acceptances("B"))
    assert charter_in_force(small_charter(), signed_amendment(changes), checkins=[early]) == small_charter()
    assert charter_in_force(small_charter(), signed_amendment(changes), checkins=[late]) != small_charter()


def test_a_refused_deadline_leaves_the_health_as_it_was() -> None:
    entries = [checkin(1), checkin(2)]
    day = friday(2)
    plain = measure_progress(small_charter(), entries, day)
    amended = measure_progress(small_charter(), entries, day, amendments=signed_amendment(TWO_MORE_WEEKS))
    assert (amended.health, amended.weeks) == (plain.health, plain.weeks) == (plain.health, 4)


def test_a_third_amendment_that_gains_something_is_refused() -> None:
    claims = ["it runs", "it runs well", "it runs better", "it runs best"]
    amendments = []
    for number, (old, new) in enumerate(itertools.pairwise(claims), 1):
        change = ("deliverable.acceptance[0].claim", old, new)
        record = signed_amendment(
            [change], id=f"A{number}", gains=["more"], gives_up=["b"], from_week=number
        )[0].record
        amendments.append(StoredRecord(f"amendments/{number}.toml", record))
    versions, refused = judge_amendments(small_charter(), amendments)
    assert [version.amendment and version.amendment.id for version in versions] == [None, "A1", "A2"]
    assert [entry.amendment.id for entry in refused] == ["A3"]
    assert "2 amendments in force have added something already" in refused[0].reasons[0]
