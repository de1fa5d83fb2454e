"""From the first check-in on, scoping changes wording, waivers, access and open questions; never the agreement."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.session.autosave import open_sprint
from sprintkit.actions.session.session import Session
from sprintkit.errors import RefusedError
from sprintkit.store.workspace import find_workspace
from tests.cli.conftest import EXAMPLES, RunCommand, read_files, read_toml, write_toml
from tests.conftest import example

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
    assert "sprints/lead/amendments/2026-03-04-" in error["hint"]
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
        assert "sprints/lead/amendments/2026-03-04-plan-" in (refusal.value.problems[0].hint or "")
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


def test_the_same_answers_again_are_no_change(workspace: Path, charter: Path, run: RunCommand) -> None:
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
    assert after == before
    for command in (
        ("status", "lead"),
        ("render", "lead", "status", "-o", "-", "--format", "md"),
    ):
        text = " ".join(run(*command, *day).out.split())
        assert "mendment A7 is signed and does not count" in text, command
        assert "the deadline does not move" in text, command
