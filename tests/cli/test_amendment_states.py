"""Where amendments stand, in `status` as JSON; and every view tells of one that is signed and does not count."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from sprintkit.actions.context import open_context
from sprintkit.actions.sprint_view import load_view
from sprintkit.charter import paths
from sprintkit.signoff.canonical import content_digest
from tests.cli.conftest import RunCommand, read_toml, write_toml
from tests.conftest import example

TODAY = "2026-03-05"
"""Thursday of week 3 of 6."""
DAY = ("--today", TODAY)
NAME = "2026-03-02-scope-hollis.toml"
PATH = f"sprints/lead/amendments/{NAME}"
SIGNERS = ["bram", "odile"]
CHANGE = ("use_case.volume_per_month", 2600, 2700)


@pytest.fixture
def lead(scoped_lead: Path) -> Path:
    """A running sprint with two check-ins; nobody has signed its charter."""
    folder = scoped_lead / "sprints/lead"
    for week in (1, 2):
        write_toml(folder / f"checkins/week-0{week}.toml", example("lead.records")["checkins"][week - 1])
    return folder


def amend(lead: Path, change: tuple[str, Any, Any] = CHANGE, name: str = NAME, **fields: Any) -> str:
    """Write an amendment; returns the digest of the charter with it."""
    charter = read_toml(lead / "charter.toml")
    path, old, new = change
    after = content_digest(paths.set_value(charter, path, new))
    record = {
        "schema": 1, "id": "A1", "requested_by": "hollis", "requested_on": date(2026, 3, 2), "kind": "scope",
        "reason": "more of them", "gives_up": [], "gains": [], "deadline_change_days": 0, "cost_change": 0.0,
        "decision": "approve", "from_week": 3, "changes": [{"path": path, "old": old, "new": new}],
        "digest_before": content_digest(charter), "digest_after": after, **fields,
    }  # fmt: skip
    write_toml(lead / "amendments" / name, {key: value for key, value in record.items() if value is not None})
    return after


def sign(
    lead: Path, person: str, digest: str, on: date = date(2026, 3, 3), decision: str = "approve"
) -> None:
    people = read_toml(lead / "charter.toml")["people"]
    party = {"bram": "sponsor", "odile": "owner", "hollis": "builder"}[person]
    record = {
        "schema": 1, "person": person, "party": party, "decision": decision, "on": on,
        "at": datetime(on.year, on.month, on.day, 9, tzinfo=timezone(timedelta(hours=1))), "digest": digest,
        "name": people[person]["name"], "received": "own",
    }  # fmt: skip
    if decision == "reject":
        record["comment"] = "not now"
    write_toml(lead / f"signatures/{digest[:12]}/{party}-{person}.toml", record)


def status_of(run: RunCommand, day: str = TODAY) -> Mapping[str, Any]:
    row: Mapping[str, Any] = run("status", "lead", "--json", "--today", day).data["sprints"][0]
    return row


def entry(state: str, waiting: list[str] | None = None, from_week: int = 3) -> dict[str, Any]:
    return {"id": "A1", "path": PATH, "state": state, "from_week": from_week, "waiting": waiting or []}


def test_without_amendments_the_lists_are_empty_and_the_listing_has_none(lead: Path, run: RunCommand) -> None:
    assert (status_of(run)["amendments"], status_of(run)["refused_amendments"]) == ([], [])
    assert "amendments" not in run("status", "--json", *DAY).data["sprints"][0]


def test_a_proposed_amendment_waits_for_those_who_have_not_signed(lead: Path, run: RunCommand) -> None:
    digest = amend(lead)
    assert status_of(run)["amendments"] == [entry("proposed", SIGNERS)]
    sign(lead, "bram", digest)
    assert status_of(run)["amendments"] == [entry("proposed", ["odile"])]
    assert status_of(run, "2026-03-02")["amendments"] == [entry("proposed", SIGNERS)]
    assert status_of(run, "2026-03-01")["amendments"] == []
    sign(lead, "odile", digest)
    assert status_of(run)["amendments"] == [entry("in_force")]
    assert run("doctor", *DAY).code == 0


def test_a_signed_amendment_comes_into_force_with_its_week(lead: Path, run: RunCommand) -> None:
    amend(lead, from_week=4, signed_by=SIGNERS, signed_on=date(2026, 3, 3))
    assert status_of(run)["amendments"] == [entry("signed", from_week=4)]
    assert status_of(run, "2026-03-09")["amendments"] == [entry("in_force", from_week=4)]


@pytest.mark.parametrize("decision", ["reject", "postpone", "merge"])
def test_a_decision_against_it_is_final(lead: Path, run: RunCommand, decision: str) -> None:
    amend(lead, decision=decision)
    assert status_of(run)["amendments"] == [entry("rejected")]


def test_a_rejection_of_one_who_must_sign_rejects_it(lead: Path, run: RunCommand) -> None:
    digest = amend(lead)
    sign(lead, "bram", digest)
    sign(lead, "odile", digest, decision="reject")
    assert status_of(run)["amendments"] == [entry("rejected")]


def test_a_proposal_for_another_text_is_stale(lead: Path, run: RunCommand) -> None:
    amend(lead, digest_before="ab" * 32)
    assert status_of(run)["amendments"] == [entry("stale")]


def test_of_two_for_the_same_text_the_first_in_order_counts(lead: Path, run: RunCommand) -> None:
    signed = {"signed_by": SIGNERS, "signed_on": date(2026, 3, 3)}
    amend(lead, from_week=3, **signed)
    other = ("use_case.minutes_per_case", 6.0, 7.0)
    amend(lead, other, name="2026-03-03-scope-bram.toml", from_week=4, id="A2", **signed)
    row = status_of(run)
    assert [(item["id"], item["state"]) for item in row["amendments"]] == [
        ("A1", "in_force"),
        ("A2", "stale"),
    ]
    ((reason,),) = [item["reasons"] for item in row["refused_amendments"]]
    assert reason.startswith("digest_before is ") and "but the charter before it is " in reason
    assert "use_case.minutes_per_case" not in run("render", "lead", "-o", "-", "--format", "md", *DAY).err


REFUSED: list[tuple[tuple[str, Any, Any], dict[str, Any], str, str]] = [
    (CHANGE, {"digest_before": "ab" * 32}, "stale", "digest_before is abababababab"),
    (CHANGE, {"digest_after": "ab" * 32}, "rejected", "digest_after is abababababab"),
    (("use_case.volume_per_month", 2500, 2700), {}, "stale", "changes[0] says it was 2500"),
    (CHANGE, {"gains": ["a second depot"]}, "rejected", "gives_up is empty"),
    (("timeline.weeks", 6, 8), {}, "rejected", "the deadline does not move"),
    (("plan.milestones.M1.weight", 10, 12), {}, "rejected", "sum to 102"),
    (("owner.person", "odile", "nobody"), {}, "rejected", "would leave an error, GEN-004 at owner.person"),
    (("use_case.volume_per_month", 2600, "many"), {}, "rejected", "use_case.volume_per_month"),
    (("owner.deputy", "suvi", "tunde"), {"kind": "editorial"}, "rejected", "is editorial"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("change", "fields", "state", "reason"), REFUSED, ids=lambda value: str(value)[:40])
def test_a_signed_amendment_that_does_not_count_is_reported_everywhere(
    lead: Path, run: RunCommand, change: tuple[str, Any, Any], fields: dict[str, Any], state: str, reason: str
) -> None:
    before = status_of(run)
    signers = list(read_toml(lead / "charter.toml")["people"])
    amend(lead, change, **{"signed_by": signers, "signed_on": date(2026, 3, 3), **fields})
    row = status_of(run)
    assert row["amendments"] == [entry(state)]
    (refused,) = row["refused_amendments"]
    assert (refused["id"], refused["path"]) == ("A1", PATH) and reason in " ".join(refused["reasons"])
    amendment_keys = ("amendments", "refused_amendments")
    assert {key: row[key] for key in row if key not in amendment_keys} == {
        key: before[key] for key in before if key not in amendment_keys
    }
    sentence = "does not count"
    for command in (
        ("status", "lead"),
        ("doctor",),
        ("render", "lead", "-o", "-", "--format", "md"),
        ("render", "lead", "-o", "-", "--format", "html"),
        ("render", "lead", "status", "-o", "-", "--format", "md"),
    ):
        result = run(*command, *DAY)
        text = " ".join(result.output.split())
        assert sentence in text and "A1" in text, command
        assert result.code == (1 if command == ("doctor",) else 0)


def test_earlier_errors_are_not_a_reason_against_an_amendment(lead: Path, run: RunCommand) -> None:
    charter = read_toml(lead / "charter.toml")
    charter["success_metric"]["guardrails"] = []
    write_toml(lead / "charter.toml", charter)
    amend(lead, signed_by=SIGNERS, signed_on=date(2026, 3, 3))
    assert status_of(run)["amendments"] == [entry("in_force")]


def test_page_figures_and_documents_follow_the_text_in_force_this_week(lead: Path, run: RunCommand) -> None:
    """Week 3, before its check-in: everything but points, forecast and health takes the amendment of week 3."""
    digest = amend(lead, ("plan.milestones.M5.due_week", 3, 4), decision=None, kind="plan")
    for person in ("bram", "odile", "hollis"):
        sign(lead, person, digest)
    row = status_of(run)
    assert (row["amendments"][0]["state"], row["as_of_week"], row["planned"]) == ("in_force", 2, 35)
    lines = {
        document: [line for line in rendered.splitlines() if "reason line on the record" in line]
        for document in ("charter", "status")
        for rendered in [run("render", "lead", document, "--format", "md", "-o", "-", *DAY).out]
    }
    assert lines["status"] and all("week 4" in line for line in lines["status"]), lines["status"]
    view = load_view(open_context(".", date.fromisoformat(TODAY)), "lead")
    page = {state.id: state.milestone.due_week for state in view.progress.milestones}
    assert page["M5"] == view.charter.plan.milestones[4].due_week == 4
    assert view.progress.charter.plan.milestones[4].due_week == 3, "points follow the last check-in"
