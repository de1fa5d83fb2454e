"""`value`: the worked numbers through the command, what is tried, what is missing, and what the months brought."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sprintkit.charter.monthly_value import VALUE_FIGURES
from tests.cli.conftest import RunCommand, read_files, write_toml
from tests.conftest import example

WORKED = {
    "volume_per_month": "2400", "minutes_per_case": "9", "usage_share_pct": "85", "automation_share_pct": "60",
    "check_share_pct": "5", "check_minutes": "2", "assist_minutes": "9", "error_share_pct": "4",
    "rework_minutes": "12", "loaded_rate": "42", "realised_share_pct": "70", "operations_per_month": "1800",
    "hours_per_week": "4.615384615384615", "owner_rate": "55", "sprint_cost": "48000",
}  # fmt: skip
"""A case that looks sound and loses money in its first year; 20 hours of the owner a month are 4.615 a week."""
RECORDS = example("lead.records")


def assignments(figures: dict[str, str]) -> list[str]:
    return [part for key, text in figures.items() for part in ("--set", f"{key}={text}")]


def write_charter(workspace: Path, name: str, **tables: Any) -> Path:
    folder = workspace / "sprints" / name
    write_toml(folder / "charter.toml", {**example(name), **tables})
    return folder


def test_figures_alone_are_computed_without_a_workspace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: RunCommand
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("value", *assignments(WORKED), "--json")
    assert result.code == 0
    assert result.data["as_entered"] == {
        "minutes_per_routed_case": 4.14,
        "hours_before": 360.0,
        "hours_after": 194.76,
        "hours_freed": 165.24,
        "gross": 4858.06,
        "run": 2900.0,
        "net": 1958.06,
        "payback_months": 24.51,
        "first_year": -24503.33,
        "break_even_share": 0.3799,
        "break_even_text": "pays once 37.99% of the cases are automatic",
    }
    assert result.data["cautious"] == {
        "minutes_per_routed_case": 5.208,
        "hours_before": 360.0,
        "hours_after": 231.07,
        "hours_freed": 128.93,
        "gross": 3032.39,
        "run": 3625.0,
        "net": -592.61,
        "payback_months": None,
        "first_year": -67111.36,
        "break_even_share": 0.5633,
        "break_even_text": "pays once 56.33% of the cases are automatic",
    }
    even = result.data["break_even"]
    assert (even["net"], even["first_year"], even["payback_months"], even["break_even_share"]) == (
        0.0,
        -48000.0,
        None,
        0.3799,
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("lead", {"hours_freed": 202.54, "net": 2724.45, "payback_months": 15.42, "first_year": -9306.58}),
        ("price", {"hours_freed": 248.17, "net": 6911.56, "payback_months": 4.49}),
        ("referral", {"hours_freed": 243.36, "net": 4479.30, "payback_months": 5.80}),
    ],
)
def test_the_examples_pay_even_without_automation(
    workspace: Path, run: RunCommand, name: str, expected: dict[str, float]
) -> None:
    write_charter(workspace, name)
    data = run("value", name, "--json").data
    assert expected.items() <= data["as_entered"].items()
    assert data["as_entered"]["break_even_text"] == "pays even without automation"
    assert data["as_entered"]["break_even_share"] is None
    assert {*data["break_even"].values()} == {None, "pays even without automation"}


def test_a_sprint_is_shown_in_three_columns_with_every_figure_and_the_formula(
    workspace: Path, run: RunCommand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    write_charter(workspace, "lead")
    out = run("value", "lead", "--set", "assist_minutes=9", "--set", "loaded_rate=20").out
    assert out == (Path(__file__).parent / "value.txt").read_text("utf-8")


def test_what_is_tried_is_not_saved(workspace: Path, run: RunCommand) -> None:
    write_charter(workspace, "lead")
    before = read_files(workspace)
    tried = run(
        "value", "lead", "--set", "value.usage_share_pct=50", "--set", "volume_per_month=2,000", "--json"
    )
    by_path = {row["path"]: row["as_entered"] for row in tried.data["inputs"]}
    assert (by_path["value.usage_share_pct"], by_path["use_case.volume_per_month"]) == (50, 2000)
    assert tried.data["as_entered"]["hours_before"] == 200.0
    assert read_files(workspace) == before


def test_every_missing_figure_is_named_with_its_question_and_how_to_try_one(
    workspace: Path, run: RunCommand
) -> None:
    lead = example("lead")
    del lead["value"]["owner_rate"], lead["budget"]["sprint_cost"]
    write_charter(workspace, "lead", value=lead["value"], budget=lead["budget"])
    result = run("value", "lead", "--json")
    assert result.code == 1
    assert result.data["missing"] == ["value.owner_rate", "budget.sprint_cost"]
    assert (result.data["as_entered"], result.data["cautious"], result.data["break_even"]) == (
        None,
        None,
        None,
    )
    assert result.json["errors"] == [
        {
            "code": "missing",
            "message": "value.owner_rate is missing: What does an hour of the owner cost?",
            "path": "sprints/lead/charter.toml",
            "hint": "To try one: --set owner_rate=…",
        },
        {
            "code": "missing",
            "message": "budget.sprint_cost is missing: What does the sprint cost, all in?",
            "path": "sprints/lead/charter.toml",
            "hint": "To try one: --set sprint_cost=…",
        },
    ]
    assert run("value", "lead", "--set", "owner_rate=46", "--set", "sprint_cost=42000").code == 0


def test_without_any_figure_all_are_asked_for(workspace: Path, run: RunCommand) -> None:
    result = run("value", "--json")
    assert result.code == 1
    assert result.data["missing"] == [figure.path for figure in VALUE_FIGURES]


def test_a_draft_counts_until_there_is_a_charter(workspace: Path, run: RunCommand) -> None:
    write_toml(workspace / "sprints/new/draft.toml", {**example("lead"), "owner": {"hours_per_week": "six"}})
    result = run("value", "new", "--json")
    assert (result.code, result.data["missing"]) == (1, ["owner.hours_per_week"])
    assert run("value", "new", "--set", "hours_per_week=6", "--json").data["as_entered"]["net"] == 2724.45


def test_a_charter_with_a_share_above_100_is_not_computed(workspace: Path, run: RunCommand) -> None:
    value = {**example("lead")["value"], "automation_share_pct": 130.0}
    write_charter(workspace, "lead", value=value)
    result = run("value", "lead")
    assert result.code == 1
    assert "value.automation_share_pct must be between 0 and 100." in result.err


@pytest.mark.parametrize(
    ("assignment", "message"),
    [
        ("usage_share_pct", "PATH=VALUE\n  Write it like this: --set 'usage_share_pct=60'"),
        ("usage_share=60", "usage_share is not a figure of the calculator\n  Did you mean usage_share_pct?"),
        ("zzz=60", "zzz is not a figure of the calculator\n  Known: volume_per_month,"),
        ("charter.title=x", "charter.title is not a figure of the calculator"),
        ("usage_share_pct=101", "value.usage_share_pct must be between 0 and 100, not '101'."),
        ("usage_share_pct=-1", "value.usage_share_pct must be between 0 and 100, not '-1'."),
        ("volume_per_month=0", "use_case.volume_per_month must be more than 0, not '0'."),
        ("owner_rate=-5", "value.owner_rate must be 0 or more, not '-5'."),
        ("owner_rate=1e300", "value.owner_rate must be at most 1,000,000,000,000, not '1e300'."),
        ("owner_rate=nan", "value.owner_rate must be a number, not 'nan'."),
        ("owner_rate=", "value.owner_rate must be a number, not ''."),
        ("owner_rate=true", "value.owner_rate must be a number, not 'true'."),
        ("owner_rate=\x1b[31m\n9", "value.owner_rate must be a number, not '‹U+001B›[31m ⏎ 9'."),
        ("\u202e=1", "‹U+202E› is not a figure of the calculator"),
    ],
)
def test_what_is_not_a_figure_is_refused(
    workspace: Path, run: RunCommand, assignment: str, message: str
) -> None:
    result = run("value", "--set", assignment)
    assert (result.code, result.out) == (2, "")
    assert message in result.err


def test_a_currency_is_text(workspace: Path, run: RunCommand) -> None:
    hostile = run("value", *assignments({**WORKED, "currency": "\x1b[2J[red]money of the realm"}))
    assert hostile.code == 0
    assert "(‹U+001B… an hour)" in hostile.out


def write_reviewed_sprint(workspace: Path, *reviews: dict[str, Any]) -> None:
    folder = write_charter(workspace, "lead")
    write_toml(folder / "closing.toml", {"schema": 1, **RECORDS["closing"]})
    for review in reviews:
        write_toml(folder / f"reviews/{review['month']}.toml", {"schema": 1, **review})


def test_the_months_are_shown_beside_what_was_promised(workspace: Path, run: RunCommand) -> None:
    """April: 0.79*0.05*2 + 0.21*3 + 0.045*10 = 1.159 minutes for each of 2,710 cases that took 6."""
    write_reviewed_sprint(workspace, *RECORDS["reviews"])
    april = run("value", "lead", "--today", "2026-05-01", "--json").data["realised"]
    freed = 2710 * (6 - 1.159) / 60
    assert april["months"][0]["hours_freed"] == round(freed, 2)
    assert april["months"][0]["net"] == round(freed * 0.7 * 34 - 880 - 26 * 46, 2)
    result = run("value", "lead", "--today", "2026-06-20", "--set", "loaded_rate=0", "--json").data
    assert [month["month"] for month in result["realised"]["months"]] == ["2026-04", "2026-05"]
    assert (result["realised"]["net"], result["realised"]["promised_net"]) == (6238.95, 5448.9)
    text = run("value", "lead", "--today", "2026-06-20").out
    assert "  April 2026  2,710        79%       4.5%   880        218.7      3,128\n" in text
    assert "Net value of 2 months: 6,239; promised: 5,449. The sprint cost 41,200." in text


def test_a_review_that_cannot_be_computed_with_is_named(workspace: Path, run: RunCommand) -> None:
    april, may = RECORDS["reviews"]
    write_reviewed_sprint(workspace, {**april, "automatic_share_pct": 790.0}, may)
    result = run("value", "lead", "--today", "2026-06-20", "--json")
    assert [month["month"] for month in result.data["realised"]["months"]] == ["2026-05"]
    assert "The review of April 2026 has figures that cannot be true, so it is left out." in result.err


def test_a_review_that_lacks_a_figure_is_named(workspace: Path, run: RunCommand) -> None:
    april, may = RECORDS["reviews"]
    write_reviewed_sprint(workspace, {key: april[key] for key in april if key != "cases"}, may)
    result = run("value", "lead", "--today", "2026-06-20")
    assert "sprints/lead/reviews/2026-04.toml: cases" in result.err
    assert "Net value of 1 month:" in result.out


def test_before_the_first_review_nobody_knows(workspace: Path, run: RunCommand) -> None:
    write_reviewed_sprint(workspace)
    assert "No month has a review yet, so nobody knows." in run("value", "lead", "--today", "2026-04-02").out
    assert run("value", "lead", "--today", "2026-03-26", "--json").data["realised"] is None


def test_a_sprint_that_was_stopped_has_no_months(workspace: Path, run: RunCommand) -> None:
    folder = write_charter(workspace, "referral")
    closing = {**example("referral.records")["closing"], "on": date(2026, 10, 9)}
    write_toml(folder / "closing.toml", {"schema": 1, **closing})
    assert run("value", "referral", "--today", "2026-12-01", "--json").data["realised"] is None


@pytest.mark.parametrize("name", ["charter.toml", "draft.toml"])
def test_a_file_that_cannot_be_read_is_named(workspace: Path, run: RunCommand, name: str) -> None:
    folder = workspace / "sprints/lead"
    write_toml(folder / "draft.toml", example("lead"))
    (folder / name).write_text("= broken", "utf-8")
    result = run("value", "lead", "--json")
    assert (result.code, result.data, result.json["errors"][0]["path"]) == (2, None, f"sprints/lead/{name}")


def test_a_charter_counts_beside_a_broken_draft(workspace: Path, run: RunCommand) -> None:
    folder = write_charter(workspace, "lead")
    (folder / "draft.toml").write_text("= broken", "utf-8")
    assert run("value", "lead", "--json").data["as_entered"]["net"] == 2724.45
