"""Why an amendment is refused."""

from __future__ import annotations

from typing import Any

import pytest

from sprintkit.charter.findings import ERROR, WARNING, Finding
from sprintkit.charter.parsing import ParsedCharter
from sprintkit.records import validation
from sprintkit.records.amendment import Amendment
from sprintkit.records.in_force import charter_in_force
from tests.records.helpers import amendment, example_sprint, paths_and_codes, small_charter

A, B = "plan.milestones.A", "plan.milestones.B"


def test_the_amendment_of_the_example_is_valid() -> None:
    sprint = example_sprint("price")
    before = charter_in_force(sprint.document, [], 3)
    candidate = sprint.amendments[0].record
    problems = validation.validate_amendment(candidate, before, accepted={"P2", "P4"}, blockers={"B1", "B2"})
    assert problems == []


def refusals(candidate: Amendment, **context: Any) -> list[tuple[str, str]]:
    """Path and code of each reason to refuse an amendment of the small charter."""
    return paths_and_codes(validation.validate_amendment(candidate, small_charter(), **context))


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
        ((("charter.id", "small", "large"),), {}, [("changes", "identity")]),
        ((("budget.sprint_cost", None, 100.0),), {}, [("cost_change", "cost_change")]),
        ((("budget.sprint_cost", None, 100.0),), {"cost_change": 100.0}, []),
        ((("budget.operations_per_month", None, 100.0),), {}, []),
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
        ((("success_metric.name", "Minutes to answer", "Ten minutes to answer"),), {"kind": "editorial"}, [
            ("changes[0].new", "not_editorial")
        ]),
        ((("owner.person", "olga", "dan"),), {"kind": "editorial"}, [("changes[0].path", "not_editorial")]),
        ((("success_metric.baseline", 90, 95),), {"kind": "editorial"}, [("changes[0].path", "not_editorial")]),
        ((("success_metric.direction", "decrease", "increase"),), {"kind": "editorial"}, [
            ("changes[0].path", "not_editorial")
        ]),
    ],
)  # fmt: skip
def test_an_invalid_amendment_is_refused(
    changes: tuple[tuple[str, Any, Any], ...], fields: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    assert refusals(amendment(*changes, **fields), blockers={"B1"}) == sorted(expected)


def test_an_accepted_milestone_may_gain_five_points_but_not_be_dropped() -> None:
    five_more = amendment(*SHIFT)
    six_more = amendment((f"{A}.weight", 25, 31), (f"{B}.weight", 25, 19))
    down = amendment((f"{A}.weight", 25, 5), (f"{B}.weight", 25, 45))
    assert refusals(five_more, accepted={"A"}) == []
    assert refusals(six_more, accepted={"A"}) == [("changes", "accepted_reweighted")]
    assert refusals(six_more, accepted={"B"}) == []
    assert refusals(down, accepted={"A"}) == []
    first = small_charter()["plan"]["milestones"][0]
    dropped = amendment((A, first, None), (f"{B}.weight", 25, 50))
    assert refusals(dropped, accepted={"A"}) == [("changes", "accepted_dropped")]
    assert refusals(dropped) == []


def test_an_amendment_starts_no_earlier_than_the_previous_one_and_has_its_own_id() -> None:
    earlier = [amendment(from_week=3)]
    assert refusals(amendment(*SHIFT), earlier=earlier) == [("from_week", "from_week"), ("id", "id_used")]
    assert refusals(amendment(*SHIFT, id="A2", from_week=3), earlier=earlier) == []
    rejected = [amendment(from_week=3, decision="reject")]
    assert refusals(amendment(*SHIFT, id="A2"), earlier=rejected) == []


def test_an_error_that_the_charter_did_not_have_before_is_refused() -> None:
    def check(parsed: ParsedCharter) -> list[Finding]:
        earlier_error = Finding("OWN-001", ERROR, "people.ann.name", "no name")
        warning = Finding("TIM-005", WARNING, "plan.milestones", "x")
        weight = parsed.charter.plan.milestones[0].weight or 0
        new_errors = [Finding("TIM-006", ERROR, "plan.milestones", "late")] if weight > 25 else []
        return [earlier_error, warning, *new_errors]

    assert refusals(amendment(*SHIFT), check=check) == [("changes", "TIM-006")]


def test_two_amendments_of_the_same_charter_or_with_the_same_id_are_refused() -> None:
    first = amendment(digest_before="a" * 64)
    second = amendment(id="A2", digest_before="a" * 64)
    rejected = second.model_copy(update={"decision": "reject"})
    same_id = first.model_copy(update={"digest_before": None})
    for other, expected in ((second, ["same_digest_before"]), (rejected, []), (same_id, ["id_used"])):
        problems = validation.validate_amendment_log([first, other])
        assert [problem.code for problem in problems] == expected
