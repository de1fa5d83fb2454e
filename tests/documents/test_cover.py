"""Page one says what is decided, by when, for how much and at which risk, and never more than is known."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sprintkit.charter.findings import Finding
from sprintkit.charter.monthly_value import value_inputs
from sprintkit.charter.parsing import parse_lenient
from sprintkit.documents.context.charter import build_charter_context
from sprintkit.documents.context.cover import approval_due
from sprintkit.progress.value import compute_value_columns
from tests.documents.examples import DIGEST, charter, records, signatures

ERROR = Finding("OWN-001", "error", "owner.person", "The owner is no person.")
WARNING = Finding("SCO-001", "warning", "scope.cut_first", "Nothing is named to cut first.")


def _context(name: str = "lead", **facts: Any) -> dict[str, Any]:
    document = facts.pop("document", None) or charter(name)
    inputs = value_inputs(parse_lenient(document).charter)
    value = compute_value_columns(inputs) if inputs else None
    return build_charter_context(document, digest=DIGEST, value=value, **facts)


@pytest.mark.parametrize(
    ("start", "due"),
    [
        (date(2026, 2, 16), date(2026, 2, 13)),
        (date(2026, 2, 18), date(2026, 2, 17)),
        (date(2026, 2, 15), date(2026, 2, 13)),
    ],
)
def test_approval_is_due_on_the_last_weekday_before_the_start(start: date, due: date) -> None:
    assert approval_due(start) == due


def test_the_reader_is_asked_for_one_thing() -> None:
    document = charter("lead")
    document["people"]["odile"]["contact"] = "odile@example.org"
    decision = _context(document=document)["front"]["decision"]
    assert decision["request"] == "Please approve by 13 February 2026."
    assert decision["reply_to"] == "Reply to Odile Tamsworth, odile@example.org."
    signed = _context(signatures=signatures("lead"))["front"]["decision"]
    assert signed["request"] == "Nothing: everybody has approved." and signed["reply_to"] == ""
    draft = _context(is_draft=True)["front"]["decision"]
    assert draft["request"].startswith("Please say by 13 February 2026 what is wrong or missing.")


def test_open_findings_make_an_unsigned_text_a_draft() -> None:
    signed = _context(findings=[ERROR, ERROR, WARNING])["signed"]
    assert signed["headline"] == "Draft: 2 errors and 1 warning are open"
    assert signed["is_draft"] and not any(person["reply"] for person in signed["people"])
    assert _context(findings=[WARNING])["signed"]["headline"] == "Draft: 1 warning is open"
    waived = _context(findings=[WARNING._replace(waived=True)])["signed"]
    assert waived["headline"] == "Not approved yet" and not waived["is_draft"]
    assert _context(findings=[ERROR], signatures=signatures("lead"))["signed"]["state"] == "signed"


def test_the_biggest_risk_is_an_error_a_parked_question_a_warning_or_a_guardrail() -> None:
    document = charter("lead")
    document["parked"] = [{"path": "owner.deputy", "holder": "bram", "due": date(2026, 2, 10)}]
    assert _context(document=document, findings=[WARNING, ERROR])["front"]["risk"] == ERROR.message
    parked = _context(document=document, findings=[WARNING])["front"]["risk"]
    assert parked == "Not known yet: Deputy. Bram Yellowby answers by 10 February 2026."
    assert _context(findings=[WARNING])["front"]["risk"] == WARNING.message
    assert "must be at most 6, and is 22 today" in _context()["front"]["risk"]


def test_what_it_returns_stands_beside_what_it_costs() -> None:
    context = _context()
    front, value = context["front"], context["value"]
    assert front["cost"] == "GBP\u00a042,000"
    assert front["returns"]["headline"] == "GBP\u00a02,724 a month"
    assert "GBP\u00a0−9,307; cautious: GBP\u00a0−42,028" in front["returns"]["first_year"]
    assert value["note"] == "Cautious: 80% of the benefit, 125% of the cost."
    assert {row["label"]: row["entered"] for row in value["rows"]}[
        "Cost of the sprint, once"
    ] == "GBP\u00a042,000"
    assert value["break_even"] == (
        "A month pays for running it even if no case is automatic. "
        "The sprint itself is paid back after 15.4 months, so the first year is a loss."
    )
    assert "loss" not in _context("price")["value"]["break_even"], "its first year is none"


def test_a_lean_charter_fills_nothing_in_and_nobody_signs_for_money_that_is_not_named() -> None:
    document = charter("lead")
    document["charter"]["depth"] = "lean"
    del (
        document["budget"],
        document["success_metric"]["business_value"],
        document["use_case"]["cost_of_wrong"],
    )
    context = _context(document=document)
    front = context["front"]
    assert (front["why"], front["cost"], front["returns"]["headline"]) == ("", "", "")
    promise = context["signed"]["people"][0]["promises"][0]["promise"]
    assert promise == "approves the work and can stop it"
    assert not context["section"]["budget"]["is_shown"] or context["value"]["given"]


def test_a_number_is_never_cut() -> None:
    document = charter("lead")
    document["success_metric"] |= {"baseline": 1234567890123456, "target": 0.000123456789012}
    metric = _context(document=document)["front"]["metric"]
    assert metric["baseline"] == "1,234,567,890,123,456"
    assert metric["target"] == "0.000123456789012"


def test_people_sign_once_for_all_of_their_parties() -> None:
    people = {person["name"]: person for person in _context()["signed"]["people"]}
    tunde = people["Tunde Okonfield"]
    assert [promise["party"] for promise in tunde["promises"]] == ["data", "tool"]
    assert tunde["reply"].endswith(f"({DIGEST[:12]}) as data owner and tool administrator.")
    given = [entry for entry in signatures("lead") if entry["person"] != "tunde" or entry["party"] == "data"]
    tunde = {person["name"]: person for person in _context(signatures=given)["signed"]["people"]}[
        "Tunde Okonfield"
    ]
    assert tunde["decisions"][0]["parties"] == "data" and tunde["reply"].endswith("as tool administrator.")


def test_amendments_are_told_in_sentences() -> None:
    changes = _context("price", amendments=records("price")["amendments"])["changes"][0]["changes"]
    assert [change["sentence"] for change in changes] == [
        "Milestone ‘floor table and duty rota signed’: 15 → 20 points",
        "Milestone ‘cost, unit and terms pass checks’: 15 → 10 points",
    ]
    gone = {"path": "plan.milestones.M9", "old": {"id": "M9", "title": "shadow run"}, "new": None}
    other = {"path": "success_metric.target", "old": 50, "new": 55}
    amendment = {"id": "A2", "kind": "plan", "from_week": 3, "changes": [gone, other]}
    changes = _context(amendments=[amendment])["changes"][0]["changes"]
    assert [change["sentence"] for change in changes] == [
        "Milestone ‘shadow run’ is dropped",
        "Target: 50 → 55",
    ]
