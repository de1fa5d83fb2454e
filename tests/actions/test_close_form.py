"""The closing form: what it asks in which order, what it prefills, and the record it makes."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
import tomli
import tomli_w

from sprintkit.actions.close.close_form import ClosingForm, open_closing_form
from sprintkit.actions.context import open_context
from sprintkit.actions.form.validation import evaluate
from tests.cli.conftest import SAMPLES
from tests.conftest import example

LEAD = "lead-routing"
DUE = date(2026, 3, 28)
CLOSING = example("lead.records")["closing"]
FACTS = ["The end", "Acceptance", "Promises", "Handover", "Cost", "Verdict", "What stays"]


@pytest.fixture
def lead(tmp_path: Path) -> Path:
    """The lead sample, not closed yet."""
    shutil.copytree(SAMPLES / LEAD, tmp_path / "sprints" / LEAD)
    (tmp_path / "sprints" / LEAD / "closing.toml").unlink()
    shutil.rmtree(tmp_path / "sprints" / LEAD / "reviews")
    return tmp_path


def form_on(root: Path, day: date = DUE) -> ClosingForm:
    return ClosingForm(open_context(str(root), day), LEAD)


def write_closing(root: Path, **values: object) -> None:
    path = root / "sprints" / LEAD / "closing.toml"
    path.write_text(tomli_w.dumps({"schema": 1, **CLOSING, **values}), "utf-8")


def facts_done(form: ClosingForm) -> dict[str, str]:
    """Answers with which everything is met and nothing is open."""
    promises = {f"promise.{item}": "kept" for item in form.basis.promises}
    answers = {"claim.0": "met", "claim.1": "met", **promises}
    return answers | {field.key: "done" for field in form.fields(answers) if field.section == "Handover"}


def test_the_facts_come_first_and_then_the_verdict_that_they_suggest(lead: Path) -> None:
    form = form_on(lead)
    answers = facts_done(form)
    fields = form.fields(answers)
    assert list(dict.fromkeys(field.section for field in fields)) == FACTS
    verdict = next(field for field in fields if field.key == "verdict")
    assert dict(verdict.lead) == {
        "Metric": "61 working minutes, between the stop line of 80 and the target of 50.",
        "Guardrails": "each one is inside its limit.",
        "Suggested": "Operate, to be confirmed by 29 May 2026: the metric is between its stop line and its target.",
    }
    keys = [field.key for field in form.fields({**answers, "verdict": "operate"})]
    assert keys[keys.index("verdict") :] == [
        "verdict",
        "decided_by",
        "confirm_by",
        "lesson",
        "went_well",
        "next",
    ]


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({"verdict": "operate"}, {"confirm_by"}),
        ({"verdict": "operate", "handover.rights": "open"}, {"decide_by"}),
        ({"verdict": "operate", "claim.0": "not_met"}, {"reason"}),
        ({"verdict": "stop", "claim.0": "not_met"}, {"reason", "decommission"}),
        ({"verdict": "stop"}, {"reason", "decommission"}),
        ({}, set()),
    ],
)
def test_a_verdict_brings_the_fields_that_it_wants(
    lead: Path, changes: dict[str, str], wanted: set[str]
) -> None:
    form = form_on(lead)
    keys = {field.key for field in form.fields(facts_done(form) | changes)}
    assert keys & {"reason", "confirm_by", "decide_by", "decommission"} == wanted
    assert ("handover.switched_off" in keys) is (changes.get("verdict") == "stop")
    assert ("handover.rights" in keys) is (changes.get("verdict") != "stop")


def test_errors_are_shown_beside_their_field(lead: Path) -> None:
    form = form_on(lead)
    errors = evaluate(form, {"claim.0": "met"}).errors
    assert set(errors) == {"claim.1", "cost_actual", "verdict", "lesson"}
    assert {"claim.0", "claim.1"} <= set(evaluate(form, {}).errors), "every claim is asked for"
    answers = facts_done(form) | {"verdict": "operate", "cost_actual": "a lot", "lesson": "x"}
    errors = evaluate(form, answers | {"confirm_by": "1 June 2026"}).errors
    assert set(errors) == {"cost_actual", "confirm_by"}
    assert "later than 29 May 2026" in errors["confirm_by"]


def test_promises_that_check_ins_record_as_kept_are_prefilled(lead: Path) -> None:
    path = lead / f"sprints/{LEAD}/checkins/week-06.toml"
    ready = '\n[[ready]]\nitem = "runbook"\nproof = "page 3"\nby = "odile"\n'
    path.write_text(path.read_text("utf-8") + ready, "utf-8")
    defaults = {field.key: field.default for field in form_on(lead).fields({})}
    assert (defaults["promise.runbook"], defaults["promise.rollback"]) == ("kept", "")


def test_nobody_is_taken_to_have_kept_a_promise_that_nobody_spoke_of(lead: Path) -> None:
    form = form_on(lead)
    spoken = {key: text for key, text in facts_done(form).items() if not key.startswith("promise.")}
    operate = spoken | {
        "verdict": "operate",
        "cost_actual": "41200",
        "lesson": "x",
        "reason": "they are kept",
    }
    asked = {f"promise.{item}" for item in form.basis.promises}
    assert len(asked) == 12
    assert {key: evaluate(form, operate).errors[key] for key in asked} == dict.fromkeys(
        asked, "Is it kept, or still open?"
    )
    stop = spoken | {"verdict": "stop", "cost_actual": "41200", "lesson": "x", "reason": "too dear"}
    assert not asked & set(evaluate(form, stop).errors), "a stop is possible on any day"
    assert len(form.build(stop).record["readiness_open"]) == 12


def test_a_lean_charter_that_promised_nothing_is_not_asked_about_promises(lead: Path) -> None:
    path = lead / f"sprints/{LEAD}/charter.toml"
    charter = tomli.loads(path.read_text("utf-8"))
    del charter["plan"]["readiness"]
    charter["charter"]["depth"] = "lean"
    path.write_text(tomli_w.dumps(charter), "utf-8")
    form = form_on(lead)
    assert "Promises" not in {field.section for field in form.fields({})}
    assert form.build({"verdict": "operate"}).record["readiness_open"] == []


def test_closing_again_starts_from_the_earlier_answers(lead: Path) -> None:
    write_closing(lead, handover_open=["rights"], decide_by=date(2026, 4, 10))
    form, notice = open_closing_form(open_context(str(lead), date(2026, 4, 9)), LEAD)
    assert "later closing" in notice and form.title.startswith("Close again")
    record = form.build({}).record
    assert record["acceptance_met"] == [True, True] and record["readiness_open"] == []
    assert (record["handover_open"], record["cost_actual"]) == (["rights"], 41200)
    done = {"handover.rights": "done", "verdict": "operate", "lesson": "x"}
    result = form.save(form.build(done).record)
    assert result.data["path"] == f"sprints/{LEAD}/closing-2026-04-09.toml"


def test_a_review_that_stops_prefills_the_stop_and_its_reason(lead: Path) -> None:
    write_closing(lead)
    review = {
        "schema": 1,
        **example("lead.records")["reviews"][0],
        "decision": "stop",
        "note": "nobody uses it",
    }
    path = lead / f"sprints/{LEAD}/reviews/2026-04.toml"
    path.parent.mkdir()
    path.write_text(tomli_w.dumps(review), "utf-8")
    form = form_on(lead, date(2026, 5, 4))
    record = form.build({"lesson": "ask the reps"}).record
    assert (record["verdict"], record["reason"]) == ("stop", "nobody uses it")
    assert evaluate(form, {"lesson": "ask the reps"}).errors == {}
