"""From the first check-in on, scoping changes wording, waivers, access and open questions; never the agreement."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.session.autosave import open_sprint
from sprintkit.actions.session.session import Session
from sprintkit.errors import RefusedError
from sprintkit.signoff.canonical import content_digest
from sprintkit.store.workspace import find_workspace
from tests.cli.conftest import EXAMPLES, RunCommand, read_files, read_toml, write_toml
from tests.conftest import example
from tests.rules.helpers import lean_charter

DAY = ("--today", "2026-03-04")


def _start(workspace: Path, run: RunCommand) -> Path:
    """A charter with a parked question and its first check-in, nobody having signed."""
    charter = example("lead")
    charter["parked"] = [{"path": "use_case.why_not_rules", "holder": "suvi", "due": "2026-03-20"}]
    del charter["use_case"]["why_not_rules"]
    del charter["parked"][0]["due"]
    assert run("scope", "lead", "--from", write_toml(workspace / "in.toml", charter), *DAY).code == 0
    record = example("lead.records")["checkins"][0]
    write_toml(workspace / "sprints/lead/checkins/week-01.toml", record)
    return workspace / "sprints/lead/charter.toml"


@pytest.fixture
def charter(workspace: Path, run: RunCommand) -> Path:
    return _start(workspace, run)


@pytest.mark.parametrize(
    ("assignment", "path"),
    [
        ("timeline.weeks=8", "timeline.weeks"),
        ("timeline.deadline=2026-04-10", "timeline.deadline"),
        ("plan.milestones[0].weight=40", "plan.milestones.M1.weight"),
        ("success_metric.baseline=", "success_metric.baseline"),
        ("owner.person=Somebody Else", "owner.person"),
        ("people.bram.name=Somebody Else", "people.bram.name"),
        ("use_case.statement=Route 3 of 4 enquiries within 50 minutes.", "use_case.statement"),
        ('data_requirements[0].fields=["one"]', "data_requirements"),
        ("parked[1].path=timeline.deadline", "parked"),
    ],
)
def test_assignments_never_move_the_agreement_of_a_running_sprint(
    workspace: Path, charter: Path, run: RunCommand, assignment: str, path: str
) -> None:
    before = read_files(workspace)
    refused = run("scope", "lead", "--set", assignment, "--json", *DAY)
    assert refused.code == 1
    error = refused.json["errors"][0]
    assert error["code"] == "agreed" and path in error["message"]
    assert error["hint"] == "Change it by an amendment: sprintkit amend lead"
    assert read_files(workspace) == before


def test_a_file_never_moves_the_agreement_of_a_running_sprint(
    workspace: Path, charter: Path, run: RunCommand
) -> None:
    changed = write_toml(
        workspace / "in.toml", {"timeline": {"weeks": 8, "deadline": "x"}, "plan": {"milestones": []}}
    )
    before = read_files(workspace)
    refused = run("scope", "lead", "--from", changed, "--json", *DAY)
    assert refused.code == 1
    messages = " ".join(error["message"] for error in refused.json["errors"])
    assert all(path in messages for path in ("timeline.weeks", "timeline.deadline", "plan.milestones"))
    assert read_files(workspace) == before


def test_a_session_keeps_what_it_may_not_save_as_a_draft(
    workspace: Path, charter: Path, run: RunCommand
) -> None:

    before = charter.read_bytes()
    context = WorkspaceContext(find_workspace(workspace), date(2026, 3, 4))
    session = Session(context, open_sprint(context, "lead"), lambda: 0.0)
    try:
        session.answer("timeline.weeks", "8")
        with pytest.raises(RefusedError) as refusal:
            session.save_charter()
        assert "timeline.weeks" in str(refusal.value)
        assert "sprintkit amend lead" in (refusal.value.problems[0].hint or "")
        assert "scope lead --discard" in (refusal.value.problems[0].hint or "")
    finally:
        session.close()
    assert charter.read_bytes() == before
    row = run("status", "lead", "--json", *DAY).data["sprints"][0]
    assert row["draft_pending"]


@pytest.mark.parametrize(
    "assignment",
    [
        "use_case.current_way=Two desk leads read every enquiry and forward it; after 16:00 it waits until morning.",
        "data_requirements[0].access=requested",
        "use_case.why_not_rules=Territory is a lookup table, but 31% of enquiries name no known account.",
        'waivers=[{rule = "DAT-003", path = "data_requirements[0]", reason = "agreed with Bram", by = "bram"}]',
    ],
)
def test_wording_access_waivers_and_open_questions_stay_open_to_scoping(
    charter: Path, run: RunCommand, assignment: str
) -> None:
    before = charter.read_bytes()
    saved = run("scope", "lead", "--set", assignment, *DAY)
    assert saved.code == 0, saved.output
    assert charter.read_bytes() != before


def test_new_wording_may_not_add_a_finding(workspace: Path, charter: Path, run: RunCommand) -> None:
    before = read_files(workspace)
    refused = run("scope", "lead", "--set", "use_case.statement=Use AI to improve handling", "--json", *DAY)
    assert refused.code == 1 and refused.json["errors"][0]["code"] == "agreed"
    assert read_files(workspace) == before


def test_a_parked_question_is_answered_by_its_sheet_and_nothing_else_is(
    workspace: Path, charter: Path, run: RunCommand
) -> None:
    sheet = {
        "who": "suvi",
        "answers": [{"path": "use_case.why_not_rules", "value": "31% name no known account."}],
    }
    taken = run("answer", "lead", "--as", "suvi", "--from", write_toml(workspace / "sheet.toml", sheet), *DAY)
    assert taken.code == 0, taken.output
    document = read_toml(charter)
    assert document["use_case"]["why_not_rules"] == "31% name no known account."
    assert "parked" not in document
    draft = {**document, "parked": [{"path": "timeline.deadline", "holder": "suvi"}]}
    write_toml(charter.with_name("draft.toml"), draft)
    sheet = {"who": "suvi", "answers": [{"path": "timeline.deadline", "value": "2026-05-01"}]}
    refused = run(
        "answer",
        "lead",
        "--as",
        "suvi",
        "--from",
        write_toml(workspace / "sheet.toml", sheet),
        "--json",
        *DAY,
    )
    assert refused.code == 1 and refused.json["errors"][0]["code"] == "agreed", refused.output
    assert read_toml(charter) == document


def test_the_same_answers_again_are_not_a_change(workspace: Path, charter: Path, run: RunCommand) -> None:
    before = charter.read_bytes()
    assert run("scope", "lead", "--from", workspace / "in.toml", *DAY).code == 0
    assert charter.read_bytes() == before


def test_before_the_first_checkin_scoping_changes_everything(workspace: Path, run: RunCommand) -> None:
    run("scope", "lead", "--from", EXAMPLES / "lead.toml", *DAY)
    assert (
        run("scope", "lead", "--set", "timeline.weeks=8", "--set", "timeline.deadline=2026-04-10", *DAY).code
        == 0
    )


def test_a_signed_amendment_that_is_refused_changes_nothing_and_every_view_says_so(
    workspace: Path, charter: Path, run: RunCommand
) -> None:
    day = ("--today", "2026-03-12")
    before = run("status", "lead", "--json", *day).data["sprints"][0]
    amendment = {
        "schema": 1, "id": "A7", "requested_by": "hollis", "requested_on": date(2026, 3, 2), "kind": "plan",
        "reason": "it is late", "gives_up": ["nothing"], "gains": [], "deadline_change_days": 0, "cost_change": 0.0,
        "decision": "approve", "from_week": 3, "signed_on": date(2026, 3, 4),
        "signed_by": list(read_toml(charter)["people"]),
        "changes": [
            {"path": "timeline.weeks", "old": 6, "new": 8},
            {"path": "timeline.deadline", "old": date(2026, 3, 27), "new": date(2026, 4, 10)},
        ],
    }  # fmt: skip
    write_toml(workspace / "sprints/lead/amendments/2026-03-02-plan-hollis.toml", amendment)
    after = run("status", "lead", "--json", *day).data["sprints"][0]
    amendment_keys = {"amendments", "refused_amendments"}
    assert {key: after[key] for key in after.keys() - amendment_keys} == {
        key: before[key] for key in before.keys() - amendment_keys
    }
    for command in (
        ("status", "lead"),
        ("render", "lead", "status", "-o", "-", "--format", "md"),
    ):
        text = " ".join(run(*command, *day).out.split())
        assert "mendment A7 is approved by all and does not count" in text, command
        assert "the deadline does not move" in text, command


# From lean to full


@pytest.fixture
def lean_sprint(workspace: Path, run: RunCommand) -> Path:
    """A lean charter with its first check-in, nobody having signed."""
    charter = lean_charter()
    assert run("scope", "lead", "--from", write_toml(workspace / "in.toml", charter), *DAY).code == 0
    record = example("lead.records")["checkins"][0]
    record = {key: record[key] for key in ("week", "on", "by", "votes")} | {"by": "odile"}
    write_toml(workspace / "sprints/lead/checkins/week-01.toml", record)
    return workspace / "sprints/lead/charter.toml"


def test_a_running_lean_sprint_is_deepened_without_retyping(lean_sprint: Path, run: RunCommand) -> None:
    before = run("status", "lead", "--json", *DAY).data["sprints"][0]
    agreed = read_toml(lean_sprint)
    deepened = run("scope", "lead", "--full", "--set", "use_case.volume_per_month=2600", "--json", *DAY)
    assert deepened.code == 0, deepened.output
    assert (deepened.data["depth"], deepened.data["complete"]) == ("full", True)
    charter = read_toml(lean_sprint)
    assert charter["charter"].pop("depth") == "full" and agreed["charter"].pop("depth") == "lean"
    assert charter["use_case"].pop("volume_per_month") == 2600 and len(charter["plan"].pop("readiness")) == 12
    assert charter == agreed
    after = run("status", "lead", "--json", *DAY).data["sprints"][0]
    counted = {"answered", "questions"}
    assert {key: after[key] for key in after.keys() - counted} == {
        key: before[key] for key in before.keys() - counted
    }


def test_all_that_full_asks_and_lean_did_not_can_be_answered(
    workspace: Path, lean_sprint: Path, run: RunCommand
) -> None:
    agreed, full = read_toml(lean_sprint), example("lead")
    deepened = merge_absent(agreed, full)
    deepened["charter"]["depth"] = "full"
    deepened["plan"]["signatories"] = full["plan"]["signatories"]
    saved = run("scope", "lead", "--from", write_toml(workspace / "in.toml", deepened), *DAY)
    assert saved.code == 0, saved.output
    assert run("check", "lead", *DAY).code == 0


def merge_absent(document: Any, other: Any) -> Any:
    """The document with everything that only the other has; items of lists are merged one by one."""
    if isinstance(document, dict) and isinstance(other, dict):
        merged = {key: merge_absent(value, other.get(key)) for key, value in document.items()}
        return merged | {key: value for key, value in other.items() if key not in document}
    if isinstance(document, list) and isinstance(other, list) and len(document) == len(other):
        return [merge_absent(item, other_item) for item, other_item in zip(document, other, strict=True)]
    return document


def test_a_session_deepens_a_running_lean_sprint(workspace: Path, lean_sprint: Path) -> None:
    context = WorkspaceContext(find_workspace(workspace), date(2026, 3, 4))
    session = Session(context, open_sprint(context, "lead"), lambda: 0.0)
    try:
        session.ask_in_full()
        session.answer("use_case.volume_per_month", "2600")
        assert session.save_charter().exit_code == 0
    finally:
        session.close()
    charter = read_toml(lean_sprint)
    assert "depth" not in charter["charter"] and charter["use_case"]["volume_per_month"] == 2600


@pytest.mark.parametrize(
    ("assignment", "path"),
    [
        ("timeline.weeks=8", "timeline.weeks"),
        ("plan.milestones[0].verifier=bram", "plan.milestones.M1.verifier"),
        ("plan.signatories[0].person=odile", "plan.signatories"),
        ('plan.signatories=[{party = "sponsor", person = "bram"}]', "plan.signatories"),
        ("scope.cut_first=", ""),
    ],
)
def test_deepening_moves_nothing_that_is_agreed(
    lean_sprint: Path, run: RunCommand, assignment: str, path: str
) -> None:
    before = lean_sprint.read_bytes()
    refused = run("scope", "lead", "--full", "--set", assignment, "--json", *DAY)
    if not path:
        assert refused.code == 0
        return
    assert refused.code == 1
    assert {error["code"] for error in refused.json["errors"]} == {"agreed"}
    assert path in refused.json["errors"][0]["message"]
    assert lean_sprint.read_bytes() == before


def test_a_full_charter_does_not_become_lean_in_mid_sprint(charter: Path, run: RunCommand) -> None:
    before = charter.read_bytes()
    refused = run("scope", "lead", "--set", "charter.depth=lean", "--json", *DAY)
    assert refused.code == 1 and refused.json["errors"][0]["code"] == "agreed"
    assert charter.read_bytes() == before


# Once signed, once closed


@pytest.mark.slow
def test_before_everybody_has_signed_the_refusal_names_reopening(
    workspace: Path, charter: Path, run: RunCommand
) -> None:
    digest = content_digest(read_toml(charter))
    signatories = read_toml(charter)["plan"]["signatories"]
    people = read_toml(charter)["people"]
    for number, signatory in enumerate(signatories, 1):
        party, person = signatory["party"], signatory["person"]
        record = {
            "schema": 1, **signatory, "decision": "approve", "on": date(2026, 3, 3), "digest": digest,
            "at": datetime(2026, 3, 3, 9, tzinfo=UTC), "name": people[person]["name"], "received": "own",
        }  # fmt: skip
        write_toml(charter.parent / f"signatures/{digest[:12]}/{party}-{person}.toml", record)
        before = read_files(charter.parent)
        for args in (("--set", "use_case.why_not_rules=x"), ("--from", workspace / "in.toml")):
            refused = run("scope", "lead", *args, "--json", *DAY)
            (error,) = refused.json["errors"]
            assert (refused.code, error["code"]) == (1, "signed")
            assert ("scope lead --reopen" in error["hint"]) is (number < len(signatories))
            assert "sprintkit amend lead" in error["hint"]
        assert read_files(charter.parent) == before


@pytest.mark.parametrize("verdict", ["operate", "stop"])
def test_after_a_closing_scoping_changes_nothing(
    workspace: Path, charter: Path, run: RunCommand, verdict: str
) -> None:
    closing = {
        "schema": 1, "on": date(2026, 3, 3), "verdict": verdict, "decided_by": "bram", "acceptance_met": [False],
        "readiness_open": [], "handover_open": [], "cost_actual": 1.0, "lesson": "x",
    }  # fmt: skip
    write_toml(charter.parent / "closing.toml", closing)
    before = read_files(charter.parent)
    sheet = {"who": "suvi", "answers": [{"path": "use_case.why_not_rules", "value": "31% name no account."}]}
    commands = [
        ("scope", "lead", "--set", "data_requirements[0].access=requested"),
        ("scope", "lead", "--set", "use_case.why_not_rules=31% name no account."),
        ("scope", "lead", "--full", "--set", "use_case.why_not_rules=x"),
        ("answer", "lead", "--as", "suvi", "--from", str(write_toml(workspace / "sheet.toml", sheet))),
    ]
    for command in commands:
        refused = run(*command, "--json", *DAY)
        assert refused.code == 1 and refused.json["errors"][0]["code"] == "closed", command
    context = WorkspaceContext(find_workspace(workspace), date(2026, 3, 4))
    with pytest.raises(RefusedError):
        open_sprint(context, "lead")
    assert read_files(charter.parent) == before
