"""What one call has to tell whole, and what no call may overwrite or lose."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import EXAMPLES, Run, toml, write
from tests.conftest import example


def test_copies_of_one_charter_can_be_checked_in_one_call(tmp_path: Path, sk: Run) -> None:
    names = [write(tmp_path / f"{name}.toml", example("lead")) for name in "abc"]
    ran = sk("check", *names, "--json")
    assert ran.code == 0
    assert [entry["findings"] for entry in ran.data["files"]] == [[], [], []]


def test_two_sprints_with_one_id_are_told(ws: Path, sk: Run) -> None:
    sk("scope", "lead", "--from", EXAMPLES / "lead.toml")
    (ws / "sprints/other").mkdir()
    (ws / "sprints/other/charter.toml").write_bytes((ws / "sprints/lead/charter.toml").read_bytes())
    ran = sk("check", "--json")
    assert ran.code == 1
    assert [one["rule"] for entry in ran.data["files"] for one in entry["findings"]] == ["RECORD"]


def test_everything_that_is_wrong_with_a_file_is_told_in_one_go(ws: Path, sk: Run) -> None:
    document = example("lead")
    document["use_case"]["statment"] = document["use_case"].pop("statement")
    document["success_metric"]["target"] = "x"
    del document["owner"]
    ran = sk("scope", "s", "--from", write(ws / "in.toml", document), "--json")
    assert (ran.code, ran.data) == (2, None)
    told = [error["message"].split()[0] for error in ran.json["errors"]]
    assert {"use_case.statment", "success_metric.target", "owner.person", "use_case.statement"} <= set(told)
    assert not (ws / "sprints/s").exists()


def test_a_correction_is_told_all_it_is_refused_for(ws: Path, sk: Run) -> None:
    sk("scope", "lead", "--from", EXAMPLES / "lead.toml")
    week = example("lead.records")["checkins"][0]
    sk("checkin", "lead", "--from", write(ws / "week.toml", week), "--today", "2026-02-20")
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
    ran = sk(
        "checkin", "lead", "--from", write(ws / "fix.toml", correction), "--today", "2026-02-20", "--json"
    )
    told = " ".join(error["message"] for error in ran.json["errors"])
    assert ran.code == 1
    assert "M9" in told
    assert "votes" in told
    assert "M1" in told


def test_an_answer_of_a_wrong_type_stays_parked(ws: Path, sk: Run) -> None:
    document = example("lead")
    del document["data_requirements"][0]["refresh"]
    document["parked"] = [{"path": "data_requirements[0].refresh", "holder": "Ann"}]
    sk("scope", "s", "--from", write(ws / "in.toml", document))
    sheet = {"answers": [{"path": 'data_requirements."Web enquiry form".refresh', "value": "often"}]}
    assert sk("answer", "s", "--as", "Ann", "--from", write(ws / "sheet.toml", sheet)).code == 2
    assert toml(ws / "sprints/s/draft.toml")["parked"]
    sheet["answers"][0]["value"] = "hourly"
    assert sk("answer", "s", "--as", "Ann", "--from", write(ws / "sheet.toml", sheet)).code == 0
    assert "parked" not in toml(ws / "sprints/s/charter.toml")


def test_a_commented_draft_becomes_a_charter_that_names_the_charters_schema(ws: Path, sk: Run) -> None:
    document = example("lead")
    target = document["success_metric"].pop("target")
    sk("scope", "s", "--from", write(ws / "in.toml", document))
    draft = ws / "sprints/s/draft.toml"
    draft.write_text(draft.read_text("utf-8") + "# keep me\n", "utf-8")
    assert sk("scope", "s", "--set", f"success_metric.target={target}").code == 0
    text = (ws / "sprints/s/charter.toml").read_text("utf-8")
    assert text.startswith("#:schema ../../.sprintkit/schema/charter.json\n")
    assert "# keep me" in text


def test_doctor_finds_what_status_cannot_read(ws: Path, sk: Run) -> None:
    sk("scope", "lead", "--from", EXAMPLES / "lead.toml")
    charter = ws / "sprints/lead/charter.toml"
    charter.write_text(charter.read_text("utf-8").replace("[owner]", "[owner]\nboss = 1"), "utf-8")
    assert sk("doctor").code == 1
    assert "boss" in sk("doctor").out


def test_no_document_takes_the_place_of_a_file_of_the_workspace(ws: Path, sk: Run) -> None:
    sk("scope", "lead", "--from", EXAMPLES / "lead.toml")
    before = (ws / "sprints/lead/charter.toml").read_bytes()
    for out in ("sprints/lead/charter.toml", "sprintkit.toml", "templates/charter.md.j2", ".sprintkit/x.md"):
        assert sk("render", "lead", "--format", "md", "-o", ws / out, "--force").code == 2, out
    assert (ws / "sprints/lead/charter.toml").read_bytes() == before
    assert not (ws / "sprintkit.toml").exists()
