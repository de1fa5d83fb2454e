"""Closing from a file: the verdict of every row, what each row asks for, closing again, and what it never changes."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from sprintkit.signoff.canonical import content_digest
from tests.cli.conftest import CommandResult, RunCommand, read_files, read_toml, write_toml
from tests.cli.signing_helpers import SignedSprint
from tests.conftest import example

CLOSED_ON = date(2026, 3, 27)
IN_35_DAYS, IN_10_WORKING_DAYS, TARGET_ON = "2026-05-01", "2026-04-10", "2026-05-29"
CLOSING = {key: value for key, value in example("lead.records")["closing"].items() if key != "confirm_by"}
FILLED: dict[str, Any] = {
    "reason": "the yard runs it by hand again",
    "decommission": ["routing rule", "service account"],
    "decide_by": date(2026, 4, 10),
    "confirm_by": date(2026, 5, 1),
}
Records = list[dict[str, Any]]


class Workplace:
    """One sprint with its check-ins in a workspace, and how to close it."""

    def __init__(self, workspace: Path, run: RunCommand, name: str = "lead") -> None:
        self.run, self.workspace, self.slug = run, workspace, name
        self.folder = workspace / "sprints" / name
        write_toml(self.folder / "charter.toml", example(name))
        self.write_checkins(example(f"{name}.records")["checkins"])

    def write_checkins(self, records: Records) -> None:
        shutil.rmtree(self.folder / "checkins", ignore_errors=True)
        for record in records:
            write_toml(self.folder / f"checkins/week-{record['week']:02d}.toml", {"schema": 1, **record})

    def close(self, record: dict[str, Any], *options: str, today: str = "2026-03-27") -> CommandResult:
        source = write_toml(self.workspace / "in.toml", record)
        return self.run("close", self.slug, "--from", source, "--json", "--today", today, *options)

    def status(self, today: str = "2026-03-27") -> dict[str, Any]:
        row: dict[str, Any] = self.run("status", self.slug, "--json", "--today", today).data["sprints"][0]
        return row


@pytest.fixture
def lead(workspace: Path, run: RunCommand) -> Workplace:
    return Workplace(workspace, run)


def codes_and_fields(result: CommandResult) -> list[tuple[str, str]]:
    return [(error["code"], error["message"].split()[0]) for error in result.json["errors"]]


# What the records say


def as_they_are(records: Records) -> None:
    """Metric 61, between 80 and 50; both guardrails inside."""


def not_accepted(records: Records) -> None:
    records[5].pop("accepted")


def reading(value: float) -> Callable[[Records], None]:
    def change(records: Records) -> None:
        records[5]["metric"]["value"] = value

    return change


def guardrail_outside(records: Records) -> None:
    """desk_hours is at most 6.0; it was outside in week 5."""
    records[4]["guardrails"]["desk_hours"] = 5.0
    records[5]["guardrails"]["desk_hours"] = 7.0


def guardrail_outside_twice(records: Records) -> None:
    records[5]["guardrails"]["desk_hours"] = 7.0


def not_measured(records: Records) -> None:
    records[5].pop("metric")


def guardrail_not_read(records: Records) -> None:
    for record in records[4:]:
        del record["guardrails"]["reassigned"]


def both(*changes: Callable[[Records], None]) -> Callable[[Records], None]:
    def change(records: Records) -> None:
        for part in changes:
            part(records)

    return change


class Row(NamedTuple):
    """A row of the table of verdicts."""

    name: str
    records: Callable[[Records], None]
    closing: dict[str, Any]
    delivered: bool
    metric_state: str
    guardrail: str
    suggested: str | None
    to_fill: list[str]
    latest: str | None = None


OPEN_ITEM = {"handover_open": ["rights"]}
WITH_TARGET = reading(50.0)
ROWS = (
    Row("a milestone not accepted", not_accepted, {}, False, "between", "inside", "stop", ["reason"]),
    Row("a claim not met", as_they_are, {"acceptance_met": [True, False]}, False, "between", "inside", "stop",
        ["reason"]),
    Row("a promise open", as_they_are, {"readiness_open": ["runbook"]}, False, "between", "inside", "stop",
        ["reason"]),
    Row("not delivered, past and outside twice", both(not_accepted, reading(81.0), guardrail_outside_twice), {},
        False, "past", "twice", "stop", ["reason"]),
    Row("past", reading(80.1), {}, True, "past", "inside", "stop", ["reason", "decommission"]),
    Row("past, and never read", both(reading(90.0), guardrail_not_read), OPEN_ITEM, True, "past", "not_read", "stop",
        ["reason", "decommission"]),
    Row("outside twice, reached", both(WITH_TARGET, guardrail_outside_twice), {}, True, "reached", "twice", "stop",
        ["reason", "decommission"]),
    Row("outside twice, not measured", both(not_measured, guardrail_outside_twice), {}, True, "not_measured",
        "twice", "stop", ["reason", "decommission"]),
    Row("not measured", not_measured, {}, True, "not_measured", "inside", None, ["decide_by"], IN_35_DAYS),
    Row("a guardrail never read", guardrail_not_read, OPEN_ITEM, True, "between", "not_read", None, ["decide_by"],
        IN_35_DAYS),
    Row("handover open, between", as_they_are, OPEN_ITEM, True, "between", "inside", None, ["decide_by"],
        IN_10_WORKING_DAYS),
    Row("handover open, reached and outside", both(WITH_TARGET, guardrail_outside), OPEN_ITEM, True, "reached",
        "outside", None, ["decide_by"], IN_10_WORKING_DAYS),
    Row("between", as_they_are, {}, True, "between", "inside", "operate", ["confirm_by"], TARGET_ON),
    Row("on the stop line", reading(80.0), {}, True, "between", "inside", "operate", ["confirm_by"], TARGET_ON),
    Row("between, one outside", guardrail_outside, {}, True, "between", "outside", "operate", ["confirm_by"],
        IN_35_DAYS),
    Row("reached", WITH_TARGET, {}, True, "reached", "inside", "operate", []),
    Row("reached, one outside", both(WITH_TARGET, guardrail_outside), {}, True, "reached", "outside", "operate",
        ["confirm_by"], IN_35_DAYS),
)  # fmt: skip


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_every_row_suggests_its_verdict_and_asks_for_its_fields(lead: Workplace, row: Row) -> None:
    records = example("lead.records")["checkins"]
    row.records(records)
    lead.write_checkins(records)
    closing = {**CLOSING, **row.closing, "verdict": row.suggested or "operate"}
    filled = {name: FILLED[name] for name in row.to_fill}

    for name in row.to_fill:
        refused = lead.close(closing | {key: value for key, value in filled.items() if key != name})
        assert (refused.code, codes_and_fields(refused)) == (1, [("asked", name)])
        assert refused.data["path"] is None and refused.data["closing"]["recorded"] is None
    assert not (lead.folder / "closing.toml").exists()

    result = lead.close(closing | filled)
    assert (result.code, result.json["kind"], result.json["errors"]) == (0, "close", [])
    assert (result.data["slug"], result.data["path"]) == ("lead", "sprints/lead/closing.toml")
    recorded = lead.status()["closing"]
    assert recorded == result.data["closing"]
    assert recorded.pop("recorded") == (row.suggested or "operate")
    value = None if row.metric_state == "not_measured" else records[5]["metric"]["value"]
    assert recorded == {
        "delivered": row.delivered, "metric": value, "metric_state": row.metric_state, "guardrail": row.guardrail,
        "suggested": row.suggested, "to_fill": row.to_fill, "latest": row.latest,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "metric", "state", "verdict", "to_fill"),
    [
        ("lead", 61.0, "between", "operate", ["confirm_by"]),
        ("price", 57.0, "between", "operate", ["confirm_by"]),
        ("referral", 51.0, "past", "stop", ["reason", "decommission"]),
    ],
)
def test_the_examples_get_the_verdict_they_were_closed_with(
    workspace: Path, run: RunCommand, name: str, metric: float, state: str, verdict: str, to_fill: list[str]
) -> None:
    sprint = Workplace(workspace, run, name)
    records = example(f"{name}.records")
    for amendment in records.get("amendments", []):
        write_toml(sprint.folder / "amendments/2026-05-04-plan-a.toml", {"schema": 1, **amendment})
    closing = records["closing"]
    before = sprint.status(closing["on"].isoformat())["closing"]
    assert (before["metric"], before["metric_state"], before["suggested"]) == (metric, state, verdict)
    assert (before["delivered"], before["to_fill"], before["recorded"]) == (True, to_fill, None)
    filled = {name: FILLED[name] for name in to_fill if name != "confirm_by"}
    assert sprint.close({**closing, **filled}, today=closing["on"].isoformat()).code == 0
    after = sprint.status("2026-12-01")
    assert after["state"] == {"operate": "operating", "stop": "stopped"}[verdict]
    assert after["closing"] == {**before, "recorded": verdict}


# What is refused


def test_to_operate_against_a_suggested_stop_wants_a_reason(lead: Workplace) -> None:
    records = example("lead.records")["checkins"]
    reading(81.0)(records)
    lead.write_checkins(records)
    refused = lead.close(CLOSING)
    assert (refused.code, codes_and_fields(refused)) == (1, [("overrules", "reason")])
    assert "past its stop line" in refused.json["errors"][0]["message"]
    result = lead.close({**CLOSING, "reason": "the phones were down for two days"})
    assert (result.code, result.data["overruled"], result.data["closing"]["suggested"]) == (0, True, "stop")


def test_the_sponsor_may_always_stop(lead: Workplace) -> None:
    result = lead.close({**CLOSING, "verdict": "stop"})
    assert (result.code, result.data["verdict"], result.data["overruled"]) == (0, "stop", False)
    assert result.data["closing"]["suggested"] == "operate"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"confirm_by": date(2026, 5, 30)}, "confirm_by"),
        ({"confirm_by": date(2026, 3, 26)}, "confirm_by"),
        ({"decided_by": "odile"}, "decided_by"),
        ({"cost_actual": -1.0}, "cost_actual"),
        ({"lesson": " "}, "lesson"),
        ({"acceptance_met": [True]}, "acceptance_met"),
        ({"handover_open": ["switched_off"]}, "handover_open[0]"),
    ],
)
def test_an_invalid_closing_is_refused(lead: Workplace, changes: dict[str, Any], field: str) -> None:
    before = read_files(lead.folder)
    result = lead.close({**CLOSING, "confirm_by": date(2026, 5, 29), **changes})
    assert result.code == 1 and field in [name for _, name in codes_and_fields(result)]
    assert {error["path"] for error in result.json["errors"]} == {str(lead.workspace / "in.toml")}
    assert read_files(lead.folder) == before


def test_everything_missing_is_reported_at_once(lead: Workplace) -> None:
    result = lead.close({"on": CLOSED_ON, "acceptance_met": [True], "readiness_open": ["speed"]})
    fields = [name for _, name in codes_and_fields(result)]
    expected = {"verdict", "handover_open", "cost_actual", "decided_by", "lesson", "acceptance_met"}
    assert result.code == 1 and expected | {"readiness_open[0]"} == set(fields)


@pytest.mark.parametrize("changes", [{"verdict": "later"}, {"on": "today"}, {"verdit": "stop"}])
def test_a_wrong_type_or_key_is_a_usage_error(lead: Workplace, changes: dict[str, Any]) -> None:
    result = lead.close({**CLOSING, **changes})
    assert (result.code, result.data, bool(result.json["errors"])) == (2, None, True)


def test_a_closing_needs_a_charter_and_without_a_terminal_a_file(workspace: Path, run: RunCommand) -> None:
    write_toml(workspace / "sprints/x/draft.toml", {"charter": {"title": "X"}})
    result = run("close", "x", "--from", write_toml(workspace / "in.toml", CLOSING), "--json")
    assert (result.code, result.json["errors"][0]["code"]) == (1, "no_charter")
    without = run("close", "x")
    assert without.code == 2 and "--from" in without.err


# When it counts


def test_a_sprint_can_be_stopped_on_any_day(lead: Workplace) -> None:
    lead.write_checkins(example("lead.records")["checkins"][:3])
    stop = {**CLOSING, "on": date(2026, 3, 10), "verdict": "stop", "reason": "the CRM is replaced in April"}
    assert lead.close(stop, today="2026-03-10").code == 0
    row = lead.status("2026-03-10")
    assert (row["state"], row["closing"]["recorded"], row["closing"]["delivered"]) == (
        "stopped",
        "stop",
        False,
    )


def test_there_is_no_closing_to_speak_of_before_the_first_check_in(lead: Workplace) -> None:
    assert lead.status("2026-02-19")["closing"] is None
    lead.write_checkins([])
    assert lead.status("2026-03-30")["closing"] is None
    stop = {**CLOSING, "on": date(2026, 3, 30), "verdict": "stop", "reason": "nobody had the time"}
    assert lead.close(stop, today="2026-03-30").code == 0
    assert lead.status("2026-03-30")["closing"]["recorded"] == "stop"


def test_a_sprint_without_a_live_milestone_closes_as_not_measured(workspace: Path, run: RunCommand) -> None:
    sprint = Workplace(workspace, run)
    document = example("lead")
    for milestone in document["plan"]["milestones"]:
        milestone.pop("category")
    write_toml(sprint.folder / "charter.toml", document)
    records = example("lead.records")["checkins"]
    del records[4]["accepted"][1]["live_since"]
    sprint.write_checkins(records)
    closing = sprint.status()["closing"]
    assert (closing["metric"], closing["metric_state"], closing["suggested"]) == (None, "not_measured", None)
    assert (closing["to_fill"], closing["latest"]) == (["decide_by"], IN_35_DAYS)
    assert sprint.close({**CLOSING, "decide_by": date(2026, 5, 1)}).code == 0


def test_a_closing_dated_after_today_counts_from_its_day_on(lead: Workplace) -> None:
    result = lead.close({**CLOSING, "confirm_by": date(2026, 5, 29)}, today="2026-03-26")
    assert result.code == 0 and "after today" in result.err
    assert lead.status("2026-03-26")["state"] == "running"
    assert lead.status("2026-03-27")["state"] == "operating"


def test_a_later_closing_is_a_file_of_its_own_and_counts(lead: Workplace) -> None:
    assert lead.close({**CLOSING, **OPEN_ITEM, "decide_by": date(2026, 4, 10)}).code == 0
    first = (lead.folder / "closing.toml").read_bytes()
    later = {**CLOSING, "on": date(2026, 4, 9), "confirm_by": date(2026, 5, 29)}
    result = lead.close(later, today="2026-04-09")
    assert (result.code, result.data["path"]) == (0, "sprints/lead/closing-2026-04-09.toml")
    assert read_toml(lead.folder / "closing-2026-04-09.toml") == {"schema": 1, **later}
    assert (lead.folder / "closing.toml").read_bytes() == first
    assert lead.status("2026-04-08")["closing"]["to_fill"] == ["decide_by"]
    assert lead.status("2026-04-09")["closing"]["to_fill"] == ["confirm_by"]
    assert [error["code"] for error in lead.close(later, today="2026-04-10").json["errors"]] == [
        "closed",
        "closed",
    ]
    stop = {**CLOSING, "on": date(2026, 6, 30), "verdict": "stop", "reason": "nobody uses it"}
    assert lead.close(stop, today="2026-06-30").data["path"] == "sprints/lead/closing-2026-06-30.toml"
    assert [lead.status(day)["state"] for day in ("2026-06-29", "2026-06-30")] == ["operating", "stopped"]
    assert lead.run("check", "lead", "--json").data["files"][0]["path"] == "sprints/lead/charter.toml"


def test_closing_again_counts_what_reviews_have_read(lead: Workplace) -> None:
    records = example("lead.records")
    not_measured(records["checkins"])
    lead.write_checkins(records["checkins"])
    assert lead.close({**CLOSING, "decide_by": date(2026, 5, 1)}).code == 0
    write_toml(lead.folder / "reviews/2026-04.toml", {"schema": 1, **records["reviews"][0]})
    result = lead.close(
        {**CLOSING, "on": date(2026, 5, 1), "confirm_by": date(2026, 5, 29)}, today="2026-05-01"
    )
    assert result.code == 0
    assert (result.data["closing"]["metric"], result.data["closing"]["metric_state"]) == (54.0, "between")
    assert lead.status("2026-04-30")["closing"]["metric"] is None


@pytest.mark.parametrize("name", ["closing-2.toml", "closing-2026-4-9.toml", "closing-again.toml"])
def test_a_later_closing_with_a_wrong_name_is_reported(lead: Workplace, name: str) -> None:
    write_toml(lead.folder / name, CLOSING)
    result = lead.run("status", "lead", "--json")
    assert result.code == 2
    assert [error["path"] for error in result.json["errors"]] == [f"sprints/lead/{name}"]


def test_a_later_closing_without_a_charter_is_a_broken_sprint(workspace: Path, run: RunCommand) -> None:
    write_toml(workspace / "sprints/lost/closing-2026-04-09.toml", {"schema": 1, **CLOSING})
    result = run("status", "--json")
    assert [(row["slug"], row["state"]) for row in result.data["sprints"]] == [("lost", "broken")]
    assert "closing-2026-04-09.toml" in result.json["errors"][0]["message"]


# What it leaves open


def test_after_closing_check_ins_and_scoping_are_refused(lead: Workplace) -> None:
    assert lead.close({**CLOSING, **OPEN_ITEM, "decide_by": date(2026, 4, 10)}).code == 0
    late = {"week": 7, "on": date(2026, 4, 3), "by": "hollis", "votes": [4]}
    source = write_toml(lead.workspace / "late.toml", late)
    result = lead.run("checkin", "lead", "--from", source, "--json")
    assert (result.code, codes_and_fields(result)[0]) == (1, ("closed", "on"))
    scoped = lead.run("scope", "lead", "--set", "charter.title=X", "--json")
    assert (scoped.code, scoped.json["errors"][0]["code"]) == (1, "closed")


def change_document(document: dict[str, Any], change: dict[str, Any]) -> dict[str, Any]:
    """The document with one change at a path of two names, or of a milestone."""
    section, name, *rest = change["path"].split(".")
    table = document[section]
    if rest:
        (table,) = [entry for entry in table[name] if entry["id"] == rest[0]]
        name = rest[1]
    table[name] = change["new"]
    return document


@pytest.mark.parametrize(
    ("verdict", "change", "expected"),
    [
        ("operate", {"path": "budget.operations_per_month", "old": 900.0, "new": 950.0}, []),
        ("operate", {"path": "owner.deputy", "old": "suvi", "new": "hollis"}, []),
        ("operate", {"path": "plan.milestones.M8.due_week", "old": 6, "new": 5}, ["closed"]),
        ("stop", {"path": "budget.operations_per_month", "old": 900.0, "new": 950.0}, ["closed"]),
    ],
)
def test_people_data_and_budget_of_what_is_operated_are_still_amended(
    workspace: Path, run: RunCommand, verdict: str, change: dict[str, Any], expected: list[str]
) -> None:
    sprint = SignedSprint(workspace, run)
    sprint.write_approvals()
    write_toml(sprint.folder / "closing.toml", {"schema": 1, **CLOSING, "verdict": verdict})
    digest = content_digest(change_document(example("lead"), change))
    amendment = {
        "schema": 1, "id": "A1", "requested_by": "odile", "requested_on": date(2026, 4, 7), "kind": "budget",
        "reason": "prices", "changes": [change], "gives_up": ["travel"], "gains": [], "deadline_change_days": 0,
        "cost_change": 0.0, "from_week": 8, "digest_before": sprint.digest, "digest_after": digest,
    }  # fmt: skip
    write_toml(sprint.folder / "amendments/2026-04-07-budget-odile.toml", amendment)
    result = sprint.sign("bram", "--amendment", "A1", "--json", digest=digest, today="2026-04-08")
    assert result.code == (1 if expected else 0), result.output
    assert [error["code"] for error in result.json["errors"]] == expected


# What status says


def test_status_offers_to_close_past_the_stop_line_and_names_who_agreed_on_it(
    workspace: Path, run: RunCommand
) -> None:
    sprint = SignedSprint(workspace, run)
    records = example("lead.records")["checkins"][:5]
    records[4]["metric"] = {"value": 81.0, "from": date(2026, 3, 18), "to": date(2026, 3, 20)}
    for record in records:
        write_toml(sprint.folder / f"checkins/week-{record['week']:02d}.toml", {"schema": 1, **record})
    shown = " ".join(run("status", "lead", "--today", "2026-03-21").out.split())
    assert "80 is the value at which it was agreed to switch it off. Close it?" in shown
    sprint.write_approvals(["bram", "odile", "suvi"])
    shown = " ".join(run("status", "lead", "--today", "2026-03-21").out.split())
    assert (
        "80 was the value at which Bram Yellowby and Odile Tamsworth agreed on 12 February to switch it off. "
        "Close it? Use: sprintkit close lead" in shown
    )


def test_status_shows_how_it_ended(workspace: Path, run: RunCommand) -> None:
    sprint = Workplace(workspace, run, "referral")
    due = " ".join(run("status", "referral", "--today", "2026-10-12").out.split())
    assert "operate, or stop." in due and "Stop. The metric is past its stop line." in due
    closing = {**example("referral.records")["closing"], **FILLED, "next": "a charter for live faxes"}
    for name in ("confirm_by", "decide_by"):
        del closing[name]
    assert sprint.close(closing, today="2026-10-09").code == 0
    shown = " ".join(run("status", "referral", "--today", "2026-10-12").out.split())
    for part in (
        "Stopped in week 4, as agreed: 51 is below the stop line of 55. decided by Petra Wyldemoor",
        "reason the yard runs it by hand again",
        "next a charter for live faxes",
        "to do routing rule; service account",
        "x off track: as its last check-in left it",
    ):
        assert part in shown, shown
    assert "waited for" in due and "waited for" not in shown
