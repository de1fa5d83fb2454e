"""A milestone that slips: told with its reason, shown beside the plan, and part of no formula."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import EXAMPLES, RunCommand, read_toml, write_toml
from tests.conftest import example

DAY = ("--today", "2026-03-05")
SLIP = {"id": "M7", "expected_week": 6, "why": "the <b>vendor</b> delivers on Tuesday"}


@pytest.fixture
def lead(workspace: Path, run: RunCommand) -> Path:
    """A sprint in its third week, with the check-in of the first."""
    assert run("scope", "lead", "--from", EXAMPLES / "lead.toml", *DAY).code == 0
    folder = workspace / "sprints/lead"
    write_toml(folder / "checkins/week-01.toml", example("lead.records")["checkins"][0])
    return folder


def second_week(**fields: Any) -> dict[str, Any]:
    return {**example("lead.records")["checkins"][1], **fields}


def test_a_slip_is_saved_and_shown_beside_the_plan_without_changing_a_figure(
    lead: Path, run: RunCommand
) -> None:
    write_toml(lead / "checkins/week-02.toml", second_week())
    plain = run("status", "lead", "--json", *DAY).data["sprints"][0]
    (lead / "checkins/week-02.toml").unlink()
    record = write_toml(lead.parent.parent / "in.toml", second_week(slips=[SLIP]))
    saved = run("checkin", "lead", "--from", record, *DAY)
    assert saved.code == 0, saved.output
    assert read_toml(lead / "checkins/week-02.toml")["slips"] == [SLIP]
    assert run("status", "lead", "--json", *DAY).data["sprints"][0] == plain
    assert run("check", "lead", *DAY).code == 0
    text = " ".join(run("status", "lead", *DAY).out.split())
    assert "M7: expected in week 6, planned for week 5; the <b>vendor</b> delivers on Tuesday" in text
    lines = run("render", "lead", "status", "-o", "-", "--format", "md", *DAY).out.splitlines()
    assert sum(line.startswith("- **M") for line in lines) == 8
    for form in ("md", "html"):
        document = " ".join(run("render", "lead", "status", "-o", "-", "--format", form, *DAY).out.split())
        assert "due in week 5, expected in week 6" in document
        assert "vendor" in document and "<b>vendor" not in document.replace("\\<", "")
    assert run("render", "lead", "status", "-o", "status.pdf", *DAY).code == 0


@pytest.mark.parametrize(
    ("slip", "code", "words"),
    [
        ({"id": "M9"}, "unknown_milestone", "Known: M1, M2"),
        ({"id": "M1", "expected_week": 6}, "accepted", "is accepted and cannot slip"),
        ({"expected_week": 5}, "no_slip", "M7 is due in week 5"),
        ({"expected_week": 1}, "expected_week", "this is week 2"),
        ({"why": " "}, "missing", "slips[0].why"),
    ],
)
def test_a_slip_that_changes_nothing_is_refused(
    lead: Path, run: RunCommand, slip: dict[str, Any], code: str, words: str
) -> None:
    record = write_toml(lead.parent.parent / "in.toml", second_week(slips=[{**SLIP, **slip}]))
    refused = run("checkin", "lead", "--from", record, "--json", *DAY)
    assert refused.code == 1
    (error,) = refused.json["errors"]
    assert error["code"] == code and words in f"{error['message']} {error['hint']}"
    assert not (lead / "checkins/week-02.toml").exists()
    write_toml(lead / "checkins/week-02.toml", second_week(slips=[{**SLIP, **slip}]))
    assert "RECORD" in run("check", "lead", *DAY).out


def test_a_slip_is_corrected_by_its_path(lead: Path, run: RunCommand) -> None:
    write_toml(lead / "checkins/week-02.toml", second_week(slips=[SLIP]))
    correction = {
        "week": 2, "on": date(2026, 3, 2), "by": "hollis",
        "corrects": [{"path": "slips[0].expected_week", "value": 7, "why": "Tuesday a week later"}],
    }  # fmt: skip
    saved = run("checkin", "lead", "--from", write_toml(lead.parent.parent / "fix.toml", correction), *DAY)
    assert saved.code == 0, saved.output
    assert "M7: expected in week 7, planned for week 5" in " ".join(run("status", "lead", *DAY).out.split())


def test_a_slip_ends_with_the_planned_week_or_with_the_acceptance(lead: Path, run: RunCommand) -> None:
    first = read_toml(lead / "checkins/week-01.toml")
    write_toml(lead / "checkins/week-01.toml", {**first, "slips": [{**SLIP, "id": "M3"}, SLIP]})
    write_toml(lead / "checkins/week-02.toml", second_week(slips=[{**SLIP, "expected_week": 5}]))
    write_toml(lead / "checkins/week-03.toml", example("lead.records")["checkins"][2])
    assert run("check", "lead", "--today", "2026-03-07").code == 0
    assert " slips " in run("status", "lead", *DAY).out
    assert " slips " not in run("status", "lead", "--today", "2026-03-07").out


def test_editors_know_slips(run: RunCommand, workspace: Path) -> None:
    schema = run("schema", "checkin").out
    assert '"slips"' in schema and '"expected_week"' in schema
