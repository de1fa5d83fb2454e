"""Check-ins from a file: recorded, refused with every reason, corrected."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import CommandResult, RunCommand, read_files, read_toml, write_toml
from tests.conftest import example


@pytest.fixture
def lead(scoped_lead: Path) -> Path:
    """The lead example with its charter."""
    return scoped_lead / "sprints/lead"


def record_checkin(run: RunCommand, lead: Path, record: dict[str, Any], *more: str) -> CommandResult:
    return run(
        "checkin", "lead", "--from", write_toml(lead.parent.parent / "in.toml", record), "--json", *more
    )


def example_checkins() -> list[dict[str, Any]]:
    records: list[dict[str, Any]] = example("lead.records")["checkins"]
    return records


def test_a_checkin_is_saved_as_a_file_of_its_own(lead: Path, run: RunCommand) -> None:
    result = record_checkin(run, lead, example_checkins()[0], "--today", "2026-02-20")
    assert (result.code, result.json["kind"], result.data["slug"]) == (0, "checkin", "lead")
    assert result.data["path"] == "sprints/lead/checkins/week-01.toml"
    assert (result.data["week"], result.data["on"], result.data["health"]) == (1, "2026-02-20", "on_track")
    assert read_toml(lead / "checkins/week-01.toml") == {"schema": 1, **example_checkins()[0]}
    assert (
        (lead / "checkins/week-01.toml")
        .read_text("utf-8")
        .startswith("#:schema ../../../.sprintkit/schema/checkin.json\n")
    )


def test_a_free_table_of_the_team_is_kept_as_it_is(lead: Path, run: RunCommand) -> None:
    record = {**example_checkins()[0], "extra": {"ticket": "OPS-12", "rota": {"mon": ["ann", "bo"]}}}
    assert record_checkin(run, lead, record).code == 0
    assert read_toml(lead / "checkins/week-01.toml") == {"schema": 1, **record}
    assert run("check", "lead", "--json").code == 0


def test_checkin_prints_health_reasons_and_the_next_milestone(lead: Path, run: RunCommand) -> None:
    record_checkin(run, lead, example_checkins()[0])
    result = run(
        "checkin", "lead", "--from", write_toml(lead.parent.parent / "in.toml", example_checkins()[1])
    )
    assert result.code == 0
    for part in ("week-02.toml", "at risk", "was on track", "S1", "M6, M7, M8", "Next: M3"):
        assert part in result.out, result.out


def test_a_refused_checkin_reports_every_reason(lead: Path, run: RunCommand) -> None:
    record_checkin(run, lead, example_checkins()[0])
    record = deepcopy(example_checkins()[1])
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
    before = read_files(lead)
    result = record_checkin(run, lead, record)
    assert (result.code, result.data["path"]) == (1, None)
    reported_paths = [error["message"].split()[0] for error in result.json["errors"]]
    for path in (
        "week", "by", "votes[0]", "votes[1]", "accepted[0].id", "accepted[1].evidence", "reopened[0].id",
        "opened[0].id", "opened[0].holder", "opened[0].stops[0]", "closed[0].id", "guardrails.speed",
    ):  # fmt: skip
        assert path in reported_paths, (path, reported_paths)
    assert {error["path"] for error in result.json["errors"]} == {str(lead.parent.parent / "in.toml")}
    assert read_files(lead) == before


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
def test_an_invalid_checkin_is_refused(
    lead: Path, run: RunCommand, change: dict[str, Any], code: int, path: str
) -> None:
    record = {key: value for key, value in (example_checkins()[1] | change).items() if value is not None}
    result = record_checkin(run, lead, record)
    assert result.code == code, result.out
    assert (result.data is None) == (code == 2)
    assert path in [error["message"].split()[0] for error in result.json["errors"]]
    assert not (lead / "checkins").exists()


def test_a_week_can_be_recorded_only_once(lead: Path, run: RunCommand) -> None:
    assert record_checkin(run, lead, example_checkins()[0]).code == 0
    before = read_files(lead)
    result = record_checkin(run, lead, example_checkins()[0])
    assert (result.code, read_files(lead)) == (1, before)
    assert "week_twice" in [error["code"] for error in result.json["errors"]]


def test_a_correction_is_a_file_beside_the_entry_it_corrects(lead: Path, run: RunCommand) -> None:
    for record in example_checkins()[:2]:
        record_checkin(run, lead, record)
    correction = {
        "week": 2,
        "on": date(2026, 3, 2),
        "by": "hollis",
        "corrects": [{"path": "metric.value", "value": 99.0, "why": "wrong column"}],
    }
    first = (lead / "checkins/week-02.toml").read_bytes()
    result = record_checkin(run, lead, correction)
    assert (result.code, result.data["path"]) == (0, "sprints/lead/checkins/week-02-fix-1.toml")
    assert (
        record_checkin(run, lead, correction | {"on": date(2026, 3, 3)}).data["path"]
        == "sprints/lead/checkins/week-02-fix-2.toml"
    )
    assert (lead / "checkins/week-02.toml").read_bytes() == first
    refused = record_checkin(run, lead, correction | {"week": 5})
    assert (refused.code, refused.json["errors"][0]["code"]) == (1, "no_entry")
    refused = record_checkin(
        run, lead, correction | {"corrects": [{"path": "votes[0]", "value": 9, "why": "x"}]}
    )
    assert refused.code == 1 and "votes[0]" in refused.json["errors"][0]["message"]


def test_a_correction_counts_from_its_date_on(lead: Path, run: RunCommand) -> None:
    for record in example_checkins()[:2]:
        record_checkin(run, lead, record)
    correction = {
        "week": 2,
        "on": date(2026, 3, 3),
        "by": "hollis",
        "corrects": [{"path": "accepted", "value": [], "why": "was never shown"}],
    }
    assert record_checkin(run, lead, correction).code == 0
    earned = [
        run("status", "lead", "--json", "--today", day).data["sprints"][0]["earned"]
        for day in ("2026-03-02", "2026-03-03")
    ]
    assert earned == [20, 15]


def test_a_checkin_dated_after_today_is_accepted_with_a_note(lead: Path, run: RunCommand) -> None:
    result = run(
        "checkin",
        "lead",
        "--from",
        write_toml(lead.parent.parent / "in.toml", example_checkins()[0]),
        "--today",
        "2026-02-19",
    )
    assert result.code == 0
    assert "after today" in result.err
    second = record_checkin(run, lead, example_checkins()[1], "--today", "2026-02-19")
    assert second.code == 0 and "after today" in second.err
    assert run("status", "lead", "--json", "--today", "2026-02-19").data["sprints"][0]["earned"] == 0


@pytest.mark.slow
def test_late_checkins_are_accepted_until_there_is_a_closing(lead: Path, run: RunCommand) -> None:
    for record in example_checkins():
        assert record_checkin(run, lead, record).code == 0
    late = {"week": 7, "on": date(2026, 4, 3), "by": "hollis", "votes": [4]}
    write_toml(lead / "closing.toml", example("lead.records")["closing"])
    result = record_checkin(run, lead, late)
    assert (result.code, "closed" in [error["code"] for error in result.json["errors"]]) == (1, True)
    (lead / "closing.toml").unlink()
    assert record_checkin(run, lead, late).code == 0


def test_a_checkin_needs_a_charter(workspace: Path, run: RunCommand) -> None:
    run("scope", "x", "--set", "charter.title=X")
    result = run("checkin", "x", "--from", write_toml(workspace / "in.toml", example_checkins()[0]), "--json")
    assert (result.code, result.json["errors"][0]["code"]) == (1, "no_charter")


def test_a_checkin_is_refused_beside_one_that_cannot_be_read(lead: Path, run: RunCommand) -> None:
    (lead / "checkins").mkdir()
    (lead / "checkins/week-01.toml").write_text("<<<<<<< HEAD\n", "utf-8")
    result = record_checkin(run, lead, example_checkins()[1])
    assert (result.code, result.data) == (2, None)
    assert result.json["errors"][0]["path"] == "sprints/lead/checkins/week-01.toml"
    assert [path.name for path in (lead / "checkins").iterdir()] == ["week-01.toml"]


def test_without_a_terminal_checkin_names_the_option_to_use(lead: Path, run: RunCommand) -> None:
    result = run("checkin", "lead")
    assert result.code == 2 and "--from" in result.err
