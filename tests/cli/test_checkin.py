"""The week's record from a file: taken, refused with everything at once, corrected."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import EXAMPLES, Ran, Run, files, toml, write
from tests.conftest import example


@pytest.fixture
def lead(ws: Path, sk: Run) -> Path:
    """The lead example with its charter."""
    sk("scope", "lead", "--from", EXAMPLES / "lead.toml")
    return ws / "sprints/lead"


def _take(sk: Run, lead: Path, record: dict[str, Any], *more: str) -> Ran:
    return sk("checkin", "lead", "--from", write(lead.parent.parent / "in.toml", record), "--json", *more)


def _weeks() -> list[dict[str, Any]]:
    records: list[dict[str, Any]] = example("lead.records")["checkins"]
    return records


def test_a_record_is_a_file_of_its_own(lead: Path, sk: Run) -> None:
    ran = _take(sk, lead, _weeks()[0], "--today", "2026-02-20")
    assert (ran.code, ran.json["kind"], ran.data["slug"]) == (0, "checkin", "lead")
    assert ran.data["path"] == "sprints/lead/checkins/week-01.toml"
    assert (ran.data["week"], ran.data["on"], ran.data["health"]) == (1, "2026-02-20", "on_track")
    assert toml(lead / "checkins/week-01.toml") == {"schema": 1, **_weeks()[0]}
    assert (
        (lead / "checkins/week-01.toml")
        .read_text("utf-8")
        .startswith("#:schema ../../../.sprintkit/schema/checkin.json\n")
    )


def test_the_text_says_where_it_stands_and_why(lead: Path, sk: Run) -> None:
    _take(sk, lead, _weeks()[0])
    ran = sk("checkin", "lead", "--from", write(lead.parent.parent / "in.toml", _weeks()[1]))
    assert ran.code == 0
    for part in ("week-02.toml", "at risk", "was on track", "S1", "M6, M7, M8", "Next: M3"):
        assert part in ran.out, ran.out


def test_everything_it_is_refused_for_is_told_at_once(lead: Path, sk: Run) -> None:
    _take(sk, lead, _weeks()[0])
    record = deepcopy(_weeks()[1])
    record |= {
        "week": 1,
        "votes": [0, 6],
        "by": "nobody",
        "accepted": [
            {"id": "M9", "evidence": "x", "by": "odile"},
            {"id": "M4", "evidence": " ", "by": "suvi"},
        ],
        "reopened": [{"id": "M5", "why": "x"}],
        "opened": [
            {"id": "B1", "category": "data", "title": "x", "holder": "who", "due_week": 3, "stops": ["M77"]}
        ],
        "closed": [{"id": "B9", "how": "x"}],
        "guardrails": {"speed": 1.0},
    }
    before = files(lead)
    ran = _take(sk, lead, record)
    assert (ran.code, ran.data["path"]) == (1, None)
    told = [error["message"].split()[0] for error in ran.json["errors"]]
    for path in (
        "week", "by", "votes[0]", "votes[1]", "accepted[0].id", "accepted[1].evidence", "reopened[0].id",
        "opened[0].id", "opened[0].holder", "opened[0].stops[0]", "closed[0].id", "guardrails.speed",
    ):  # fmt: skip
        assert path in told, (path, told)
    assert {error["path"] for error in ran.json["errors"]} == {str(lead.parent.parent / "in.toml")}
    assert files(lead) == before


@pytest.mark.parametrize(
    ("change", "code", "path"),
    [
        ({"week": "2"}, 2, "week"),
        ({"on": "2026-02-27"}, 2, "on"),
        ({"vote": [3]}, 2, "vote"),
        ({"week": 3}, 1, "week"),
        ({"on": date(2026, 2, 13), "week": 0}, 1, "on"),
        ({"on": None}, 1, "on"),
        ({"by": ""}, 1, "by"),
        ({"votes": []}, 1, "votes"),
        ({"metric": {"value": 97.0, "from": date(2026, 2, 2), "to": date(2026, 1, 2)}}, 1, "metric.from"),
        ({"accepted": [{"id": "M7", "evidence": "x", "by": "odile"}]}, 1, "accepted[0].live_since"),
        ({"accepted": [{"id": "M3", "evidence": "x", "by": "suvi"}]}, 1, "accepted[0].instead_of"),
    ],
)
def test_refusals(lead: Path, sk: Run, change: dict[str, Any], code: int, path: str) -> None:
    record = {key: value for key, value in (_weeks()[1] | change).items() if value is not None}
    ran = _take(sk, lead, record)
    assert ran.code == code, ran.out
    assert (ran.data is None) == (code == 2)
    assert path in [error["message"].split()[0] for error in ran.json["errors"]]
    assert not (lead / "checkins").exists()


def test_a_week_is_recorded_once(lead: Path, sk: Run) -> None:
    assert _take(sk, lead, _weeks()[0]).code == 0
    before = files(lead)
    ran = _take(sk, lead, _weeks()[0])
    assert (ran.code, files(lead)) == (1, before)
    assert "week_twice" in [error["code"] for error in ran.json["errors"]]


def test_a_correction_lies_beside_the_first_entry(lead: Path, sk: Run) -> None:
    for record in _weeks()[:2]:
        _take(sk, lead, record)
    fix = {
        "week": 2,
        "on": date(2026, 3, 2),
        "by": "hollis",
        "corrects": [{"path": "metric.value", "value": 99.0, "why": "wrong column"}],
    }
    first = (lead / "checkins/week-02.toml").read_bytes()
    ran = _take(sk, lead, fix)
    assert (ran.code, ran.data["path"]) == (0, "sprints/lead/checkins/week-02-fix-1.toml")
    assert (
        _take(sk, lead, fix | {"on": date(2026, 3, 3)}).data["path"]
        == "sprints/lead/checkins/week-02-fix-2.toml"
    )
    assert (lead / "checkins/week-02.toml").read_bytes() == first
    wrong = _take(sk, lead, fix | {"week": 5})
    assert (wrong.code, wrong.json["errors"][0]["code"]) == (1, "no_entry")
    wrong = _take(sk, lead, fix | {"corrects": [{"path": "votes[0]", "value": 9, "why": "x"}]})
    assert wrong.code == 1 and "votes[0]" in wrong.json["errors"][0]["message"]


def test_a_correction_counts_from_its_day(lead: Path, sk: Run) -> None:
    for record in _weeks()[:2]:
        _take(sk, lead, record)
    fix = {
        "week": 2,
        "on": date(2026, 3, 3),
        "by": "hollis",
        "corrects": [{"path": "accepted", "value": [], "why": "was never shown"}],
    }
    assert _take(sk, lead, fix).code == 0
    earned = [
        sk("status", "lead", "--json", "--today", day).data["sprints"][0]["earned"]
        for day in ("2026-03-02", "2026-03-03")
    ]
    assert earned == [20, 15]


def test_a_day_to_come_is_taken_and_told(lead: Path, sk: Run) -> None:
    ran = sk(
        "checkin",
        "lead",
        "--from",
        write(lead.parent.parent / "in.toml", _weeks()[0]),
        "--today",
        "2026-02-19",
    )
    assert ran.code == 0
    assert "after today" in ran.err
    second = _take(sk, lead, _weeks()[1], "--today", "2026-02-19")
    assert second.code == 0 and "after today" in second.err
    assert sk("status", "lead", "--json", "--today", "2026-02-19").data["sprints"][0]["earned"] == 0


def test_after_the_last_week_until_there_is_a_closing(lead: Path, sk: Run) -> None:
    for record in _weeks():
        assert _take(sk, lead, record).code == 0
    late = {"week": 7, "on": date(2026, 4, 3), "by": "hollis", "votes": [4]}
    write(lead / "closing.toml", example("lead.records")["closing"])
    ran = _take(sk, lead, late)
    assert (ran.code, "closed" in [error["code"] for error in ran.json["errors"]]) == (1, True)
    (lead / "closing.toml").unlink()
    assert _take(sk, lead, late).code == 0


def test_nothing_is_followed_without_a_charter(ws: Path, sk: Run) -> None:
    sk("scope", "x", "--set", "charter.title=X")
    ran = sk("checkin", "x", "--from", write(ws / "in.toml", _weeks()[0]), "--json")
    assert (ran.code, ran.json["errors"][0]["code"]) == (1, "no_charter")


def test_a_record_beside_one_that_cannot_be_read_is_not_taken(lead: Path, sk: Run) -> None:
    (lead / "checkins").mkdir()
    (lead / "checkins/week-01.toml").write_text("<<<<<<< HEAD\n", "utf-8")
    ran = _take(sk, lead, _weeks()[1])
    assert (ran.code, ran.data) == (2, None)
    assert ran.json["errors"][0]["path"] == "sprints/lead/checkins/week-01.toml"
    assert [path.name for path in (lead / "checkins").iterdir()] == ["week-01.toml"]


def test_without_a_terminal_it_names_the_option(lead: Path, sk: Run) -> None:
    ran = sk("checkin", "lead")
    assert ran.code == 2 and "--from" in ran.err
