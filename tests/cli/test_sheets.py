"""Sheets: agreement cases and parked questions out to people, and back."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import tomli

from tests.cli.conftest import EXAMPLES, Run, toml, write
from tests.conftest import example


@pytest.fixture
def lead(ws: Path, sk: Run) -> Path:
    """The lead example, scoped and not signed."""
    sk("scope", "lead", "--from", EXAMPLES / "lead.toml")
    return ws


def _park(sk: Run, ws: Path, **value: Any) -> None:
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
    assert sk("scope", "lead", "--from", write(ws / "parked.toml", document)).code == 0


def test_a_sheet_of_agreement_cases_can_be_sent_as_it_is(lead: Path, sk: Run) -> None:
    ran = sk("ask", "lead")
    assert ran.code == 0
    sheet = tomli.loads(ran.out)
    cases = example("lead")["process"]["questions"]
    assert sheet == {"who": "", "answers": [{"id": case["id"], "says": ""} for case in cases]}
    for case in cases:
        assert f"# {case['ask']}" in ran.out
    assert "account" not in "".join(line for line in ran.out.splitlines() if not line.startswith("#"))


def test_testimony_comes_back_as_a_file_of_its_own(lead: Path, sk: Run) -> None:
    sheet = {"who": "", "answers": [{"id": "Q1", "says": "The depot, always.\nNo [/] questions."}]}
    ran = sk("answer", "lead", "--as", "West Rep", "--from", write(lead / "sheet.toml", sheet), "--json")
    assert (ran.code, ran.data["path"]) == (0, "sprints/lead/answers/west-rep.toml")
    assert toml(lead / "sprints/lead/answers/west-rep.toml") == {"schema": 1, **sheet, "who": "West Rep"}
    again = sk("answer", "lead", "--as", "West Rep", "--from", "sheet.toml", "--json")
    assert (again.code, again.json["errors"][0]["code"]) == (1, "answered")


def test_check_tells_of_answers_that_wait_to_be_taken_in(lead: Path, sk: Run) -> None:
    assert "to be taken in" not in sk("check", "lead").err
    sheet = {"answers": [{"id": "Q1", "says": "The depot, always."}]}
    assert sk("answer", "lead", "--as", "West Rep", "--from", write(lead / "sheet.toml", sheet)).code == 0
    ran = sk("check", "lead")
    assert (
        ran.code == 0
        and "lead: 1 answer given alone to be taken in: sprintkit scope lead, section Process." in ran.err
    )
    draft = toml(lead / "sprints/lead/charter.toml")
    draft["process"]["questions"][0]["answers"].append({"who": "west rep", "says": "The depot, always."})
    write(lead / "sprints/lead/draft.toml", draft)
    assert "to be taken in" not in sk("check", "lead").err


@pytest.mark.parametrize(
    ("sheet", "code", "told"),
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
def test_a_sheet_that_is_not_taken(lead: Path, sk: Run, sheet: dict[str, Any], code: int, told: str) -> None:
    ran = sk("answer", "lead", "--as", "rep", "--from", write(lead / "sheet.toml", sheet))
    assert ran.code == code and told in ran.err
    assert not (lead / "sprints/lead/answers").exists()


def test_parked_questions_go_to_their_holder(lead: Path, sk: Run) -> None:
    _park(sk, lead)
    ran = sk("ask", "lead", "--parked")
    assert ran.code == 2 and "Tunde Okonfield" in ran.err and "--for" in ran.err
    ran = sk("ask", "lead", "--parked", "--for", "Tunde Okonfield")
    sheet = tomli.loads(ran.out)
    assert sheet["who"] == "Tunde Okonfield"
    assert [one["path"] for one in sheet["answers"]] == [
        "use_case.why_not_rules",
        "use_case.volume_per_month",
    ]
    assert "# Note: ask the depot first\n# By: 2026-02-09" in ran.out
    assert tomli.loads(sk("ask", "lead", "--parked", "--for", "suvi").out)["answers"][0]["path"].endswith(
        "verifier"
    )
    assert sk("ask", "lead", "--parked", "--for", "bram").code == 1


def test_parked_answers_come_back_into_the_charter(lead: Path, sk: Run) -> None:
    _park(sk, lead)
    sheet = {
        "who": "Tunde Okonfield",
        "answers": [
            {"path": "use_case.volume_per_month", "value": "2700"},
            {"path": "use_case.why_not_rules", "value": ""},
        ],
    }
    ran = sk(
        "answer", "lead", "--as", "Tunde Okonfield", "--from", write(lead / "sheet.toml", sheet), "--json"
    )
    assert (ran.code, ran.data["answers"]) == (0, 1)
    charter = toml(lead / "sprints/lead/charter.toml")
    assert charter["use_case"]["volume_per_month"] == 2700
    assert [one["path"] for one in charter["parked"]] == [
        "use_case.why_not_rules",
        "plan.milestones.M1.verifier",
    ]
    name = {"answers": [{"path": "plan.milestones.M1.verifier", "value": "Ottilie Ferring"}]}
    assert sk("answer", "lead", "--as", "suvi", "--from", write(lead / "sheet.toml", name)).code == 0
    charter = toml(lead / "sprints/lead/charter.toml")
    assert charter["people"]["ottilie"] == {"name": "Ottilie Ferring"}
    assert charter["plan"]["milestones"][0]["verifier"] == "ottilie"


def test_a_parked_answer_of_a_wrong_type_is_kept_as_typed(lead: Path, sk: Run) -> None:
    _park(sk, lead)
    sheet = {"answers": [{"path": "use_case.volume_per_month", "value": "a lot"}]}
    ran = sk("answer", "lead", "--as", "tunde", "--from", write(lead / "sheet.toml", sheet), "--json")
    assert (ran.code, ran.data) == (2, None)
    assert toml(lead / "sprints/lead/draft.toml")["use_case"]["volume_per_month"] == "a lot"
    ran = sk(
        "answer",
        "lead",
        "--as",
        "tunde",
        "--from",
        write(lead / "sheet.toml", {"answers": [{"path": "owner.person", "value": "x"}]}),
    )
    assert ran.code == 1 and "not parked" in ran.err


def test_a_parked_answer_is_taken_whatever_else_is_wrong(lead: Path, sk: Run) -> None:
    _park(sk, lead)
    assert sk("scope", "lead", "--set", "use_case.minutes_per_case=a while").code == 2
    sheet = {"answers": [{"path": "use_case.volume_per_month", "value": "2700"}]}
    ran = sk("answer", "lead", "--as", "tunde", "--from", write(lead / "sheet.toml", sheet), "--json")
    assert (ran.code, ran.data) == (
        0,
        {"slug": "lead", "path": "sprints/lead/draft.toml", "who": "tunde", "answers": 1},
    )


def test_a_case_in_the_draft_of_a_charter_is_asked(lead: Path, sk: Run) -> None:
    case = {"process": {"questions": [{"id": "Q9", "ask": "The depot is closed. Who gets the enquiry?"}]}}
    draft = toml(lead / "sprints/lead/charter.toml")
    draft["process"]["questions"] = case["process"]["questions"]
    write(lead / "sprints/lead/draft.toml", draft)
    assert [one["id"] for one in sk("ask", "lead", "--json").data["questions"]] == ["Q9"]


def test_what_is_parked_with_nobody_is_on_no_sheet(lead: Path, sk: Run) -> None:
    draft = toml(lead / "sprints/lead/charter.toml")
    draft["parked"] = [{"path": "use_case.volume_per_month"}]
    write(lead / "sprints/lead/draft.toml", draft)
    ran = sk("ask", "lead", "--parked")
    assert ran.code == 1 and "have no holder yet" in ran.err
    draft["parked"].append({"path": "use_case.why_not_rules", "holder": "tunde"})
    write(lead / "sprints/lead/draft.toml", draft)
    assert sk("ask", "lead", "--parked", "--json").data["who"] == "Tunde Okonfield"


def test_nothing_to_ask(ws: Path, sk: Run) -> None:
    sk("scope", "x", "--set", "charter.title=X")
    for args in (("ask", "x"), ("ask", "x", "--parked")):
        ran = sk(*args, "--json")
        assert (ran.code, ran.json["errors"][0]["code"]) == (1, "nothing_to_ask")
    assert sk("answer", "x", "--as", "me").code == 2
