"""Properties of every sprint, however its weeks go."""

from __future__ import annotations

import math
import random
import re
from datetime import date, timedelta
from fractions import Fraction
from functools import partial
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sprintkit.charter.parsing import parse_lenient
from sprintkit.charter.prefill import fill_in
from sprintkit.progress.measure_progress import measure_progress
from sprintkit.progress.progress import Progress
from sprintkit.records.base import StoredRecord
from sprintkit.records.checkin import CheckIn
from sprintkit.records.correction import Correction
from sprintkit.records.parsing import parse_record
from tests.conftest import soak
from tests.records.helpers import amendment, small_charter

START = date(2026, 3, 2)
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class GeneratedSprint:
    """A generated sprint: its charter, and its check-ins by week, as documents."""

    def __init__(self, document: dict[str, Any], entries: dict[int, dict[str, Any]]) -> None:
        self.document, self.entries = document, entries

    @property
    def milestone_ids(self) -> list[str]:
        return [milestone["id"] for milestone in self.document["plan"]["milestones"]]

    def checkins(self) -> list[CheckIn]:
        return [parse_record(CheckIn, entry) for entry in self.entries.values()]

    def progress_on(self, day: date, **more: Any) -> Progress:
        return measure_progress(self.document, self.checkins(), day, **more)

    @property
    def last_day(self) -> date:
        return max((entry["on"] for entry in self.entries.values()), default=START)


@st.composite
def charters(draw: st.DrawFn) -> dict[str, Any]:
    weeks = draw(st.integers(2, 12))
    dues = draw(st.lists(st.integers(1, weeks), min_size=1, max_size=7))
    cuts = sorted(
        draw(st.lists(st.integers(1, 99), min_size=len(dues) - 1, max_size=len(dues) - 1, unique=True))
    )
    weights = [high - low for low, high in zip([0, *cuts], [*cuts, 100], strict=True)]
    document = small_charter()
    document["plan"]["milestones"] = [
        {
            "id": f"m{index}",
            "category": "build",
            "title": "x",
            "due_week": due,
            "weight": weight,
            "verifier": "vic",
        }
        for index, (due, weight) in enumerate(zip(dues, weights, strict=True))
    ]
    start = START + timedelta(days=draw(st.integers(0, 6)))
    document["timeline"] = {
        "start": start,
        "weeks": weeks,
        "deadline": start + timedelta(days=7 * weeks - 1),
        "checkin_day": draw(st.sampled_from(DAYS)),
    }
    return document


def acceptance(name: str) -> dict[str, Any]:
    return {"id": name, "evidence": "a log", "by": "vic"}


@st.composite
def sprints(draw: st.DrawFn) -> GeneratedSprint:
    """Any sprint with check-ins in some of its weeks, also a few after its end."""
    document = draw(charters())
    start, count = document["timeline"]["start"], document["timeline"]["weeks"]
    weeks = sorted(draw(st.sets(st.integers(1, count + 2), min_size=1)))
    milestone_ids = [milestone["id"] for milestone in document["plan"]["milestones"]]
    entries: dict[int, dict[str, Any]] = {}
    accepted_ids: set[str] = set()
    opened_ids: list[str] = []
    for week in weeks:
        entry: dict[str, Any] = {
            "week": week,
            "on": start + timedelta(days=7 * (week - 1) + draw(st.integers(0, 6))),
            "by": "olga",
            "votes": draw(st.lists(st.integers(1, 5), min_size=1, max_size=4)),
        }
        reopened_ids = (
            draw(st.sets(st.sampled_from(sorted(accepted_ids)), max_size=2)) if accepted_ids else set()
        )
        newly_accepted_ids = draw(st.sets(st.sampled_from(milestone_ids), max_size=3)) - accepted_ids
        accepted_ids = (accepted_ids - reopened_ids) | newly_accepted_ids
        entry["reopened"] = [{"id": name, "why": "x"} for name in sorted(reopened_ids)]
        entry["accepted"] = [acceptance(name) for name in sorted(newly_accepted_ids)]
        if draw(st.booleans()):
            name = f"B{len(opened_ids)}"
            opened_ids.append(name)
            category = draw(st.sampled_from(["data", "process", "ownership", "other"]))
            due = draw(st.integers(1, count + 1))
            entry["opened"] = [
                {
                    "id": name,
                    "category": category,
                    "title": "t",
                    "holder": "max",
                    "due_week": due,
                    "stops": milestone_ids[:1],
                }
            ]
        elif opened_ids and draw(st.booleans()):
            entry["closed"] = [{"id": opened_ids[-1], "how": "x"}]
        if draw(st.booleans()):
            entry["guardrails"] = {"hours": float(draw(st.integers(8, 12)))}
            value = float(draw(st.integers(30, 95)))
            entry["metric"] = {"value": value, "from": entry["on"], "to": entry["on"]}
        entries[week] = entry
    return GeneratedSprint(document, entries)


def weeks_or_never(weeks: Fraction | None) -> float:
    """A forecast as a number that compares: no forecast is later than any other."""
    return math.inf if weeks is None else float(weeks)


