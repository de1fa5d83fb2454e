"""What holds for every sprint, however its weeks go."""

from __future__ import annotations

import random
import re
from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sprintkit.progress.progress import Progress, measure_progress
from sprintkit.records.base import StoredRecord
from sprintkit.records.checkin import CheckIn
from sprintkit.records.correction import Correction
from sprintkit.records.parsing import parse_record
from tests.records.kit import small
from tests.records.test_force import amendment

START = date(2026, 3, 2)
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Drawn:
    """A sprint as drawn: its charter, its check-ins by week as documents."""

    def __init__(self, document: dict[str, Any], entries: dict[int, dict[str, Any]]) -> None:
        self.document, self.entries = document, entries

    @property
    def question_ids(self) -> list[str]:
        return [one["id"] for one in self.document["plan"]["milestones"]]

    def read(self) -> list[CheckIn]:
        return [parse_record(CheckIn, entry) for entry in self.entries.values()]

    def at(self, day: date, **more: Any) -> Progress:
        return measure_progress(self.document, self.read(), day, **more)

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
    document = small()
    document["plan"]["milestones"] = [
        {
            "id": f"m{at}",
            "category": "build",
            "title": "x",
            "due_week": due,
            "weight": weight,
            "verifier": "vic",
        }
        for at, (due, weight) in enumerate(zip(dues, weights, strict=True))
    ]
    start = START + timedelta(days=draw(st.integers(0, 6)))
    document["timeline"] = {
        "start": start,
        "weeks": weeks,
        "deadline": start + timedelta(days=7 * weeks - 1),
        "checkin_day": draw(st.sampled_from(DAYS)),
    }
    return document


def accepted(name: str) -> dict[str, Any]:
    return {"id": name, "evidence": "a log", "by": "vic"}


@st.composite
def sprints(draw: st.DrawFn) -> Drawn:
    """Any sprint with check-ins in some of its weeks, also a few after its end."""
    document = draw(charters())
    start, count = document["timeline"]["start"], document["timeline"]["weeks"]
    weeks = sorted(draw(st.sets(st.integers(1, count + 2), min_size=1)))
    names = [one["id"] for one in document["plan"]["milestones"]]
    entries: dict[int, dict[str, Any]] = {}
    stand: set[str] = set()
    opened: list[str] = []
    for week in weeks:
        entry: dict[str, Any] = {
            "week": week,
            "on": start + timedelta(days=7 * (week - 1) + draw(st.integers(0, 6))),
            "by": "olga",
            "votes": draw(st.lists(st.integers(1, 5), min_size=1, max_size=4)),
        }
        back = draw(st.sets(st.sampled_from(sorted(stand)), max_size=2)) if stand else set()
        fresh = draw(st.sets(st.sampled_from(names), max_size=3)) - stand
        stand = (stand - back) | fresh
        entry["reopened"] = [{"id": name, "why": "x"} for name in sorted(back)]
        entry["accepted"] = [accepted(name) for name in sorted(fresh)]
        if draw(st.booleans()):
            name = f"B{len(opened)}"
            opened.append(name)
            category = draw(st.sampled_from(["data", "process", "ownership", "other"]))
            due = draw(st.integers(1, count + 1))
            entry["opened"] = [
                {
                    "id": name,
                    "category": category,
                    "title": "t",
                    "holder": "max",
                    "due_week": due,
                    "stops": names[:1],
                }
            ]
        elif opened and draw(st.booleans()):
            entry["closed"] = [{"id": opened[-1], "how": "x"}]
        if draw(st.booleans()):
            entry["guardrails"] = {"hours": float(draw(st.integers(8, 12)))}
            value = float(draw(st.integers(30, 95)))
            entry["metric"] = {"value": value, "from": entry["on"], "to": entry["on"]}
        entries[week] = entry
    return Drawn(document, entries)


def late(weeks: Any) -> float:
    """A forecast as something to compare: none is worse than any."""
    return float("inf") if weeks is None else float(weeks)


@given(sprints(), st.data())
def test_accepting_never_worsens_points_schedule_or_a_forecast(drawn: Drawn, data: st.DataObject) -> None:
    day = drawn.last_day
    before = drawn.at(day)
    left = [one.id for one in before.milestones if one.accepted is None]
    if not left:
        return
    name = data.draw(st.sampled_from(left))
    drawn.entries[max(drawn.entries)]["accepted"].append(accepted(name))
    after = drawn.at(day)
    assert before.forecast and after.forecast and before.earned is not None and after.earned is not None
    assert after.earned > before.earned
    assert after.forecast.earned_schedule >= before.forecast.earned_schedule
    assert after.forecast.kind <= before.forecast.kind
    assert late(after.forecast.pace) <= late(before.forecast.pace)
    assert set(after.forecast.missing) <= set(before.forecast.missing)


