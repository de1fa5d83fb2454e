"""What an amendment is refused for."""

from __future__ import annotations

from typing import Any

import pytest

from sprintkit.charter.findings import ERROR, WARNING, Finding
from sprintkit.charter.parsing import ParsedCharter
from sprintkit.records import validation
from sprintkit.records.amendment import Amendment
from sprintkit.records.base import StoredRecord
from sprintkit.records.in_force import in_force
from tests.records.kit import codes, small, sprint
from tests.records.test_force import amendment

A, B = "plan.milestones.A", "plan.milestones.B"


def test_the_example_is_taken() -> None:
    found = sprint("price")
    before = in_force(found.document, [], 3)
    item = found.amendments[0].record
    assert validation.validate_amendment(item, before, accepted={"P2", "P4"}, blockers={"B1", "B2"}) == []


def take(item: Amendment, **context: Any) -> list[tuple[str, str]]:
    return codes(validation.validate_amendment(item, small(), **context))


SHIFT = ((f"{A}.weight", 25, 30), (f"{B}.weight", 25, 20))


@pytest.mark.parametrize(
    ("changes", "fields", "expected"),
    [
        (SHIFT, {}, []),
        ((), {}, [("changes", "missing")]),
        (((f"{A}.weight", 15, 30), (f"{B}.weight", 25, 20)), {}, [("changes[0].old", "old")]),
        ((("plan.milestones.Z.weight", 1, 2),), {}, [("changes[0].path", "path")]),
        (((f"{A}.weight", 25, 30),), {}, [("changes", "weights")]),
        (((f"{A}.weight", 25, "30"),), {}, [("changes", "weights"), ("changes", "wrong_type")]),
        (((f"{A}.wieght", None, 30),), {}, [("changes", "unknown_key")]),
        (SHIFT, {"gains": ["phone enquiries"]}, [("gives_up", "gains_without_gives_up")]),
        (SHIFT, {"gains": ["phone enquiries"], "gives_up": ["attachments"]}, []),
        (SHIFT, {"deadline_change_days": 7}, [("deadline_change_days", "deadline")]),
        ((("timeline.weeks", 4, 5),), {}, [("changes", "deadline")]),
        (SHIFT, {"from_week": 0}, [("from_week", "from_week")]),
        (SHIFT, {"requested_by": "zoe"}, [("requested_by", "unknown_person")]),
        (SHIFT, {"signed_by": ["ann", "zoe"]}, [("signed_by[1]", "unknown_person")]),
        (SHIFT, {"digest_before": "abc"}, [("digest_before", "digest")]),
        (SHIFT, {"because_of": "B9"}, [("because_of", "unknown_blocker")]),
        (SHIFT, {"because_of": "B1"}, []),
        (SHIFT, {"reason": " "}, [("reason", "missing")]),
        # Editorial: the wording of texts, and no number in them.
        ((("success_metric.name", "Minutes to answer", "Minutes until it is answered"),), {"kind": "editorial"}, []),
        ((("success_metric.name", "Minutes to answer", "90 minutes"),), {"kind": "editorial"}, [
            ("changes[0].new", "not_editorial")
        ]),
        ((("owner.person", "olga", "dan"),), {"kind": "editorial"}, [("changes[0].path", "not_editorial")]),
        ((("success_metric.baseline", 90, 95),), {"kind": "editorial"}, [("changes[0].path", "not_editorial")]),
        ((("success_metric.direction", "decrease", "increase"),), {"kind": "editorial"}, [
            ("changes[0].path", "not_editorial")
        ]),
    ],
)  # fmt: skip
def test_refusals(
    changes: tuple[tuple[str, Any, Any], ...], fields: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    assert take(amendment(*changes, **fields), blockers={"B1"}) == sorted(expected)


def test_what_is_accepted_may_rise_by_five_points_and_not_be_dropped() -> None:
    up_5 = amendment(*SHIFT)
    up_6 = amendment((f"{A}.weight", 25, 31), (f"{B}.weight", 25, 19))
    down = amendment((f"{A}.weight", 25, 5), (f"{B}.weight", 25, 45))
    assert take(up_5, accepted={"A"}) == []
    assert take(up_6, accepted={"A"}) == [("changes", "accepted_reweighted")]
    assert take(up_6, accepted={"B"}) == []
    assert take(down, accepted={"A"}) == []
    first = small()["plan"]["milestones"][0]
    dropped = amendment((A, first, None), (f"{B}.weight", 25, 50))
    assert take(dropped, accepted={"A"}) == [("changes", "accepted_dropped")]
    assert take(dropped) == []


def test_it_comes_after_earlier_ones_and_has_an_id_of_its_own() -> None:
    earlier = [amendment(from_week=3)]
    assert take(amendment(*SHIFT), earlier=earlier) == [("from_week", "from_week"), ("id", "id_used")]
    assert take(amendment(*SHIFT, id="A2", from_week=3), earlier=earlier) == []
    rejected = [amendment(from_week=3, decision="reject")]
    assert take(amendment(*SHIFT, id="A2"), earlier=rejected) == []


def test_errors_that_the_charter_did_not_have_before_are_told() -> None:
    def check(reading: ParsedCharter) -> list[Finding]:
        known = Finding("OWN-001", ERROR, "people.ann.name", "no name")
        weight = reading.charter.plan.milestones[0].weight or 0
        late = [Finding("TIM-006", ERROR, "plan.milestones", "late")] if weight > 25 else []
        return [known, Finding("TIM-005", WARNING, "plan.milestones", "x"), *late]

    assert take(amendment(*SHIFT), check=check) == [("changes", "TIM-006")]


def test_two_that_go_out_from_the_same_charter_are_told_of_the_log() -> None:
    one = amendment(digest_before="a" * 64)
    two = amendment(id="A2", digest_before="a" * 64)
    assert [problem.code for problem in validation.validate_amendment_log([one, two])] == [
        "same_digest_before"
    ]
    assert validation.validate_amendment_log([one, two.model_copy(update={"decision": "reject"})]) == []
    assert [
        problem.code
        for problem in validation.validate_amendment_log(
            [one, one.model_copy(update={"digest_before": None})]
        )
    ] == ["id_used"]
    assert StoredRecord("x", one).record is one
