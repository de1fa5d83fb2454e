"""Findings of `check` on charters, drafts, records and files anywhere."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import EXAMPLES, RunCommand, read_files, read_toml, write_toml
from tests.conftest import example, example_json
from tests.rules.helpers import charter_in


@pytest.fixture
def lead(scoped_lead: Path) -> Path:
    """The lead example, with its check-ins."""
    for record in example("lead.records")["checkins"]:
        write_toml(scoped_lead / f"sprints/lead/checkins/week-{record['week']:02d}.toml", record)
    return scoped_lead / "sprints/lead"


def files_by_path(result: Any) -> dict[str, Any]:
    return {entry["path"]: entry for entry in result.data["files"]}


def test_strong_charters_have_no_findings(workspace: Path, run: RunCommand) -> None:
    for name in ("lead", "price", "referral"):
        run("scope", name, "--from", EXAMPLES / f"{name}.toml")
    result = run("check", "--json")
    assert (result.code, result.json["kind"], result.json["errors"]) == (0, "check", [])
    assert result.data["files"] == [
        {
            "path": f"sprints/{name}/charter.toml",
            "slug": name,
            "depth": "full",
            "language": "en",
            "silent_rules": [],
            "errors": 0,
            "warnings": 0,
            "findings": [],
        }
        for name in ("lead", "price", "referral")
    ]
    assert run("check").out == "3 charters checked: 0 errors, 0 warnings\n"


def test_check_reports_agreement_before_and_after_settling(workspace: Path, run: RunCommand) -> None:
    names = ("lead", "price", "referral", "weak")
    result = run("check", *(EXAMPLES / f"{name}.toml" for name in names), "--json")
    assert [
        (agreement["slug"], agreement["before"], agreement["after"]) for agreement in result.data["agreement"]
    ] == [
        (None, pytest.approx(0.2), 1.0),
        (None, pytest.approx(0.1), 1.0),
        (None, pytest.approx(0.6), 1.0),
        (None, 0.0, None),
    ]
    assert result.data["agreement"][0]["path"] == str(EXAMPLES / "lead.toml")
    assert result.data["agreement"][3]["questions"] == [{"id": "Q1", "before": 0.0, "after": None}]
    run("scope", "lead", "--from", EXAMPLES / "lead.toml")
    run("scope", "bare", "--set", "charter.title=Bare")
    assert [agreement["slug"] for agreement in run("check", "--json").data["agreement"]] == ["lead"]


def test_the_weak_charter_has_the_expected_findings(workspace: Path, run: RunCommand) -> None:
    result = run("check", EXAMPLES / "weak.toml", "--json")
    assert result.code == 1
    (entry,) = result.data["files"]
    advice = [finding for finding in entry["findings"] if finding["rule"] == "ANS-001"]
    newer = [finding for finding in entry["findings"] if finding["rule"] in ("DEL-006", "TIM-008")]
    assert (entry["slug"], entry["errors"]) == (None, 48)
    assert entry["warnings"] - len(advice) - len(newer) == 21
    assert advice and len(newer) == 2
    assert list(entry["findings"][0]) == ["rule", "severity", "path", "message", "waived"]
    expected = (
        example_json("findings")["findings"]["weak"] if "findings" in example_json("findings") else None
    )
    if expected is not None:
        assert len(entry["findings"]) == len(expected)


def test_a_file_is_checked_outside_any_workspace(
    tmp_path: Path, run: RunCommand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("check", EXAMPLES / "lead.toml").code == 0
    assert run("check", EXAMPLES / "weak.toml").code == 1
    assert run("check").code == 2
    assert run("check", "lead").code == 2


def test_types_are_read_leniently_but_unknown_keys_are_not(workspace: Path, run: RunCommand) -> None:
    document = example("lead")
    document["timeline"]["weeks"] = "six"
    result = run("check", write_toml(workspace / "a.toml", document), "--json")
    assert result.code == 1
    assert ("GEN-002", "timeline.weeks") in {
        (finding["rule"], finding["path"]) for finding in result.data["files"][0]["findings"]
    }
    document["timline"] = {}
    result = run("check", write_toml(workspace / "a.toml", document), "--json")
    assert (result.code, result.data) == (2, None)
    assert "'timeline'" in result.json["errors"][0]["message"]


def test_one_broken_file_does_not_hide_the_findings_of_the_others(lead: Path, run: RunCommand) -> None:
    (lead.parent / "other").mkdir()
    (lead.parent / "other/charter.toml").write_text("x = \n", "utf-8")
    result = run("check", "--json")
    assert result.code == 2
    assert [entry["path"] for entry in result.data["files"]] == ["sprints/lead/charter.toml"]
    (error,) = result.json["errors"]
    assert error["path"] == "sprints/other/charter.toml" and "line 1" in error["message"]
    assert run("check", "other", "--json").data is None


def test_records_are_not_checked_while_their_charter_does_not_load(lead: Path, run: RunCommand) -> None:
    record = read_toml(lead / "checkins/week-01.toml") | {"by": "somebody else"}
    path = write_toml(lead / "checkins/week-01.toml", record).relative_to(lead.parent.parent).as_posix()
    charter = lead / "charter.toml"
    original = charter.read_text("utf-8")
    assert path in files_by_path(run("check", "--json"))
    for weeks, code in (("[", 2), ('"six"', 1)):
        charter.write_text(original.replace("weeks = 6", f"weeks = {weeks}"), "utf-8")
        result = run("check", "--json")
        assert result.code == code and path not in files_by_path(result)
        assert "its records are checked once its charter can be read" in result.err


def test_several_unknown_keys_in_one_file_are_one_error(lead: Path, run: RunCommand) -> None:
    document = {**example("price"), "odd": 1, "even": 2}
    write_toml(lead.parent / "price/charter.toml", document)
    result = run("check", "--json")
    assert result.code == 2
    (error,) = result.json["errors"]
    assert error["path"] == "sprints/price/charter.toml"
    assert "odd" in error["message"] and "even" in error["message"]


def test_a_waiver_that_waives_nothing_is_a_finding(workspace: Path, run: RunCommand) -> None:
    document = example("lead")
    document["budget"]["operations_months_funded"] = 3
    waiver = {
        "rule": "BUD-001",
        "path": "budget.operations_months_funded",
        "reason": "renewed in June",
        "by": "bram",
    }
    path = write_toml(workspace / "a.toml", document)
    unwaived = run("check", path, "--json").data["files"][0]
    budget_findings = [finding for finding in unwaived["findings"] if finding["rule"] == "BUD-001"]
    assert budget_findings and not budget_findings[0]["waived"]
    document["waivers"] = [
        {**waiver, "path": budget_findings[0]["path"]},
        {**waiver, "rule": "MET-005", "path": "success_metric.baseline_from"},
    ]
    entry = run("check", write_toml(workspace / "a.toml", document), "--json").data["files"][0]
    findings_by_rule = {finding["rule"]: finding for finding in entry["findings"]}
    if budget_findings[0]["severity"] == "warning":
        assert findings_by_rule["BUD-001"]["waived"]
    assert (findings_by_rule["WAIVER"]["severity"], findings_by_rule["WAIVER"]["path"]) == (
        "warning",
        "waivers[1]",
    )
    assert run("check", path).code == (0 if entry["errors"] == 0 else 1)


@pytest.mark.parametrize(
    ("name", "change", "path"),
    [
        ("checkins/week-02.toml", {"week": 3}, "week"),
        ("checkins/week-02.toml", {"votes": [6]}, "votes[0]"),
        ("checkins/week-02.toml", {"by": "nobody"}, "by"),
        ("checkins/week-02.toml", {"accepted": [{"id": "M4", "evidence": "", "by": "odile"}]}, "accepted[0].evidence"),
        ("checkins/week-02.toml", {"accepted": [{"id": "M4", "evidence": "seen", "by": "tunde"}]}, "accepted[0].by"),
        (
            "checkins/week-02.toml",
            {"opened": [{"id": "B1", "category": "data", "title": "x", "holder": "tunde", "due_week": 3, "stops": ["M3"]}]},
            "opened[0].id",
        ),
    ],
)  # fmt: skip
def test_invalid_records_are_findings(
    lead: Path, run: RunCommand, name: str, change: dict[str, Any], path: str
) -> None:
    write_toml(lead / name, {**read_toml(lead / name), **change})
    result = run("check", "lead", "--json")
    entry = files_by_path(result)[f"sprints/lead/{name}"]
    assert (result.code, entry["slug"], entry["depth"], entry["errors"] > 0) == (1, "lead", None, True)
    assert {(finding["rule"], finding["severity"]) for finding in entry["findings"]} == {("RECORD", "error")}
    assert path in {finding["path"] for finding in entry["findings"]}
    assert files_by_path(result)["sprints/lead/charter.toml"]["errors"] == 0


def test_two_checkins_of_the_same_week_are_findings(lead: Path, run: RunCommand) -> None:
    write_toml(lead / "checkins/week-07.toml", read_toml(lead / "checkins/week-03.toml"))
    entries = files_by_path(run("check", "--json"))
    assert {"sprints/lead/checkins/week-03.toml", "sprints/lead/checkins/week-07.toml"} <= set(entries)
    messages = " ".join(
        finding["message"] for finding in entries["sprints/lead/checkins/week-07.toml"]["findings"]
    )
    assert "has an entry of 6 March 2026" in messages and "week-07.toml" in messages


def test_two_milestones_with_the_same_id_are_a_finding(lead: Path, run: RunCommand) -> None:
    path = lead / "charter.toml"
    document = read_toml(path)
    document["plan"]["milestones"][4]["id"] = "M2"
    write_toml(path, document)
    findings = files_by_path(run("check", "lead", "--json"))["sprints/lead/charter.toml"]["findings"]
    assert ("RECORD", "plan.milestones[4].id") in {(finding["rule"], finding["path"]) for finding in findings}


def test_two_charters_with_the_same_id_are_a_finding(workspace: Path, run: RunCommand) -> None:
    for slug in ("a", "b"):
        write_toml(workspace / f"sprints/{slug}/charter.toml", example("lead"))
    entries = files_by_path(run("check", "--json"))
    findings = [
        finding
        for finding in entries["sprints/b/charter.toml"]["findings"]
        if finding["path"] == "charter.id"
    ]
    assert findings and "sprints/a/charter.toml" in findings[0]["message"]
    assert run("check", "a").code == 0


def test_two_amendments_of_the_same_charter_are_a_finding(workspace: Path, run: RunCommand) -> None:
    run("scope", "price", "--from", EXAMPLES / "price.toml")
    amendment = {"schema": 1, **example("price.records")["amendments"][0], "digest_before": "ab" * 32}
    folder = workspace / "sprints/price/amendments"
    write_toml(folder / "2026-04-30-plan-zelie.toml", amendment)
    second = {
        **amendment,
        "id": "A2",
        "because_of": None,
        "changes": [{"path": "plan.milestones.P2.title", "old": "x", "new": "y"}],
    }
    del second["because_of"]
    write_toml(folder / "2026-05-01-plan-ilka.toml", second)
    messages = [
        finding["message"]
        for entry in run("check", "price", "--json").data["files"]
        if "2026-05-01" in entry["path"]
        for finding in entry["findings"]
    ]
    assert any(message.startswith("digest_before of A2 is also that of A1") for message in messages), messages


def test_a_correction_fixes_a_finding_on_its_entry(lead: Path, run: RunCommand) -> None:
    path = lead / "checkins/week-02.toml"
    write_toml(path, {**read_toml(path), "votes": [3, 3, 3, 9]})
    assert run("check", "lead").code == 1
    correction = {
        "schema": 1,
        "week": 2,
        "on": date(2026, 3, 2),
        "by": "hollis",
        "corrects": [{"path": "votes[3]", "value": 4, "why": "typing"}],
    }
    write_toml(lead / "checkins/week-02-fix-1.toml", correction)
    assert run("check", "lead").code == 0


def test_a_rule_is_explained(workspace: Path, run: RunCommand) -> None:
    data = run("check", "--explain", "met-005", "--json").data
    assert (data["rule"], data["severity"]) == ("MET-005", "warning")
    assert all(data[key] for key in ("condition", "reason", "weak", "strong", "source"))
    text = run("check", "--explain", "MET-005").out
    assert data["weak"] in text and data["strong"] in text
    assert data["lists"] == [] and "Lists" not in text
    assert "WEASEL, WEASEL_EXEMPT; [words.en] in sprintkit.toml" in run("check", "--explain", "GEN-003").out
    wrong = run("check", "--explain", "MET-99", "--json")
    assert (wrong.code, wrong.json["errors"][0]["code"]) == (2, "unknown_rule")


def test_a_reason_for_a_health_is_explained(workspace: Path, run: RunCommand) -> None:
    data = run("check", "--explain", "h4", "--json").data
    assert (data["rule"], data["severity"]) == ("H4", "off_track")
    assert "two weeks or more past its due week" in data["condition"]
    text = " ".join(run("check", "--explain", "S2").out.split())
    assert "S2 (at risk)" in text and "sprintkit status SPRINT" in text and "None" not in text
    assert run("check", "--explain", "H9").code == run("check", "--explain", "S9").code == 2


def test_commands_that_read_change_no_file(lead: Path, run: RunCommand) -> None:
    root = lead.parent.parent
    before = read_files(root)
    for args in (
        ("check",),
        ("status",),
        ("status", "lead"),
        ("doctor",),
        ("schema",),
        ("render", "--list"),
        ("ask", "lead"),
    ):
        assert run(*args).code in (0, 1), args
    assert read_files(root) == before


def test_thresholds_of_the_workspace_apply(lead: Path, run: RunCommand) -> None:
    root = lead.parent.parent
    (root / "sprintkit.toml").write_text("[thresholds]\nmonths_funded = 24\n", "utf-8")
    findings = files_by_path(run("check", "lead", "--json"))["sprints/lead/charter.toml"]["findings"]
    assert {finding["rule"] for finding in findings} == {"BUD-001"}
    (root / "sprintkit.toml").write_text("[thresholds]\nmonth_funded = 24\n", "utf-8")
    result = run("check", "lead", "--json")
    assert (result.code, result.json["errors"][0]["path"]) == (2, "sprintkit.toml")
    assert "months_funded" in result.json["errors"][0]["message"]


def test_a_file_of_a_sprint_is_checked_as_part_of_the_sprint(
    lead: Path, run: RunCommand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(lead)
    (entry,) = run("check", "charter.toml", "--json").data["files"]
    assert (entry["path"], entry["slug"], entry["depth"]) == ("sprints/lead/charter.toml", "lead", "full")
    result = run("check", "checkins/week-01.toml", "--json")
    (entry,) = result.data["files"]
    assert (result.code, entry["path"], entry["depth"], entry["findings"]) == (
        0,
        "sprints/lead/checkins/week-01.toml",
        None,
        [],
    )
    write_toml(lead / "checkins/week-01.toml", {**read_toml(lead / "checkins/week-01.toml"), "votes": [7]})
    result = run("check", "checkins/week-01.toml", "--json")
    assert (result.code, result.data["files"][0]["findings"][0]["path"]) == (1, "votes[0]")
    assert run("check", "checkins/week-09.toml", "--json").code == 2
    (lead / "checkins/week-01.toml").write_text("?", "utf-8")
    result = run("check", "checkins/week-01.toml", "--json")
    assert (result.code, result.data, result.json["errors"][0]["path"]) == (
        2,
        None,
        "sprints/lead/checkins/week-01.toml",
    )


def test_invalid_settings_are_reported_before_anything_is_written(lead: Path, run: RunCommand) -> None:
    root = lead.parent.parent
    (root / "sprintkit.toml").write_text("[thresholds]\nnothing = 1\n", "utf-8")
    before = read_files(root)
    for args in (
        ("scope", "lead", "--set", "charter.title=x"),
        ("scope", "new", "--set", "charter.title=x"),
        ("status",),
    ):
        result = run(*args, "--json")
        assert (result.code, result.data, result.json["errors"][0]["path"]) == (2, None, "sprintkit.toml"), (
            args
        )
    assert read_files(root) == before


def test_a_language_without_lists_is_reported_once_with_the_rules_that_stay_silent(
    workspace: Path, tmp_path: Path, run: RunCommand
) -> None:
    file = tmp_path / "italian.toml"
    write_toml(file, charter_in("italian", weak=True))
    (entry,) = run("check", file, "--json").data["files"]
    assert entry["language"] == "it"
    assert "UC-001" in entry["silent_rules"] and "MET-003" not in entry["silent_rules"]
    text = " ".join(run("check", file).out.split())
    notice = (
        f"The answers look Italian. {len(entry['silent_rules'])} rules that read words cannot judge them; "
    )
    assert text.count(notice + "add `[words.it]` or read them yourselves.") == 1
