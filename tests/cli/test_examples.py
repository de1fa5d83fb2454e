"""The three examples, from nothing to rendered documents, by the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sprintkit.documents.catalogue import DOCUMENTS
from sprintkit.records.readiness import readiness_questions
from tests.cli.conftest import EXAMPLES, SAMPLES, RunCommand, read_toml, write_toml
from tests.conftest import example, example_json

NAMES = {"lead": "lead-routing", "price": "price-exceptions", "referral": "referral-intake"}

TABLE = {
    ("lead", 1): (15, 15, 1.00, 6.00, None, [], "on_track", []),
    ("lead", 2): (35, 20, 1.25, 6.75, 9.60, ["M6", "M7", "M8"], "at_risk", ["S1"]),
    ("lead", 3): (50, 50, 3.00, 6.00, 6.00, [], "on_track", []),
    ("lead", 4): (70, 50, 3.00, 7.00, 8.00, ["M7", "M8"], "at_risk", ["S1"]),
    ("lead", 5): (90, 90, 5.00, 6.00, 6.00, [], "at_risk", ["S5"]),
    ("lead", 6): (100, 100, 6.00, 6.00, 6.00, [], "on_track", []),
    ("price", 1): (20, 5, 0.25, 5.75, None, ["P3", "P4", "P5", "P6", "P7"], "at_risk", ["S1"]),
    ("price", 2): (40, 10, 0.50, 6.50, 20.00, ["P3", "P5", "P6", "P7"], "off_track", ["H1", "S6"]),
    ("price", 3): (55, 40, 2.00, 6.00, 7.50, ["P6", "P7"], "at_risk", ["S1"]),
    ("price", 4): (80, 80, 4.00, 5.00, 5.00, [], "at_risk", ["S5"]),
    ("price", 5): (100, 100, 5.00, 5.00, 5.00, [], "on_track", []),
    ("referral", 1): (30, 30, 1.00, 4.00, None, [], "on_track", []),
    ("referral", 2): (55, 55, 2.00, 4.00, 4.00, [], "on_track", []),
    ("referral", 3): (85, 85, 3.00, 4.00, 4.00, [], "at_risk", ["S5", "S8"]),
    ("referral", 4): (100, 100, 4.00, 4.00, 4.00, [], "off_track", ["H6", "S5", "S6", "S8"]),
}


@pytest.mark.parametrize("name", NAMES)
def test_a_charter_from_a_file_has_the_same_data(workspace: Path, run: RunCommand, name: str) -> None:
    result = run("scope", name, "--from", EXAMPLES / f"{name}.toml", "--json")
    assert (result.code, result.data["path"]) == (0, f"sprints/{name}/charter.toml")
    assert read_toml(workspace / "sprints" / name / "charter.toml") == example(name)
    assert not (workspace / "sprints" / name / "draft.toml").exists()


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_checkins_one_by_one_give_the_published_weeks(workspace: Path, run: RunCommand, name: str) -> None:
    run("scope", name, "--from", EXAMPLES / f"{name}.toml")
    records = example(f"{name}.records")
    for amendment in records.get("amendments", []):
        write_toml(workspace / "sprints" / name / "amendments" / "2026-04-30-plan-zelie.toml", amendment)
    for record in records["checkins"]:
        result = run("checkin", name, "--from", write_toml(workspace / "record.toml", record), "--json")
        assert result.code == 0, result.output
        week, data = record["week"], result.data
        assert data["path"] == f"sprints/{name}/checkins/week-{week:02d}.toml"
        planned, earned, schedule, kind, pace, missing, health, codes = TABLE[name, week]
        assert (data["planned"], data["earned"], data["earned_schedule"]) == (planned, earned, schedule)
        assert (data["forecast_kind"], data["forecast_pace"]) == (kind, pace)
        assert (data["missing_at_deadline"], data["health"]) == (missing, health)
        assert [reason["code"] for reason in data["reasons"]] == codes
        stored = read_toml(workspace / data["path"])
        assert stored == {"schema": 1, **record}
    assert_published_weeks(run, name, name)


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_the_samples_give_the_published_weeks(
    run: RunCommand, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(SAMPLES.parent)
    assert_published_weeks(run, NAMES[name], name)


def assert_published_weeks(run: RunCommand, slug: str, name: str) -> None:
    for expected in example_json("weeks")["sprints"][name]:
        row: dict[str, Any] = run("status", slug, "--json", "--today", expected["date"]).data["sprints"][0]
        actual = {
            key: row[{"missing": "missing_at_deadline"}.get(key, key)] for key in expected if key != "date"
        }
        actual["reasons"] = [{"code": reason["code"], "about": reason["about"]} for reason in row["reasons"]]
        published = {key: value for key, value in expected.items() if key != "date"}
        # As they are printed: 100 and 100.0 are equal, and not the same digits.
        assert json.dumps(actual) == json.dumps(published), expected["date"]


@pytest.mark.slow
def test_an_amendment_counts_from_its_week_on(workspace: Path, run: RunCommand) -> None:
    run("scope", "price", "--from", EXAMPLES / "price.toml")
    records = example("price.records")
    for record in records["checkins"][:3]:
        write_toml(workspace / "sprints/price/checkins" / f"week-{record['week']:02d}.toml", record)
    before = run("status", "price", "--json", "--today", "2026-05-06").data["sprints"][0]
    write_toml(workspace / "sprints/price/amendments/2026-04-30-plan-zelie.toml", records["amendments"][0])
    after = run("status", "price", "--json", "--today", "2026-05-06").data["sprints"][0]
    earlier = run("status", "price", "--json", "--today", "2026-04-29").data["sprints"][0]
    assert (before["earned"], after["earned"], earlier["earned"]) == (40, 40, 10)
    # P1 was raised by 5 points and P3 lowered by 5: the sum stays, what is planned by week 3 does not change.
    assert after["planned"] == 55
    text = run("render", "price", "-o", "-", "--format", "md", "--today", "2026-05-06").out
    assert "export agreements unreadable" in text


@pytest.mark.parametrize("name", NAMES)
def test_every_document_is_rendered_in_every_form(workspace: Path, run: RunCommand, name: str) -> None:
    run("scope", name, "--from", EXAMPLES / f"{name}.toml")
    readiness = {"answers": dict.fromkeys(readiness_questions(), 0.5)}
    run("readiness", name, "--from", write_toml(workspace / "readiness.toml", readiness))
    result = run("render", name, "--all", "-o", "out")
    assert result.code == 0, result.output
    names = sorted(path.name for path in (workspace / "out").iterdir())
    assert names == sorted(
        f"{name}-{document.name}.{form}"
        for document in DOCUMENTS
        if document.name not in ("closing", "handover")
        for form in document.forms
    )
    assert f"{name}: no closing: It is not closed yet." in result.err
    assert (workspace / "out" / f"{name}-charter.pdf").read_bytes().startswith(b"%PDF")
    assert example(name)["charter"]["title"] in (workspace / "out" / f"{name}-charter.md").read_text("utf-8")
