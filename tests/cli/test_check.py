"""What `check` tells about charters, drafts, records and files anywhere."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import EXAMPLES, Run, files, toml, write
from tests.conftest import example, example_json


@pytest.fixture
def lead(ws: Path, sk: Run) -> Path:
    """The lead example, with its check-ins."""
    sk("scope", "lead", "--from", EXAMPLES / "lead.toml")
    for record in example("lead.records")["checkins"]:
        write(ws / f"sprints/lead/checkins/week-{record['week']:02d}.toml", record)
    return ws / "sprints/lead"


def _entries(ran: Any) -> dict[str, Any]:
    return {entry["path"]: entry for entry in ran.data["files"]}


def test_strong_charters_have_no_finding(ws: Path, sk: Run) -> None:
    for name in ("lead", "price", "referral"):
        sk("scope", name, "--from", EXAMPLES / f"{name}.toml")
    ran = sk("check", "--json")
    assert (ran.code, ran.json["kind"], ran.json["errors"]) == (0, "check", [])
    assert ran.data["files"] == [
        {
            "path": f"sprints/{name}/charter.toml",
            "slug": name,
            "depth": "full",
            "errors": 0,
            "warnings": 0,
            "findings": [],
        }
        for name in ("lead", "price", "referral")
    ]
    assert sk("check").out == "3 charters checked: 0 errors, 0 warnings\n"


def test_agreement_is_told_before_and_after_settling(ws: Path, sk: Run) -> None:
    names = ("lead", "price", "referral", "weak")
    ran = sk("check", *(EXAMPLES / f"{name}.toml" for name in names), "--json")
    assert [(one["slug"], one["before"], one["after"]) for one in ran.data["agreement"]] == [
        (None, pytest.approx(0.2), 1.0),
        (None, pytest.approx(0.1), 1.0),
        (None, pytest.approx(0.6), 1.0),
        (None, 0.0, None),
    ]
    assert ran.data["agreement"][0]["path"] == str(EXAMPLES / "lead.toml")
    assert ran.data["agreement"][3]["questions"] == [{"id": "Q1", "before": 0.0, "after": None}]
    sk("scope", "lead", "--from", EXAMPLES / "lead.toml")
    sk("scope", "bare", "--set", "charter.title=Bare")
    assert [one["slug"] for one in sk("check", "--json").data["agreement"]] == ["lead"]


def test_the_weak_charter_has_its_findings(ws: Path, sk: Run) -> None:
    ran = sk("check", EXAMPLES / "weak.toml", "--json")
    assert ran.code == 1
    (entry,) = ran.data["files"]
    assert (entry["slug"], entry["errors"], entry["warnings"]) == (None, 48, 21)
    assert list(entry["findings"][0]) == ["rule", "severity", "path", "message", "waived"]
    expected = (
        example_json("findings")["findings"]["weak"] if "findings" in example_json("findings") else None
    )
    if expected is not None:
        assert len(entry["findings"]) == len(expected)


def test_a_file_is_checked_outside_any_workspace(
    tmp_path: Path, sk: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert sk("check", EXAMPLES / "lead.toml").code == 0
    assert sk("check", EXAMPLES / "weak.toml").code == 1
    assert sk("check").code == 2
    assert sk("check", "lead").code == 2


def test_types_are_read_leniently_but_unknown_keys_are_not(ws: Path, sk: Run) -> None:
    document = example("lead")
    document["timeline"]["weeks"] = "six"
    ran = sk("check", write(ws / "a.toml", document), "--json")
    assert ran.code == 1
    assert ("GEN-002", "timeline.weeks") in {
        (one["rule"], one["path"]) for one in ran.data["files"][0]["findings"]
    }
    document["timline"] = {}
    ran = sk("check", write(ws / "a.toml", document), "--json")
    assert (ran.code, ran.data) == (2, None)
    assert "'timeline'" in ran.json["errors"][0]["message"]


def test_many_files_one_broken(lead: Path, sk: Run) -> None:
    (lead.parent / "other").mkdir()
    (lead.parent / "other/charter.toml").write_text("x = \n", "utf-8")
    ran = sk("check", "--json")
    assert ran.code == 2
    assert [entry["path"] for entry in ran.data["files"]] == ["sprints/lead/charter.toml"]
    (error,) = ran.json["errors"]
    assert error["path"] == "sprints/other/charter.toml" and "line 1" in error["message"]
    assert sk("check", "other", "--json").data is None


def test_records_of_a_charter_that_does_not_load_are_not_held_against_it(lead: Path, sk: Run) -> None:
    record = toml(lead / "checkins/week-01.toml") | {"by": "somebody else"}
    path = write(lead / "checkins/week-01.toml", record).relative_to(lead.parent.parent).as_posix()
    charter = lead / "charter.toml"
    whole = charter.read_text("utf-8")
    assert path in _entries(sk("check", "--json"))
    for weeks, code in (("[", 2), ('"six"', 1)):
        charter.write_text(whole.replace("weeks = 6", f"weeks = {weeks}"), "utf-8")
        ran = sk("check", "--json")
        assert ran.code == code and path not in _entries(ran)
        assert "its records are checked once its charter can be read" in ran.err


def test_several_unknown_keys_in_one_of_many_files_are_one_entry(lead: Path, sk: Run) -> None:
    document = {**example("price"), "odd": 1, "even": 2}
    write(lead.parent / "price/charter.toml", document)
    ran = sk("check", "--json")
    assert ran.code == 2
    (error,) = ran.json["errors"]
    assert error["path"] == "sprints/price/charter.toml"
    assert "odd" in error["message"] and "even" in error["message"]


def test_every_waiver_counts_and_one_that_waives_nothing_is_told(ws: Path, sk: Run) -> None:
    document = example("lead")
    document["budget"]["operations_months_funded"] = 3
    waiver = {
        "rule": "BUD-001",
        "path": "budget.operations_months_funded",
        "reason": "renewed in June",
        "by": "bram",
    }
    path = write(ws / "a.toml", document)
    open_ones = sk("check", path, "--json").data["files"][0]
    warned = [one for one in open_ones["findings"] if one["rule"] == "BUD-001"]
    assert warned and not warned[0]["waived"]
    document["waivers"] = [
        {**waiver, "path": warned[0]["path"]},
        {**waiver, "rule": "MET-005", "path": "success_metric.baseline_from"},
    ]
    entry = sk("check", write(ws / "a.toml", document), "--json").data["files"][0]
    rules = {one["rule"]: one for one in entry["findings"]}
    if warned[0]["severity"] == "warning":
        assert rules["BUD-001"]["waived"]
    assert (rules["WAIVER"]["severity"], rules["WAIVER"]["path"]) == ("warning", "waivers[1]")
    assert sk("check", path).code == (0 if entry["errors"] == 0 else 1)


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
def test_records_edited_by_hand_are_told(
    lead: Path, sk: Run, name: str, change: dict[str, Any], path: str
) -> None:
    write(lead / name, {**toml(lead / name), **change})
    ran = sk("check", "lead", "--json")
    entry = _entries(ran)[f"sprints/lead/{name}"]
    assert (ran.code, entry["slug"], entry["depth"], entry["errors"] > 0) == (1, "lead", None, True)
    assert {(one["rule"], one["severity"]) for one in entry["findings"]} == {("RECORD", "error")}
    assert path in {one["path"] for one in entry["findings"]}
    assert _entries(ran)["sprints/lead/charter.toml"]["errors"] == 0


def test_one_week_twice_after_a_clean_merge(lead: Path, sk: Run) -> None:
    write(lead / "checkins/week-07.toml", toml(lead / "checkins/week-03.toml"))
    entries = _entries(sk("check", "--json"))
    assert {"sprints/lead/checkins/week-03.toml", "sprints/lead/checkins/week-07.toml"} <= set(entries)
    told = " ".join(one["message"] for one in entries["sprints/lead/checkins/week-07.toml"]["findings"])
    assert "has an entry of 6 March 2026" in told and "week-07.toml" in told


def test_one_id_twice_after_a_clean_merge(lead: Path, sk: Run) -> None:
    path = lead / "charter.toml"
    document = toml(path)
    document["plan"]["milestones"][4]["id"] = "M2"
    write(path, document)
    found = _entries(sk("check", "lead", "--json"))["sprints/lead/charter.toml"]["findings"]
    assert ("RECORD", "plan.milestones[4].id") in {(one["rule"], one["path"]) for one in found}


def test_one_id_for_two_sprints(ws: Path, sk: Run) -> None:
    for slug in ("a", "b"):
        write(ws / f"sprints/{slug}/charter.toml", example("lead"))
    entries = _entries(sk("check", "--json"))
    told = [one for one in entries["sprints/b/charter.toml"]["findings"] if one["path"] == "charter.id"]
    assert told and "sprints/a/charter.toml" in told[0]["message"]
    assert sk("check", "a").code == 0


def test_two_amendments_from_the_same_charter(ws: Path, sk: Run) -> None:
    sk("scope", "price", "--from", EXAMPLES / "price.toml")
    amendment = {"schema": 1, **example("price.records")["amendments"][0], "digest_before": "ab" * 32}
    folder = ws / "sprints/price/amendments"
    write(folder / "2026-04-30-plan-zelie.toml", amendment)
    second = {
        **amendment,
        "id": "A2",
        "because_of": None,
        "changes": [{"path": "plan.milestones.P2.title", "old": "x", "new": "y"}],
    }
    del second["because_of"]
    write(folder / "2026-05-01-plan-ilka.toml", second)
    told = [
        one["message"]
        for entry in sk("check", "price", "--json").data["files"]
        if "2026-05-01" in entry["path"]
        for one in entry["findings"]
    ]
    assert any(message.startswith("digest_before of A2 is also that of A1") for message in told), told


def test_a_correction_mends_what_was_wrong(lead: Path, sk: Run) -> None:
    path = lead / "checkins/week-02.toml"
    write(path, {**toml(path), "votes": [3, 3, 3, 9]})
    assert sk("check", "lead").code == 1
    fix = {
        "schema": 1,
        "week": 2,
        "on": date(2026, 3, 2),
        "by": "hollis",
        "corrects": [{"path": "votes[3]", "value": 4, "why": "typing"}],
    }
    write(lead / "checkins/week-02-fix-1.toml", fix)
    assert sk("check", "lead").code == 0


def test_a_rule_is_explained(ws: Path, sk: Run) -> None:
    data = sk("check", "--explain", "met-005", "--json").data
    assert (data["rule"], data["severity"]) == ("MET-005", "warning")
    assert all(data[key] for key in ("condition", "reason", "weak", "strong", "source"))
    text = sk("check", "--explain", "MET-005").out
    assert data["weak"] in text and data["strong"] in text
    assert data["lists"] == [] and "Lists" not in text
    assert "WEASEL, WEASEL_EXEMPT; [words.en] in sprintkit.toml" in sk("check", "--explain", "GEN-003").out
    wrong = sk("check", "--explain", "MET-99", "--json")
    assert (wrong.code, wrong.json["errors"][0]["code"]) == (2, "unknown_rule")


def test_a_reason_of_the_health_is_explained(ws: Path, sk: Run) -> None:
    data = sk("check", "--explain", "h4", "--json").data
    assert (data["rule"], data["severity"]) == ("H4", "off_track")
    assert "two weeks or more past its due week" in data["condition"]
    text = " ".join(sk("check", "--explain", "S2").out.split())
    assert "S2 (at risk)" in text and "sprintkit status SPRINT" in text and "None" not in text
    assert sk("check", "--explain", "H9").code == sk("check", "--explain", "S9").code == 2


def test_reading_changes_nothing(lead: Path, sk: Run) -> None:
    root = lead.parent.parent
    before = files(root)
    for args in (
        ("check",),
        ("status",),
        ("status", "lead"),
        ("doctor",),
        ("schema",),
        ("render", "--list"),
        ("ask", "lead"),
    ):
        assert sk(*args).code in (0, 1), args
    assert files(root) == before


def test_thresholds_and_words_of_the_workspace_count(lead: Path, sk: Run) -> None:
    root = lead.parent.parent
    (root / "sprintkit.toml").write_text("[thresholds]\nmonths_funded = 24\n", "utf-8")
    found = _entries(sk("check", "lead", "--json"))["sprints/lead/charter.toml"]["findings"]
    assert {one["rule"] for one in found} == {"BUD-001"}
    (root / "sprintkit.toml").write_text("[thresholds]\nmonth_funded = 24\n", "utf-8")
    ran = sk("check", "lead", "--json")
    assert (ran.code, ran.json["errors"][0]["path"]) == (2, "sprintkit.toml")
    assert "months_funded" in ran.json["errors"][0]["message"]


def test_a_file_of_a_sprint_is_what_it_is_there(lead: Path, sk: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(lead)
    (entry,) = sk("check", "charter.toml", "--json").data["files"]
    assert (entry["path"], entry["slug"], entry["depth"]) == ("sprints/lead/charter.toml", "lead", "full")
    ran = sk("check", "checkins/week-01.toml", "--json")
    (entry,) = ran.data["files"]
    assert (ran.code, entry["path"], entry["depth"], entry["findings"]) == (
        0,
        "sprints/lead/checkins/week-01.toml",
        None,
        [],
    )
    write(lead / "checkins/week-01.toml", {**toml(lead / "checkins/week-01.toml"), "votes": [7]})
    ran = sk("check", "checkins/week-01.toml", "--json")
    assert (ran.code, ran.data["files"][0]["findings"][0]["path"]) == (1, "votes[0]")
    assert sk("check", "checkins/week-09.toml", "--json").code == 2
    (lead / "checkins/week-01.toml").write_text("?", "utf-8")
    ran = sk("check", "checkins/week-01.toml", "--json")
    assert (ran.code, ran.data, ran.json["errors"][0]["path"]) == (
        2,
        None,
        "sprints/lead/checkins/week-01.toml",
    )


def test_settings_that_cannot_be_read_are_told_before_anything_is_written(lead: Path, sk: Run) -> None:
    root = lead.parent.parent
    (root / "sprintkit.toml").write_text("[thresholds]\nnothing = 1\n", "utf-8")
    before = files(root)
    for args in (
        ("scope", "lead", "--set", "charter.title=x"),
        ("scope", "new", "--set", "charter.title=x"),
        ("status",),
    ):
        ran = sk(*args, "--json")
        assert (ran.code, ran.data, ran.json["errors"][0]["path"]) == (2, None, "sprintkit.toml"), args
    assert files(root) == before