@pytest.mark.slow
@given(sprints(), st.data())
def test_accepting_never_worsens_points_schedule_or_a_forecast(
    sprint: GeneratedSprint, data: st.DataObject
) -> None:
    day = sprint.last_day
    before = sprint.progress_on(day)
    missing = [milestone.id for milestone in before.milestones if milestone.accepted is None]
    if not missing:
        return
    name = data.draw(st.sampled_from(missing))
    sprint.entries[max(sprint.entries)]["accepted"].append(acceptance(name))
    after = sprint.progress_on(day)
    assert before.forecast and after.forecast and before.earned is not None and after.earned is not None
    assert after.earned > before.earned
    assert after.forecast.earned_schedule >= before.forecast.earned_schedule
    assert after.forecast.kind <= before.forecast.kind
    assert weeks_or_never(after.forecast.pace) <= weeks_or_never(before.forecast.pace)
    assert set(after.forecast.missing) <= set(before.forecast.missing)


@pytest.mark.slow
@given(sprints(), st.data())
def test_reopening_undoes_an_acceptance_exactly(sprint: GeneratedSprint, data: st.DataObject) -> None:
    weeks = sorted(sprint.entries)
    if len(weeks) < 2:
        return
    name = data.draw(st.sampled_from(sprint.milestone_ids))
    for entry in sprint.entries.values():
        entry["accepted"] = [item for item in entry["accepted"] if item["id"] != name]
        entry["reopened"] = [item for item in entry["reopened"] if item["id"] != name]
    day = sprint.last_day
    never = sprint.progress_on(day)
    accept_index = data.draw(st.integers(0, len(weeks) - 2))
    reopen_index = data.draw(st.integers(accept_index + 1, len(weeks) - 1))
    sprint.entries[weeks[accept_index]]["accepted"].append(acceptance(name))
    sprint.entries[weeks[reopen_index]]["reopened"].append({"id": name, "why": "it was not done"})
    undone = sprint.progress_on(day)
    assert (undone.as_dict(), undone.reasons) == (never.as_dict(), never.reasons)


@pytest.mark.slow
@given(sprints(), st.data())
def test_a_past_day_does_not_change_when_later_records_arrive(
    sprint: GeneratedSprint, data: st.DataObject
) -> None:
    start = sprint.document["timeline"]["start"]
    day = start + timedelta(days=data.draw(st.integers(-2, 7 * 13)))
    entries = sprint.checkins()
    fixes = [
        StoredRecord(
            f"week-{entry.week:02}-fix-1.toml",
            parse_record(
                Correction,
                {
                    "week": entry.week,
                    "on": entry.on + timedelta(days=data.draw(st.integers(0, 20))),
                    "by": "olga",
                    "corrects": [
                        {"path": "votes", "value": [1], "why": "x"},
                        {"path": "accepted", "value": [], "why": "x"},
                    ],
                },
            ),
        )
        for entry in entries
        if data.draw(st.booleans())
    ]
    first = sprint.document["plan"]["milestones"][0]
    amendments = [
        StoredRecord(
            "a.toml",
            amendment(
                ("plan.milestones[0].weight", first["weight"], first["weight"] + 1),
                from_week=data.draw(st.integers(1, 6)),
                signed_on=start + timedelta(days=data.draw(st.integers(0, 60))),
            ),
        )
    ]
    with_later_records = measure_progress(
        sprint.document, entries, day, corrections=fixes, amendments=amendments
    )
    on_that_day = measure_progress(
        sprint.document,
        [entry for entry in entries if entry.on <= day],
        day,
        corrections=[fix for fix in fixes if fix.record.on <= day],
        amendments=[
            amended for amended in amendments if amended.record.signed_on and amended.record.signed_on <= day
        ],
    )
    assert with_later_records.as_dict() == on_that_day.as_dict()
    assert with_later_records.reasons == on_that_day.reasons
    assert with_later_records.delta == on_that_day.delta


