"""Page one says what is decided, by when, for how much and at which risk, and never more than is known."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sprintkit.charter.findings import Finding
from sprintkit.charter.monthly_value import value_inputs
from sprintkit.charter.parsing import parse_lenient
from sprintkit.documents.context.approval import approval_due, approval_line
from sprintkit.documents.context.charter import build_charter_context
from sprintkit.documents.wording import english
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
    assert _context()["front"]["decision"]["reply_to"] == (
        "Sign it in sprintkit, or on paper and give that to Odile Tamsworth."
    )
    signed = _context(signatures=signatures("lead"))["front"]["decision"]
    assert signed["request"] == "Nothing: everybody has approved." and signed["reply_to"] == ""
    draft = _context(is_draft=True)["front"]["decision"]
    assert draft["request"] == "Please say by 13 February 2026 what is wrong or missing."
    assert draft["reply_to"] == "Tell Odile Tamsworth."


@pytest.mark.parametrize(
    ("on", "is_closed", "headline", "short", "asked"),
    [
        (
            date(2026, 2, 13),
            False,
            "Not approved yet",
            "Approvals given: none of 7.",
            "Please approve by 13 February 2026.",
        ),
        (
            date(2026, 2, 14),
            False,
            "Not approved yet",
            "Approvals given: none of 7.",
            "Please approve now, or say what is wrong: it was asked for by 13 February 2026.",
        ),
        (
            date(2026, 2, 16),
            False,
            "Began without being approved",
            "Approvals given: none of 7.",
            "Please approve now, or say what is wrong: it was asked for by 13 February 2026.",
        ),
        (
            date(2026, 4, 1),
            True,
            "Ran without being approved",
            "Approvals given: none of 7. They were asked for by 13 February 2026.",
            "Nothing is asked any more: the sprint is closed.",
        ),
    ],
)
def test_what_is_asked_follows_the_day_of_the_document(
    on: date, is_closed: bool, headline: str, short: str, asked: str
) -> None:
    context = _context(on=on, is_closed=is_closed)
    assert context["signed"]["headline"] == headline
    assert context["signed"]["short"] == short
    assert context["front"]["decision"]["request"] == asked
    assert bool(context["front"]["decision"]["reply_to"]) != is_closed
    assert bool(context["front"]["decision"]["reply_how"]) != is_closed
    assert any(person["reply"] for person in context["signed"]["people"]) != is_closed


def test_a_text_that_some_approved_says_so_once_the_sprint_began_or_is_over() -> None:
    some = signatures("lead")[:3]
    began = _context(signatures=some, on=date(2026, 3, 2))["signed"]
    assert (began["headline"], began["short"]) == (
        "Began before all had approved",
        "Approvals given: 3 of 7.",
    )
    closed = _context(signatures=some, on=date(2026, 4, 1), is_closed=True)["signed"]
    assert closed["headline"] == "Ran without the approval of all"
    draft = _context(findings=[ERROR], on=date(2026, 3, 2))["signed"]
    assert (
        draft["is_draft"] and draft["short"] == "The sprint began all the same. Approvals given: none of 7."
    )
    assert not _context(findings=[ERROR], is_closed=True)["signed"]["is_draft"], "it is over"


@pytest.mark.parametrize(
    ("state", "given", "line"),
    [
        ("running", 7, "The charter is approved by all 7."),
        ("chartered", 0, "The charter is not approved by all: 0 of 7 have approved."),
        ("running", 0, "It runs without the approval of all: 0 of 7 have approved the charter."),
        ("operating", 3, "It ran without the approval of all: 3 of 7 approved the charter."),
        ("stopped", 0, "It ran without the approval of all: 0 of 7 approved the charter."),
    ],
)
def test_a_sprint_that_runs_or_ran_unapproved_says_so(state: str, given: int, line: str) -> None:
    status = {"state": state, "signatures": {"required": 7, "given": given, "stale": 0}}
    assert approval_line(status, english()) == line


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
    owner = "Odile Tamsworth deals with it."
    error = _context(document=document, findings=[WARNING, ERROR])["front"]["risk"]
    assert error == f"{ERROR.message} Until this is corrected, nobody can sign. {owner}"
    parked = _context(document=document, findings=[WARNING])["front"]["risk"]
    assert parked == "Not known yet: Deputy. Bram Yellowby answers by 10 February 2026."
    late = _context(document=document, on=date(2026, 2, 11))["front"]["risk"]
    assert late.endswith("Bram Yellowby was to answer by 10 February 2026.")
    warning = _context(findings=[WARNING])["front"]["risk"]
    assert warning == f"{WARNING.message} It is to be corrected, or waived with a reason. {owner}"
    assert _context()["front"]["risk"] == (
        "Desk hours spent routing by hand per week: 22 today, and must become at most 6. If it is not at most 6 "
        "in two readings in a row, the sponsor is advised to stop. Odile Tamsworth answers for it."
    )
    inside = charter("lead")
    for guardrail in inside["success_metric"]["guardrails"]:
        guardrail["baseline"] = 5.0
    assert _context(document=inside)["front"]["risk"].startswith(
        "Desk hours spent routing by hand per week must stay at most 6, and is 5 today. If it is not at most 6 in"
    )


def test_the_biggest_risk_names_a_field_in_words() -> None:
    missing = Finding(
        "GEN-002", "error", "charter.sponsor", "charter.sponsor is needed for sign-off. Ask: Who pays?"
    )
    risk = _context(findings=[missing])["front"]["risk"]
    assert risk.startswith("Sponsor is needed for sign-off. Ask: Who pays?")


def test_what_it_returns_is_shown_beside_what_it_costs() -> None:
    context = _context()
    front, value = context["front"], context["value"]
    assert front["cost"] == "GBP\u00a042,000"
    assert front["running_cost"] == (
        "for the sprint, once. Running it comes on top: GBP\u00a0900 a month, funded for 12 months (GBP\u00a010,800). "
        "Both are in the budget that Bram Yellowby approves."
    )
    returns = front["returns"]
    assert returns["headline"] == "GBP\u00a02,724 a month"
    assert returns["line"].endswith("the owner's hours. Counted cautiously: GBP\u00a0873.")
    assert returns["first_year"] == "A loss of GBP\u00a09,307" and returns["is_loss"]
    assert returns["first_year_line"].endswith("Counted cautiously: a loss of GBP\u00a042,028.")
    assert returns["payback"] == "It has paid for itself after 15.4 months; cautiously after 60.2."
    assert returns["cautious"] == (
        "Counted cautiously means each benefit at 80%, each cost at 125%: the sprint at GBP\u00a052,500."
    )
    assert value["note"] == returns["cautious"]
    assert {row["label"]: row["entered"] for row in value["rows"]}[
        "Cost of the sprint, once"
    ] == "GBP\u00a042,000"
    assert value["break_even"] == (
        "A month pays for running it even if no case is automatic. "
        "The sprint itself is paid back after 15.4 months, so the first year is a loss."
    )
    price = _context("price")
    assert "loss" not in price["value"]["break_even"], "its first year is none"
    assert (
        price["front"]["returns"]["first_year"].startswith("A gain of")
        and not price["front"]["returns"]["is_loss"]
    )


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
    assert [promise["party"] for promise in tunde["promises"]] == ["data owner", "tool administrator"]
    assert tunde["reply"].endswith(f"({DIGEST[:12]}) as data owner and tool administrator.")
    given = [entry for entry in signatures("lead") if entry["person"] != "tunde" or entry["party"] == "data"]
    tunde = {person["name"]: person for person in _context(signatures=given)["signed"]["people"]}[
        "Tunde Okonfield"
    ]
    assert tunde["decisions"][0]["parties"] == "data owner" and tunde["reply"].endswith(
        "as tool administrator."
    )


def test_page_one_names_everybody_once_with_what_they_sign_for() -> None:
    front = {entry["name"]: entry for entry in _context()["signed"]["front"]}
    assert len(front) == 6 and len(_context()["signed"]["front"]) == 6
    tunde = front["Tunde Okonfield"]
    assert (tunde["signs_as"], tunde["line"]) == ("as data owner and tool administrator", "not signed")
    assert tunde["promise"].startswith("provides the fields") and "; provides the place" in tunde["promise"]
    given = [entry for entry in signatures("lead") if entry["person"] != "tunde" or entry["party"] == "data"]
    front = {entry["name"]: entry for entry in _context(signatures=given)["signed"]["front"]}
    assert front["Tunde Okonfield"]["line"] == "data owner: signed; tool administrator: not signed"


def test_page_one_says_what_is_built_and_how_the_number_relates_to_it() -> None:
    front = _context()["front"]
    assert front["built_as"] == "As a working system: software, in production."
    metric = front["metric"]
    assert metric["meaning"] == (
        "It measures the effect of the task above: what is built is live by 27 March 2026, and on 29 May 2026 "
        "this number shows what that changed."
    )
    document = charter("lead")
    document["deliverable"] |= {"kind": "report", "environment": ""}
    del document["success_metric"]["target_on"]
    front = _context(document=document)["front"]
    assert front["built_as"] == "As: report." and front["metric"]["meaning"] == ""


@pytest.mark.parametrize(
    ("deadline", "target_on", "sentence"),
    [
        (
            date(2026, 3, 27),
            date(2026, 5, 29),
            "Judged on 27 March 2026, when the sprint closes, and on 29 May 2026; "
            "in other months only if it is so twice in a row.",
        ),
        (
            date(2026, 3, 27),
            date(2026, 3, 27),
            "Judged on 27 March 2026, when the sprint closes; in later months only if it is so twice in a row.",
        ),
        (
            date(2026, 3, 27),
            None,
            "Judged on 27 March 2026, when the sprint closes; in later months only if it is so twice in a row.",
        ),
        (
            None,
            date(2026, 5, 29),
            "Judged when the sprint closes; in later months only if it is so twice in a row.",
        ),
    ],
)
def test_page_one_says_on_which_days_the_stop_line_is_judged(
    deadline: date | None, target_on: date | None, sentence: str
) -> None:
    document = charter("lead")
    document["timeline"]["deadline"], document["success_metric"]["target_on"] = deadline, target_on
    assert _context(document=document)["front"]["metric"]["switch_off_counts"] == sentence
    del document["success_metric"]["stop_line"]
    assert _context(document=document)["front"]["metric"]["switch_off_counts"] == ""


@pytest.mark.parametrize(
    ("budget", "sentence"),
    [
        (
            {"operations_months_funded": None, "approved_by": ""},
            "for the sprint, once. Running it comes on top: GBP\u00a0900 a month.",
        ),
        (
            {"operations_months_funded": 0, "approved_by": ""},
            "for the sprint, once. Running it comes on top: GBP\u00a0900 a month, funded for no month yet.",
        ),
        (
            {"operations_per_month": 0, "operations_months_funded": 0},
            "for the sprint, once. Running it is planned to cost nothing. "
            "It is in the budget that Bram Yellowby approves.",
        ),
        ({"operations_per_month": None}, ""),
    ],
)
def test_page_one_says_of_running_it_only_what_the_charter_says(
    budget: dict[str, Any], sentence: str
) -> None:
    document = charter("lead")
    document["budget"] |= budget
    assert _context(document=document)["front"]["running_cost"] == sentence


def test_signs_that_are_wide_count_twice_for_the_room_on_page_one() -> None:
    """As many letters fit at full size; in Japanese page one has to be measured, or it runs over its edge."""

    def has_room(sign: str) -> bool:
        document = charter("lead")
        document["use_case"]["statement"] = document["deliverable"]["statement"] = sign * 130
        document["success_metric"] |= {"name": sign * 80, "business_value": sign * 130}
        del document["value"], document["budget"], document["scope"]
        return bool(_context(document=document)["front"]["is_short"])

    assert has_room("x") and not has_room("問")


def test_amendments_are_described_in_sentences() -> None:
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
