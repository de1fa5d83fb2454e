"""Reports name everything that is wrong, and no command overwrites or loses anything."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import EXAMPLES, RunCommand, read_toml, write_toml
from tests.conftest import example


def test_copies_of_a_charter_outside_sprints_may_have_the_same_id(tmp_path: Path, run: RunCommand) -> None:
    names = [write_toml(tmp_path / f"{name}.toml", example("lead")) for name in "abc"]
    result = run("check", *names, "--json")
    assert result.code == 0
    assert [entry["findings"] for entry in result.data["files"]] == [[], [], []]


def test_two_sprints_with_the_same_id_are_a_finding(workspace: Path, run: RunCommand) -> None:
    run("scope", "lead", "--from", EXAMPLES / "lead.toml")
    (workspace / "sprints/other").mkdir()
    (workspace / "sprints/other/charter.toml").write_bytes(
        (workspace / "sprints/lead/charter.toml").read_bytes()
    )
    result = run("check", "--json")
    assert result.code == 1
    assert [finding["rule"] for entry in result.data["files"] for finding in entry["findings"]] == ["RECORD"]


def test_unknown_keys_wrong_types_and_missing_answers_are_reported_together(
    workspace: Path, run: RunCommand
) -> None:
    document = example("lead")
    document["use_case"]["statment"] = document["use_case"].pop("statement")
    document["success_metric"]["target"] = "x"
    del document["owner"]
    result = run("scope", "s", "--from", write_toml(workspace / "in.toml", document), "--json")
    assert (result.code, result.data) == (2, None)
    reported_paths = [error["message"].split()[0] for error in result.json["errors"]]
    assert {"use_case.statment", "success_metric.target", "owner.person", "use_case.statement"} <= set(
        reported_paths
    )
    assert not (workspace / "sprints/s").exists()


def test_a_refused_correction_reports_every_reason(workspace: Path, run: RunCommand) -> None:
    run("scope", "lead", "--from", EXAMPLES / "lead.toml")
    week = example("lead.records")["checkins"][0]
    run("checkin", "lead", "--from", write_toml(workspace / "week.toml", week), "--today", "2026-02-20")
    correction = {
        "week": 1,
        "on": week["on"],
        "by": "hollis",
        "corrects": [
            {"path": "votes", "value": [9], "why": "x"},
            {"path": "accepted.M9.by", "value": "bram", "why": "x"},
            {"path": "accepted.M1.by", "value": "bram", "why": "x"},
        ],
    }
    result = run(
        "checkin",
        "lead",
        "--from",
        write_toml(workspace / "fix.toml", correction),
        "--today",
        "2026-02-20",
        "--json",
    )
    messages = " ".join(error["message"] for error in result.json["errors"])
    assert result.code == 1
    assert "M9" in messages
    assert "votes" in messages
    assert "M1" in messages


def test_a_question_stays_parked_if_its_answer_has_a_wrong_type(workspace: Path, run: RunCommand) -> None:
    document = example("lead")
    del document["data_requirements"][0]["refresh"]
    document["parked"] = [{"path": "data_requirements[0].refresh", "holder": "Ann"}]
    run("scope", "s", "--from", write_toml(workspace / "in.toml", document))
    sheet = {"answers": [{"path": 'data_requirements."Web enquiry form".refresh', "value": "often"}]}
    assert run("answer", "s", "--as", "Ann", "--from", write_toml(workspace / "sheet.toml", sheet)).code == 2
    assert read_toml(workspace / "sprints/s/draft.toml")["parked"]
    sheet["answers"][0]["value"] = "hourly"
    assert run("answer", "s", "--as", "Ann", "--from", write_toml(workspace / "sheet.toml", sheet)).code == 0
    assert "parked" not in read_toml(workspace / "sprints/s/charter.toml")


def test_a_draft_with_comments_becomes_a_charter_that_names_the_charter_schema(
    workspace: Path, run: RunCommand
) -> None:
    document = example("lead")
    target = document["success_metric"].pop("target")
    run("scope", "s", "--from", write_toml(workspace / "in.toml", document))
    draft = workspace / "sprints/s/draft.toml"
    draft.write_text(draft.read_text("utf-8") + "# keep me\n", "utf-8")
    assert run("scope", "s", "--set", f"success_metric.target={target}").code == 0
    text = (workspace / "sprints/s/charter.toml").read_text("utf-8")
    assert text.startswith("#:schema ../../.sprintkit/schema/charter.json\n")
    assert "# keep me" in text


def test_doctor_finds_what_status_cannot_read(workspace: Path, run: RunCommand) -> None:
    run("scope", "lead", "--from", EXAMPLES / "lead.toml")
    charter = workspace / "sprints/lead/charter.toml"
    charter.write_text(charter.read_text("utf-8").replace("[owner]", "[owner]\nboss = 1"), "utf-8")
    assert run("doctor").code == 1
    assert "boss" in run("doctor").out


def test_render_never_overwrites_a_file_of_the_workspace(workspace: Path, run: RunCommand) -> None:
    run("scope", "lead", "--from", EXAMPLES / "lead.toml")
    before = (workspace / "sprints/lead/charter.toml").read_bytes()
    for out in ("sprints/lead/charter.toml", "sprintkit.toml", "templates/charter.md.j2", ".sprintkit/x.md"):
        assert run("render", "lead", "--format", "md", "-o", workspace / out, "--force").code == 2, out
    assert (workspace / "sprints/lead/charter.toml").read_bytes() == before
    assert not (workspace / "sprintkit.toml").exists()
