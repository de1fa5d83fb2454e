"""Sheets of agreement cases and parked questions: made, filled in, taken back."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import tomli

from tests.cli.conftest import RunCommand, read_toml, write_toml
from tests.conftest import example


@pytest.fixture
def lead(scoped_lead: Path) -> Path:
    """The lead example, scoped and not signed."""
    return scoped_lead


def scope_with_parked_questions(run: RunCommand, workspace: Path, **value: Any) -> None:
    document = example("lead")
    document["parked"] = [
        {
            "path": "use_case.why_not_rules",
            "holder": "tunde",
            "due": date(2026, 2, 9),
            "note": "ask the depot first",
        },
        {"path": "use_case.volume_per_month", "holder": "tunde"},
        {"path": "plan.milestones.M1.verifier", "holder": "suvi"},
    ]
    assert run("scope", "lead", "--from", write_toml(workspace / "parked.toml", document)).code == 0


def test_ask_prints_a_sheet_of_agreement_cases(lead: Path, run: RunCommand) -> None:
    result = run("ask", "lead")
    assert result.code == 0
    sheet = tomli.loads(result.out)
    cases = example("lead")["process"]["questions"]
    assert sheet == {"who": "", "answers": [{"id": case["id"], "says": ""} for case in cases]}
    for case in cases:
        assert f"# {case['ask']}" in result.out
    assert "account" not in "".join(line for line in result.out.splitlines() if not line.startswith("#"))


def test_testimony_is_saved_as_a_file_of_its_own(lead: Path, run: RunCommand) -> None:
    sheet = {"who": "", "answers": [{"id": "Q1", "says": "The depot, always.\nNo [/] questions."}]}
    result = run(
        "answer", "lead", "--as", "West Rep", "--from", write_toml(lead / "sheet.toml", sheet), "--json"
    )
    assert (result.code, result.data["path"]) == (0, "sprints/lead/answers/west-rep.toml")
    assert read_toml(lead / "sprints/lead/answers/west-rep.toml") == {"schema": 1, **sheet, "who": "West Rep"}
    again = run("answer", "lead", "--as", "West Rep", "--from", "sheet.toml", "--json")
    assert (again.code, again.json["errors"][0]["code"]) == (1, "answered")


def test_check_notes_testimony_that_is_not_taken_in_yet(lead: Path, run: RunCommand) -> None:
    assert "to be taken in" not in run("check", "lead").err
    sheet = {"answers": [{"id": "Q1", "says": "The depot, always."}]}
    assert (
        run("answer", "lead", "--as", "West Rep", "--from", write_toml(lead / "sheet.toml", sheet)).code == 0
    )
    result = run("check", "lead")
    assert (
        result.code == 0
        and "lead: 1 answer given alone to be taken in: sprintkit scope lead, section Process." in result.err
    )
    draft = read_toml(lead / "sprints/lead/charter.toml")
    draft["process"]["questions"][0]["answers"].append({"who": "west rep", "says": "The depot, always."})
    write_toml(lead / "sprints/lead/draft.toml", draft)
    assert "to be taken in" not in run("check", "lead").err


@pytest.mark.parametrize(
    ("sheet", "code", "message"),
    [
        ({"who": "Somebody", "answers": [{"id": "Q1", "says": "x"}]}, 1, "who"),
        ({"answers": [{"id": "Q9", "says": "x"}]}, 1, "Q9"),
        ({"answers": [{"id": "Q1", "says": ""}]}, 1, "nothing is answered"),
        ({"answers": [{"id": "Q1", "says": 5}]}, 2, "answers[0].says"),
        ({"answers": [{"id": "Q1", "sayz": "x", "says": "y"}]}, 2, "says"),
        ({"answers": "x"}, 2, "answers"),
        ({}, 1, "answers"),
    ],
)
def test_an_invalid_sheet_is_refused(
    lead: Path, run: RunCommand, sheet: dict[str, Any], code: int, message: str
) -> None:
    result = run("answer", "lead", "--as", "rep", "--from", write_toml(lead / "sheet.toml", sheet))
    assert result.code == code and message in result.err
    assert not (lead / "sprints/lead/answers").exists()


def test_a_sheet_of_parked_questions_is_for_one_holder(lead: Path, run: RunCommand) -> None:
    scope_with_parked_questions(run, lead)
    result = run("ask", "lead", "--parked")
    assert result.code == 2 and "Tunde Okonfield" in result.err and "--for" in result.err
    result = run("ask", "lead", "--parked", "--for", "Tunde Okonfield")
    sheet = tomli.loads(result.out)
    assert sheet["who"] == "Tunde Okonfield"
    assert [answer["path"] for answer in sheet["answers"]] == [
        "use_case.why_not_rules",
        "use_case.volume_per_month",
    ]
    assert "# Note: ask the depot first\n# By: 2026-02-09" in result.out
    assert tomli.loads(run("ask", "lead", "--parked", "--for", "suvi").out)["answers"][0]["path"].endswith(
        "verifier"
    )
    assert run("ask", "lead", "--parked", "--for", "bram").code == 1


def test_parked_answers_go_into_the_charter(lead: Path, run: RunCommand) -> None:
    scope_with_parked_questions(run, lead)
    sheet = {
        "who": "Tunde Okonfield",
        "answers": [
            {"path": "use_case.volume_per_month", "value": "2700"},
            {"path": "use_case.why_not_rules", "value": ""},
        ],
    }
    result = run(
        "answer",
        "lead",
        "--as",
        "Tunde Okonfield",
        "--from",
        write_toml(lead / "sheet.toml", sheet),
        "--json",
    )
    assert (result.code, result.data["answers"]) == (0, 1)
    charter = read_toml(lead / "sprints/lead/charter.toml")
    assert charter["use_case"]["volume_per_month"] == 2700
    assert [parked["path"] for parked in charter["parked"]] == [
        "use_case.why_not_rules",
        "plan.milestones.M1.verifier",
    ]
    name = {"answers": [{"path": "plan.milestones.M1.verifier", "value": "Ottilie Ferring"}]}
    assert run("answer", "lead", "--as", "suvi", "--from", write_toml(lead / "sheet.toml", name)).code == 0
    charter = read_toml(lead / "sprints/lead/charter.toml")
    assert charter["people"]["ottilie"] == {"name": "Ottilie Ferring"}
    assert charter["plan"]["milestones"][0]["verifier"] == "ottilie"


def test_a_parked_answer_of_a_wrong_type_is_stored_as_typed(lead: Path, run: RunCommand) -> None:
    scope_with_parked_questions(run, lead)
    sheet = {"answers": [{"path": "use_case.volume_per_month", "value": "a lot"}]}
    result = run(
        "answer", "lead", "--as", "tunde", "--from", write_toml(lead / "sheet.toml", sheet), "--json"
    )
    assert (result.code, result.data) == (2, None)
    assert read_toml(lead / "sprints/lead/draft.toml")["use_case"]["volume_per_month"] == "a lot"
    result = run(
        "answer",
        "lead",
        "--as",
        "tunde",
        "--from",
        write_toml(lead / "sheet.toml", {"answers": [{"path": "owner.person", "value": "x"}]}),
    )
    assert result.code == 1 and "not parked" in result.err


def test_a_parked_answer_is_accepted_whatever_else_is_wrong_in_the_draft(lead: Path, run: RunCommand) -> None:
    scope_with_parked_questions(run, lead)
    assert run("scope", "lead", "--set", "use_case.minutes_per_case=a while").code == 2
    sheet = {"answers": [{"path": "use_case.volume_per_month", "value": "2700"}]}
    result = run(
        "answer", "lead", "--as", "tunde", "--from", write_toml(lead / "sheet.toml", sheet), "--json"
    )
    assert (result.code, result.data) == (
        0,
        {"slug": "lead", "path": "sprints/lead/draft.toml", "who": "tunde", "answers": 1},
    )


def test_a_case_from_the_draft_of_a_charter_is_asked(lead: Path, run: RunCommand) -> None:
    case = {"process": {"questions": [{"id": "Q9", "ask": "The depot is closed. Who gets the enquiry?"}]}}
    draft = read_toml(lead / "sprints/lead/charter.toml")
    draft["process"]["questions"] = case["process"]["questions"]
    write_toml(lead / "sprints/lead/draft.toml", draft)
    assert [question["id"] for question in run("ask", "lead", "--json").data["questions"]] == ["Q9"]


def test_questions_parked_without_a_holder_are_on_nobodys_sheet(lead: Path, run: RunCommand) -> None:
    draft = read_toml(lead / "sprints/lead/charter.toml")
    draft["parked"] = [{"path": "use_case.volume_per_month"}]
    write_toml(lead / "sprints/lead/draft.toml", draft)
    result = run("ask", "lead", "--parked")
    assert result.code == 1 and "have no holder yet" in result.err
    draft["parked"].append({"path": "use_case.why_not_rules", "holder": "tunde"})
    write_toml(lead / "sprints/lead/draft.toml", draft)
    assert run("ask", "lead", "--parked", "--json").data["who"] == "Tunde Okonfield"


def test_ask_is_refused_if_there_is_nothing_to_ask(workspace: Path, run: RunCommand) -> None:
    run("scope", "x", "--set", "charter.title=X")
    for args in (("ask", "x"), ("ask", "x", "--parked")):
        result = run(*args, "--json")
        assert (result.code, result.json["errors"][0]["code"]) == (1, "nothing_to_ask")
    assert run("answer", "x", "--as", "me").code == 2