@given(charters(), st.integers(0, 90), st.booleans())
def test_a_sprint_exactly_on_plan_is_on_track_on_every_day(
    document: dict[str, Any], days: int, is_checkin_day: bool
) -> None:
    timeline = document["timeline"]
    start = timeline["start"]
    offset = (DAYS.index(timeline["checkin_day"]) - start.weekday()) % 7
    entries = {
        week: {
            "week": week,
            "on": start + timedelta(days=7 * (week - 1) + offset),
            "by": "olga",
            "votes": [4],
            "accepted": [
                acceptance(milestone["id"])
                for milestone in document["plan"]["milestones"]
                if milestone["due_week"] == week
            ],
            "metric": {"value": 85.0, "from": start, "to": start},
        }
        for week in range(1, timeline["weeks"] + 1)
    }
    day = start + timedelta(days=min(days, 7 * timeline["weeks"] + 20))
    if is_checkin_day:
        day = entries[min(timeline["weeks"], 1 + days // 7)]["on"]
    # Records of later days do not exist yet.
    sprint = GeneratedSprint(document, {week: entry for week, entry in entries.items() if entry["on"] <= day})
    progress = sprint.progress_on(day)
    assert (progress.health, progress.reasons) == (None if not sprint.entries else "on_track", ())


@pytest.mark.slow
@given(sprints(), st.booleans())
def test_the_remedy_of_a_late_sprint_is_enough_and_not_too_much(
    sprint: GeneratedSprint, is_open: bool
) -> None:
    day = sprint.last_day
    before = sprint.progress_on(day, is_open=is_open)
    for reason in before.reasons:
        if reason.code not in ("H1", "S1"):
            continue
        required_ids = re.findall(r"m\d+", reason.remedy.split(" accepted ")[0])
        week = int(re.findall(r"check-in of week (\d+)", reason.remedy)[0]) if not is_open else None
        assert (week is None) is ("in this check-in" in reason.remedy)
        entries = {entry_week: {**entry} for entry_week, entry in sprint.entries.items()}
        if week is None:
            last = entries[max(entries)]
            last["accepted"] = [*last["accepted"], *map(acceptance, required_ids)]
        else:
            on = sprint.document["timeline"]["start"] + timedelta(days=7 * week - 1)
            entries[week] = {
                "week": week,
                "on": on,
                "by": "olga",
                "accepted": [*map(acceptance, required_ids)],
            }
        after = GeneratedSprint(sprint.document, entries)
        assert reason.code not in {remaining.code for remaining in after.progress_on(after.last_day).reasons}
        # One milestone fewer would not be enough.
        entries[max(entries)]["accepted"].pop()
        fewer = GeneratedSprint(sprint.document, entries)
        assert {"H1", "S1"} & {remaining.code for remaining in fewer.progress_on(fewer.last_day).reasons}


SEVERITY = {None: 0, "on_track": 1, "at_risk": 2, "off_track": 3}


@pytest.mark.slow
@given(sprints())
@settings(max_examples=soak(150))  # each looks at 105 days
def test_health_never_improves_by_waiting(sprint: GeneratedSprint) -> None:
    checkins = sprint.checkins()
    record_days = {checkin.on for checkin in checkins}
    charter = parse_lenient(fill_in(sprint.document)).charter
    on_day = partial(measure_progress, sprint.document, checkins, charter=charter)
    before = on_day(START - timedelta(days=1))
    for offset in range(7 * 15):
        today = on_day(START + timedelta(days=offset))
        if today.day not in record_days:
            assert SEVERITY[today.health] >= SEVERITY[before.health], today.day
        before = today


@pytest.mark.slow
@given(sprints(), st.randoms(use_true_random=False))
def test_nothing_depends_on_the_order_of_files(sprint: GeneratedSprint, order: random.Random) -> None:
    day = sprint.last_day
    in_order = sprint.progress_on(day)
    shuffled = sprint.checkins()
    order.shuffle(shuffled)
    out_of_order = measure_progress(sprint.document, shuffled, day)
    assert out_of_order == in_order
    assert (out_of_order.delta, out_of_order.chart_data) == (in_order.delta, in_order.chart_data)


texts = st.sampled_from(["A", "B", "L", "", " ", "Z", "[/]", "\u202e", "olga", "vic", "dan"])
rough_entries = st.fixed_dictionaries(
    {
        "week": st.integers(-3, 10**6),
        "on": st.dates(),
        "by": texts,
        "votes": st.lists(st.integers(-5, 10**12), max_size=3),
        "accepted": st.lists(
            st.fixed_dictionaries({"id": texts, "evidence": texts, "by": texts, "live_since": st.dates()}),
            max_size=3,
        ),
        "reopened": st.lists(st.fixed_dictionaries({"id": texts, "why": texts}), max_size=2),
        "opened": st.lists(
            st.fixed_dictionaries(
                {
                    "id": texts,
                    "category": st.sampled_from(["data", "ownership"]),
                    "title": texts,
                    "holder": texts,
                    "due_week": st.integers(-(10**15), 10**15),
                    "stops": st.lists(texts, max_size=2),
                }
            ),
            max_size=2,
        ),
        "guardrails": st.dictionaries(texts, st.floats(allow_nan=False, allow_infinity=False), max_size=2),
        "metric": st.fixed_dictionaries(
            {
                "value": st.floats(allow_nan=False, allow_infinity=False),
                "from": st.dates(),
                "to": st.dates(),
            }
        ),
    }
)


@pytest.mark.slow
@given(
    st.lists(rough_entries, max_size=4),
    st.dates(),
    st.dates(),
    st.lists(st.tuples(st.integers(-5, 10**15), st.floats(-1e300, 1e300)), max_size=4),
    st.integers(-3, 10**9),
)
def test_any_hand_edited_record_gives_a_health(
    entries: list[dict[str, Any]], start: date, day: date, plan: list[tuple[int, float]], weeks: int
) -> None:
    document = small_charter()
    document["timeline"] = {"start": start, "weeks": weeks}
    document["plan"]["milestones"] = [
        {"id": "ABLH"[index], "title": "x", "due_week": due, "weight": weight, "verifier": "vic"}
        for index, (due, weight) in enumerate(plan)
    ]
    progress = measure_progress(document, [parse_record(CheckIn, entry) for entry in entries], day)
    assert progress.as_dict()["health"] in (None, "on_track", "at_risk", "off_track")