@given(sprints(), st.data())
def test_reopening_undoes_an_acceptance_exactly(drawn: Drawn, data: st.DataObject) -> None:
    weeks = sorted(drawn.entries)
    if len(weeks) < 2:
        return
    name = data.draw(st.sampled_from(drawn.question_ids))
    for entry in drawn.entries.values():
        entry["accepted"] = [one for one in entry["accepted"] if one["id"] != name]
        entry["reopened"] = [one for one in entry["reopened"] if one["id"] != name]
    day = drawn.last_day
    never = drawn.at(day)
    at = data.draw(st.integers(0, len(weeks) - 2))
    until = data.draw(st.integers(at + 1, len(weeks) - 1))
    drawn.entries[weeks[at]]["accepted"].append(accepted(name))
    drawn.entries[weeks[until]]["reopened"].append({"id": name, "why": "it was not done"})
    undone = drawn.at(day)
    assert (undone.as_dict(), undone.reasons) == (never.as_dict(), never.reasons)


@given(sprints(), st.data())
def test_a_past_day_stays_as_it_was_when_later_records_arrive(drawn: Drawn, data: st.DataObject) -> None:
    start = drawn.document["timeline"]["start"]
    day = start + timedelta(days=data.draw(st.integers(-2, 7 * 13)))
    entries = drawn.read()
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
    first = drawn.document["plan"]["milestones"][0]
    changes = [
        StoredRecord(
            "a.toml",
            amendment(
                ("plan.milestones[0].weight", first["weight"], first["weight"] + 1),
                from_week=data.draw(st.integers(1, 6)),
                signed_on=start + timedelta(days=data.draw(st.integers(0, 60))),
            ),
        )
    ]
    whole = measure_progress(drawn.document, entries, day, corrections=fixes, amendments=changes)
    then = measure_progress(
        drawn.document,
        [entry for entry in entries if entry.on <= day],
        day,
        corrections=[fix for fix in fixes if fix.record.on <= day],
        amendments=[one for one in changes if one.record.signed_on and one.record.signed_on <= day],
    )
    assert (whole.as_dict(), whole.reasons, whole.delta) == (then.as_dict(), then.reasons, then.delta)


@given(charters(), st.integers(0, 90), st.booleans())
def test_a_sprint_exactly_on_plan_is_on_track_on_every_day(
    document: dict[str, Any], days: int, is_on_the_day: bool
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
                accepted(one["id"]) for one in document["plan"]["milestones"] if one["due_week"] == week
            ],
            "metric": {"value": 85.0, "from": start, "to": start},
        }
        for week in range(1, timeline["weeks"] + 1)
    }
    day = start + timedelta(days=min(days, 7 * timeline["weeks"] + 20))
    if is_on_the_day:
        day = entries[min(timeline["weeks"], 1 + days // 7)]["on"]
    # As it stood on that day: the records of later days were not there.
    drawn = Drawn(document, {week: one for week, one in entries.items() if one["on"] <= day})
    found = drawn.at(day)
    assert (found.health, found.reasons) == (None if not drawn.entries else "on_track", ())


@given(sprints(), st.booleans())
def test_what_is_said_to_clear_a_late_sprint_clears_it(drawn: Drawn, is_open: bool) -> None:
    day = drawn.last_day
    before = drawn.at(day, is_open=is_open)
    for reason in before.reasons:
        if reason.code not in ("H1", "S1"):
            continue
        wanted = re.findall(r"m\d+", reason.remedy.split(" accepted ")[0])
        week = int(re.findall(r"check-in of week (\d+)", reason.remedy)[0]) if not is_open else None
        assert (week is None) is ("in this check-in" in reason.remedy)
        entries = {at: {**entry} for at, entry in drawn.entries.items()}
        if week is None:
            last = entries[max(entries)]
            last["accepted"] = [*last["accepted"], *map(accepted, wanted)]
        else:
            on = drawn.document["timeline"]["start"] + timedelta(days=7 * week - 1)
            entries[week] = {"week": week, "on": on, "by": "olga", "accepted": [*map(accepted, wanted)]}
        after = Drawn(drawn.document, entries)
        assert reason.code not in {one.code for one in after.at(after.last_day).reasons}
        # Nothing in it is asked for in vain.
        entries[max(entries)]["accepted"].pop()
        fewer = Drawn(drawn.document, entries)
        assert {"H1", "S1"} & {one.code for one in fewer.at(fewer.last_day).reasons}


@given(sprints(), st.randoms(use_true_random=False))
def test_nothing_depends_on_the_order_of_files(drawn: Drawn, order: random.Random) -> None:
    day = drawn.last_day
    straight = drawn.at(day)
    mixed = drawn.read()
    order.shuffle(mixed)
    assert measure_progress(drawn.document, mixed, day) == straight


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


@given(
    st.lists(rough_entries, max_size=4),
    st.dates(),
    st.dates(),
    st.lists(st.tuples(st.integers(-5, 10**15), st.floats(-1e300, 1e300)), max_size=4),
    st.integers(-3, 10**9),
)
def test_whatever_stands_in_hand_edited_files_there_is_an_answer(
    entries: list[dict[str, Any]], start: date, day: date, plan: list[tuple[int, float]], weeks: int
) -> None:
    document = small()
    document["timeline"] = {"start": start, "weeks": weeks}
    document["plan"]["milestones"] = [
        {"id": "ABLH"[at], "title": "x", "due_week": due, "weight": weight, "verifier": "vic"}
        for at, (due, weight) in enumerate(plan)
    ]
    found = measure_progress(document, [parse_record(CheckIn, entry) for entry in entries], day)
    assert found.as_dict()["health"] in (None, "on_track", "at_risk", "off_track")
