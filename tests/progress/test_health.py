"""Every reason for the health of a sprint: when it applies, and what clears it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from sprintkit.charter.settings import Settings
from sprintkit.progress.health import REASONS
from sprintkit.progress.measure_progress import measure_progress
from sprintkit.progress.progress import Progress
from sprintkit.records.base import StoredRecord
from sprintkit.records.checkin import CheckIn
from sprintkit.records.correction import Correction
from sprintkit.records.parsing import parse_record
from tests.conftest import example
from tests.records.helpers import acceptances, amendment, blocker, checkin, friday, small_charter

READ = {"metric": {"value": 85.0, "from": date(2026, 2, 2), "to": date(2026, 2, 27)}}
MILESTONE_OF_WEEK = {1: "A", 2: "B", 3: "L", 4: "H"}


def checkins_on_plan(last_week: int, **last_fields: Any) -> list[CheckIn]:
    """Check-ins of weeks 1 to `last_week`, exactly on plan; `last_fields` are added to the last one."""
    return [
        checkin(
            week,
            accepted=acceptances(MILESTONE_OF_WEEK[week]),
            **(READ if week == 1 else {}),
            **(last_fields if week == last_week else {}),
        )
        for week in range(1, last_week + 1)
    ]


def progress_on(
    entries: list[CheckIn], day: date, document: dict[str, Any] | None = None, **more: Any
) -> Progress:
    return measure_progress(document or small_charter(), entries, day, **more)


def reason_keys(progress: Progress) -> list[tuple[str, str | None]]:
    """Code and subject of each reason."""
    return [(reason.code, reason.about) for reason in progress.reasons]


def monday(week: int) -> date:
    return friday(week) - timedelta(days=4)


def saturday(week: int) -> date:
    return friday(week) + timedelta(days=1)


@pytest.mark.parametrize("week", [1, 2, 3, 4])
def test_exactly_on_plan_is_on_track(week: int) -> None:
    progress = progress_on(checkins_on_plan(week), friday(week))
    assert (progress.health, reason_keys(progress)) == ("on_track", [])


@pytest.mark.parametrize(
    ("day", "weeks_with_a_checkin", "code"),
    [
        (date(2026, 2, 21), 0, "S2"),
        (date(2026, 2, 28), 0, "H3"),
        (date(2026, 3, 2), 0, "H3"),
        (date(2026, 3, 9), 0, "H3"),
        (date(2026, 3, 2), 1, "S2"),
        (date(2026, 3, 7), 1, "H3"),
    ],
)
def test_a_missing_check_in_of_the_lead_example_is_not_forgiven_by_waiting(
    day: date, weeks_with_a_checkin: int, code: str
) -> None:
    entries = [parse_record(CheckIn, entry) for entry in example("lead.records")["checkins"]]
    progress = measure_progress(example("lead"), entries[:weeks_with_a_checkin], day)
    assert [reason.code for reason in progress.reasons if reason.code in ("S2", "H3")] == [code]


def test_no_check_in_is_due_after_a_closing() -> None:
    progress = progress_on(checkins_on_plan(2), date(2026, 6, 1), closed_on=friday(2))
    assert not {"S2", "H3"} & {reason.code for reason in progress.reasons}


CASES: list[Any] = [
    # No data is not on track.
    ("before week 1's check-in day has passed nothing is known", [], friday(1), None, []),
    ("after week 1's check-in day a check-in is missing", [], saturday(1), "at_risk", [("S2", None)]),
    ("it is still missing in week 2", [], friday(2), "at_risk", [("S2", None)]),
    ("two weeks without a check-in are off track", [], saturday(2), "off_track", [("H3", None)]),
    ("after the first check-in none is missing", [checkin(1, accepted=acceptances("A"))], friday(1), "on_track", []),
    # H1 and S1.
    ("a whole milestone late is at risk at this pace",
     [checkin(1, accepted=acceptances("A")), checkin(2, **READ)], friday(2), "at_risk", [("S1", None)]),
    ("exactly a week late is at risk, not off track",
     [checkin(1), checkin(2, accepted=acceptances("A"), **READ)], friday(2), "at_risk", [("S1", None)]),
    ("nothing accepted by week 2 is off track",
     [checkin(1), checkin(2, **READ)], friday(2), "off_track", [("H1", None)]),
    ("in week 1 half a week is allowed", [checkin(1)], friday(1), "at_risk", [("S1", None)]),
    # H2.
    ("on the deadline it is not over", checkins_on_plan(3), friday(4), "on_track", []),
    ("the day after the deadline it is over", checkins_on_plan(3), saturday(4), "off_track", [("H2", None), ("S2", None)]),
    ("the check-in of the last week ends it, even before the deadline",
     [*checkins_on_plan(3), checkin(4, on=friday(4) - timedelta(days=1))], friday(4) - timedelta(days=1),
     "off_track", [("H2", None), ("S1", None)]),
    ("with everything accepted it stays on track for ever", checkins_on_plan(4), date(2027, 1, 1), "on_track", []),
    # S2 and H3.
    ("on its day a check-in is not missing yet", checkins_on_plan(1), friday(2), "on_track", []),
    ("the day after its day a check-in is missing", checkins_on_plan(1), saturday(2), "at_risk", [("S2", None)]),
    ("a check-in stays missing in the next week", checkins_on_plan(1), friday(3), "at_risk", [("S2", None)]),
    ("check-ins stay missing after the deadline",
     checkins_on_plan(2), date(2027, 1, 1), "off_track", [("H2", None), ("H3", None)]),
    ("two missing check-ins in a row", checkins_on_plan(1), saturday(3), "off_track", [("H3", None)]),
    # Blockers.
    ("a blocker may be open in its due week",
     checkins_on_plan(2, opened=[blocker("B1", due_week=3)]), friday(3), "on_track", []),
    ("a blocker past its due week",
     checkins_on_plan(2, opened=[blocker("B1", due_week=2)]), monday(3), "at_risk", [("S3", "B1")]),
    ("a blocker two weeks past its due week",
     [checkin(1, accepted=acceptances("A"), opened=[blocker("B1", due_week=1)], **READ), checkin(2, accepted=acceptances("B"))],
     monday(3), "off_track", [("H4", "B1")]),
    ("a closed blocker no longer counts",
     [checkin(1, accepted=acceptances("A"), opened=[blocker("B1", due_week=1)], **READ),
      checkin(2, accepted=acceptances("B"), closed=[{"id": "B1", "how": "merged"}])], monday(3), "on_track", []),
    ("an update moves the due week of a blocker",
     checkins_on_plan(2, opened=[blocker("B1", due_week=1)],
             updated=[{"id": "B1", "due_week": 3, "why": "vendor"}]), monday(3), "on_track", []),
    ("a blocker about ownership in the second half",
     checkins_on_plan(2, opened=[blocker("B1", category="ownership", due_week=4)]), monday(3), "off_track", [("H5", "B1")]),
    ("a blocker about ownership in the first half",
     checkins_on_plan(2, opened=[blocker("B1", category="ownership", due_week=4)]), friday(2), "on_track", []),
    ("any open blocker once the last check-in is in the second half",
     checkins_on_plan(3, opened=[blocker("B1", due_week=4)]), friday(3), "at_risk", [("S4", "B1")]),
    ("on the Monday before that check-in the blocker does not count yet",
     checkins_on_plan(2, opened=[blocker("B1", due_week=4)]), monday(3), "on_track", []),
    ("several blockers, each with its first reason, sorted by id",
     checkins_on_plan(3, opened=[blocker("B2", due_week=4), blocker("B1", due_week=4), blocker("B0", due_week=2)]),
     friday(3), "at_risk", [("S3", "B0"), ("S4", "B1"), ("S4", "B2")]),
    # Guardrails, metric, votes.
    ("a guardrail above at_most", checkins_on_plan(2, guardrails={"hours": 10.5}), friday(2), "at_risk", [("S5", "hours")]),
    ("a guardrail on its limit is inside",
     checkins_on_plan(2, guardrails={"hours": 10.0, "margin": 20.0}), friday(2), "on_track", []),
    ("a guardrail below at_least",
     checkins_on_plan(2, guardrails={"margin": 19.9}), friday(2), "at_risk", [("S5", "margin")]),
    ("a guardrail outside twice running, whatever the weeks",
     [checkin(1, accepted=acceptances("A"), guardrails={"hours": 11.0}, **READ), checkin(2, accepted=acceptances("B")),
      checkin(3, accepted=acceptances("L"), guardrails={"hours": 12.0, "margin": 19.0})],
     friday(3), "off_track", [("H6", "hours"), ("S5", "margin")]),
    ("a guardrail that is inside again",
     [checkin(1, accepted=acceptances("A"), guardrails={"hours": 11.0}, **READ),
      checkin(2, accepted=acceptances("B"), guardrails={"hours": 9.0})], friday(2), "on_track", []),
    ("low votes", checkins_on_plan(2, votes=[2, 4, 2, 4]), friday(2), "at_risk", [("S6", None)]),
    ("one alarm among good votes", checkins_on_plan(2, votes=[5, 5, 1]), friday(2), "at_risk", [("S6", None)]),
    ("votes in the middle", checkins_on_plan(2, votes=[3, 3, 2]), friday(2), "on_track", []),
    ("no reading of the metric by half the time",
     [checkin(1, accepted=acceptances("A")), checkin(2, accepted=acceptances("B"))], friday(2), "at_risk", [("S7", None)]),
    ("a reading past the stop line since it is live",
     checkins_on_plan(3, metric={"value": 80.5, "from": friday(3) - timedelta(days=2), "to": friday(3)}),
     friday(3), "at_risk", [("S8", None)]),
    ("a reading on the stop line is not past it",
     checkins_on_plan(3, metric={"value": 80.0, "from": friday(3) - timedelta(days=2), "to": friday(3)}),
     friday(3), "on_track", []),
    ("a reading that starts before it is live is not a result",
     checkins_on_plan(3, metric={"value": 85.0, "from": friday(3) - timedelta(days=3), "to": friday(3)}),
     friday(3), "on_track", []),
]  # fmt: skip


@pytest.mark.parametrize(
    ("entries", "day", "health", "expected"), [pytest.param(*case[1:], id=case[0]) for case in CASES]
)
def test_a_reason_applies_and_decides_the_health(
    entries: list[CheckIn], day: date, health: str | None, expected: list[tuple[str, str | None]]
) -> None:
    progress = progress_on(entries, day)
    assert (progress.health, reason_keys(progress)) == (health, expected)
    for reason in progress.reasons:
        assert reason.message.endswith(".")
        assert reason.remedy


def test_every_reason_has_a_case() -> None:
    tested_codes = {code for case in CASES for code, _about in case[4]}
    assert tested_codes == {rule.code for rule in REASONS}


def test_a_reason_gives_its_numbers_and_what_would_clear_it() -> None:
    (late,) = progress_on([checkin(1, accepted=acceptances("A")), checkin(2, **READ)], friday(2)).reasons
    assert late.message == (
        "At the pace so far it lands 4 weeks after the deadline. After week 2, 25 points are accepted of 50 planned."
    )
    assert late.remedy == (
        "It clears when B and L (50 points) are accepted by the check-in of week 3; or cut what is left by an "
        "amendment."
    )
    cleared = progress_on(
        [
            checkin(1, accepted=acceptances("A")),
            checkin(2, **READ),
            checkin(3, accepted=acceptances("B", "L")),
        ],
        friday(3),
    )
    assert cleared.health == "on_track"


def test_no_check_in_is_due_after_the_last_week_but_a_missing_one_stays_missing() -> None:
    assert reason_keys(progress_on(checkins_on_plan(4), friday(6) + timedelta(days=3))) == []
    assert reason_keys(progress_on(checkins_on_plan(3), friday(6))) == [("H2", None), ("S2", None)]


def test_a_check_in_after_the_last_week_leaves_no_time() -> None:
    progress = progress_on([*checkins_on_plan(3), checkin(5)], friday(5))
    assert (progress.as_of_week, progress.as_dict()["missing_at_deadline"]) == (5, ["H"])
    late = progress_on([*checkins_on_plan(3), checkin(5, accepted=acceptances("H"))], friday(5))
    assert (late.health, late.as_dict()["forecast_kind"]) == ("on_track", 5.0)


def test_an_acceptance_without_proof_or_by_somebody_else_does_not_count() -> None:
    for invalid in (
        acceptances("A", evidence=" "),
        acceptances("A", by="max"),
        acceptances("A", by="dan"),
        acceptances("A", by="dan", reason="x"),
    ):
        assert progress_on([checkin(1, accepted=invalid)], friday(1)).as_dict()["earned"] == 0
    stand_in = acceptances("A", by="dan", instead_of="vic", reason="on leave")
    assert progress_on([checkin(1, accepted=stand_in)], friday(1)).as_dict()["earned"] == 25


def test_a_second_acceptance_counts_only_after_a_reopening() -> None:
    def accepted_weeks(last: CheckIn) -> list[int | None]:
        milestones = progress_on([*checkins_on_plan(2), last], friday(3)).milestones
        return [milestone.accepted and milestone.accepted.week for milestone in milestones]

    again = acceptances("A", "L")
    assert accepted_weeks(checkin(3, accepted=again)) == [1, 2, 3, None]
    reopened = [{"id": "A", "why": "x"}]
    assert accepted_weeks(checkin(3, reopened=reopened, accepted=again)) == [3, 2, 3, None]


def test_thresholds_come_from_the_settings() -> None:
    entries = checkins_on_plan(2, votes=[3, 3, 3])
    assert reason_keys(progress_on(entries, friday(2), settings=Settings(vote_low=3))) == [("S6", None)]
    late = [checkin(1, accepted=acceptances("A")), checkin(2, **READ)]
    assert reason_keys(progress_on(late, friday(2), settings=Settings(at_risk_weeks=4.0))) == []
    assert reason_keys(progress_on(late, friday(2), settings=Settings(off_track_weeks=0.5))) == [("H1", None)]


def test_an_acceptance_is_judged_by_the_charter_in_force_in_its_week() -> None:
    new_verifier = [StoredRecord("a", amendment(("plan.milestones.B.verifier", "vic", "max"), from_week=3))]
    early = [
        checkin(1, accepted=acceptances("A")),
        checkin(2, accepted=acceptances("B"), **READ),
        checkin(3, accepted=acceptances("L")),
    ]
    assert progress_on(early, friday(3), amendments=new_verifier).as_dict()["earned"] == 75
    late = [
        checkin(1, accepted=acceptances("A")),
        checkin(2, **READ),
        checkin(3, accepted=acceptances("B", "L")),
    ]
    assert progress_on(late, friday(3), amendments=new_verifier).as_dict()["earned"] == 50


def test_points_are_those_in_force_in_the_week_of_the_last_check_in() -> None:
    shift = [
        StoredRecord(
            "a",
            amendment(
                ("plan.milestones.A.weight", 25, 30), ("plan.milestones.H.weight", 25, 20), from_week=3
            ),
        )
    ]
    assert progress_on(checkins_on_plan(2), monday(3), amendments=shift).as_dict()["earned"] == 50
    assert progress_on(checkins_on_plan(3), friday(3), amendments=shift).as_dict()["earned"] == 80


def test_a_correction_counts_from_its_own_day() -> None:
    entries = checkins_on_plan(2, guardrails={"hours": 95.0})
    fix = parse_record(
        Correction,
        {
            "week": 2,
            "on": monday(3),
            "by": "olga",
            "corrects": [{"path": "guardrails.hours", "value": 9.5, "why": "a digit too many"}],
        },
    )
    corrections = [StoredRecord("week-02-fix-1.toml", fix)]
    assert progress_on(entries, friday(2), corrections=corrections).health == "at_risk"
    assert progress_on(entries, monday(3), corrections=corrections).health == "on_track"


def test_a_team_more_confident_than_its_records_is_warned_with_both_numbers() -> None:
    late = [checkin(1, accepted=acceptances("A")), checkin(2, votes=[5, 4, 4], **READ)]
    assert progress_on(late, friday(2)).confidence_warning == (
        "The room is more confident than its records: its votes have a median of 4 of 5 that it is live by "
        "week 4, its records say 4 weeks after the deadline."
    )
    assert progress_on([late[0], checkin(2, votes=[3, 4, 3], **READ)], friday(2)).confidence_warning is None
    assert progress_on(checkins_on_plan(2, votes=[5, 5]), friday(2)).confidence_warning is None
    blocked = checkins_on_plan(2, votes=[5, 5], opened=[blocker("B1", category="ownership", due_week=4)])
    warning = progress_on(blocked, monday(3)).confidence_warning
    assert warning is not None
    assert "its records say week 4. B1 (" in warning and "is about ownership" in warning


def test_the_delta_lists_what_changed_since_the_previous_check_in() -> None:
    entries = [
        checkin(1, accepted=acceptances("A"), opened=[blocker("B1")]),
        checkin(
            2,
            reopened=[{"id": "A", "why": "checks failed"}],
            accepted=acceptances("B"),
            opened=[blocker("B2")],
            closed=[{"id": "B1", "how": "gone"}],
            **READ,
        ),
    ]
    assert progress_on(entries, friday(1)).delta is None
    delta = progress_on(entries, friday(2)).delta
    assert delta is not None
    assert (delta.since_week, delta.health_before) == (1, "on_track")
    assert (delta.accepted, delta.reopened, delta.opened, delta.closed) == (("B",), ("A",), ("B2",), ("B1",))
    assert (delta.earned, delta.earned_schedule, delta.forecast_kind, delta.forecast_pace) == (
        0.0,
        0.0,
        1.0,
        None,
    )


def test_opening_a_blocker_twice_or_closing_an_unknown_one_is_not_a_change() -> None:
    entries = [
        checkin(1, accepted=acceptances("A"), opened=[blocker("B1")]),
        checkin(2, opened=[blocker("B1"), blocker("B2")], closed=[{"id": "B9", "how": "x"}], **READ),
    ]
    delta = progress_on(entries, friday(2)).delta
    assert delta is not None and (delta.opened, delta.closed) == (("B2",), ())


def test_votes_are_summarised_and_charts_have_their_data() -> None:
    progress = progress_on(checkins_on_plan(2, votes=[5, 2, 3, 9]), friday(2))
    assert progress.votes is not None and progress.chart_data is not None
    assert (progress.votes.votes, progress.votes.low_median, progress.votes.previous_low_median) == (
        (5, 2, 3),
        3,
        4,
    )
    assert progress.chart_data.planned == ((0, 0.0), (1, 25.0), (2, 50.0), (3, 75.0), (4, 100.0))
    assert progress.chart_data.earned == ((0, 0.0), (1, 25.0), (2, 50.0))
    assert progress.chart_data.expected == ((2, 50.0), (4, 100.0))
    assert [reading.value for reading in progress.chart_data.metric] == [85.0]
    assert (progress.chart_data.baseline, progress.chart_data.stop_line, progress.chart_data.target) == (
        90.0,
        80.0,
        40.0,
    )


def test_blockers_are_counted_by_category_with_their_age() -> None:
    entries = [
        checkin(1, opened=[blocker("B1"), blocker("B2", category="process")]),
        checkin(3, closed=[{"id": "B1", "how": "x"}], opened=[blocker("B3")], **READ),
    ]
    progress = progress_on(entries, monday(4))
    data, process = progress.blockers_by_category
    assert (data.category, data.opened, data.closed, data.open, data.mean_weeks_open) == (
        "data",
        2,
        1,
        1,
        1.5,
    )
    assert (process.category, process.mean_weeks_open) == ("process", 3.0)
    assert progress.early_share == 2 / 3
    assert [opened.weeks_open(4) for opened in progress.blockers] == [2, 3, 1]


def test_a_second_opening_of_a_blocker_id_is_ignored() -> None:
    entries = [checkin(1, opened=[blocker("B1")]), checkin(2, opened=[blocker("B1", category="process")])]
    assert [opened.category for opened in progress_on(entries, friday(2)).blockers] == ["data"]
