"""`amend` without a terminal: one record, its class and signers, every refusal at once, and the cut of a health reason."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sprintkit.charter import paths
from sprintkit.signoff.canonical import content_digest
from tests.cli.conftest import SAMPLES, CommandResult, RunCommand, read_files, read_toml, write_toml
from tests.conftest import example

TODAY = "2026-03-13"
"""Friday of week 4 of 6, the day of its check-in."""
DAY = ("--today", TODAY)
PATH = "sprints/lead/amendments/2026-03-13-plan-hollis.toml"


@pytest.fixture
def lead(workspace: Path) -> Path:
    """The example after its check-in of week 4, unsigned."""
    folder = workspace / "sprints/lead"
    shutil.copytree(SAMPLES / "lead-routing", folder)
    shutil.rmtree(folder / "reviews")
    for name in ("closing.toml", "checkins/week-05.toml", "checkins/week-06.toml"):
        (folder / name).unlink()
    return folder


def record(*changes: tuple[str, Any], **fields: Any) -> dict[str, Any]:
    """An amendment that takes a person's word for the rest; a field that is None is left out."""
    document = example("lead")
    listed = []
    for path, new in changes:
        old = paths.get_value(document, path)
        listed.append(
            {key: value for key, value in (("path", path), ("old", old), ("new", new)) if value is not None}
        )
    full = {
        "id": "A1", "requested_by": "hollis", "requested_on": date(2026, 3, 13), "kind": "scope",
        "reason": "there are more of them", "changes": listed, "gives_up": [], "gains": [],
        "deadline_change_days": 0, "cost_change": 0.0, "from_week": 5, **fields,
    }  # fmt: skip
    return {key: value for key, value in full.items() if value is not None}


VOLUME = ("use_case.volume_per_month", 2700)


@pytest.fixture
def amend(run: RunCommand, tmp_path: Path) -> Any:
    def amend_lead(document: dict[str, Any], *options: str, today: str = TODAY) -> CommandResult:
        file = write_toml(tmp_path / "record.toml", document)
        return run("amend", "lead", "--from", file, "--json", "--today", today, *options)

    return amend_lead


def codes(result: CommandResult) -> set[str]:
    return {error["code"] for error in result.json["errors"]}


def sign_all(run: RunCommand, digest: str, today: str = TODAY, amendment: str = "A1", by: str = "") -> None:
    people = example("lead")["people"]
    for person in by.split() or ("bram", "odile", "hollis"):
        own = ("--digest", digest[:12], "--name", people[person]["name"], "--amendment", amendment)
        signed = run("sign", "lead", "--as", person, *own, "--today", today)
        assert signed.code == 0, signed.output


def test_an_amendment_is_saved_as_proposed_with_both_digests(lead: Path, amend: Any) -> None:
    before = example("lead")
    after = paths.set_value(before, VOLUME[0], 2700)
    result = amend(record(VOLUME))
    path = "sprints/lead/amendments/2026-03-13-scope-hollis.toml"
    assert result.code == 0
    assert result.data == {
        "slug": "lead", "path": path, "id": "A1", "class": "amendment",
        "signers": [{"party": "sponsor", "person": "bram"}, {"party": "owner", "person": "odile"}],
        "digest_before": content_digest(before), "digest_after": content_digest(after), "from_week": 5,
        "changes": [{"path": VOLUME[0], "label": "Cases per month", "old": 2600, "new": 2700}],
        "lines": ["Cases per month: 2,600 → 2,700"],
        "health": "at_risk", "health_before": "at_risk", "reasons": result.data["reasons"],
        "as_of_week": 4, "weeks": 6, "planned": 70, "earned": 50, "earned_schedule": 3.0, "forecast_kind": 7.0,
        "forecast_pace": 8.0, "missing_at_deadline": ["M7", "M8"], "points_at_deadline": 80.0,
        "findings": {"errors": 0, "warnings": 0, "findings": []},
    }  # fmt: skip
    saved = read_toml(lead / "amendments/2026-03-13-scope-hollis.toml")
    assert saved == {
        "schema": 1, **record(VOLUME), "digest_before": content_digest(before), "digest_after": content_digest(after)
    }  # fmt: skip
    assert "once everybody it names has signed" in result.err


def test_what_a_decision_does_needs_no_amendment(lead: Path, amend: Any) -> None:
    files = read_files(lead)
    result = amend(record(("plan.milestones.M7.due_week", 4), kind="plan"))
    assert (result.code, result.data["class"], result.data["signers"]) == (1, "decision", [])
    assert result.data["path"] is None
    assert "record it as a decision, no amendment needed" in result.json["errors"][0]["message"]
    assert read_files(lead) == files


def test_a_new_charter_is_not_an_amendment(lead: Path, amend: Any) -> None:
    result = amend(record(("timeline.deadline", date(2026, 4, 10)), kind="plan"))
    assert (result.code, result.data["class"], codes(result)) == (
        1,
        "new_charter",
        {"new_charter", "TIM-001"},
    )
    assert "supersedes" in result.json["errors"][0]["message"]


def test_wording_alone_is_editorial_and_asks_sponsor_and_owner(lead: Path, amend: Any) -> None:
    wording = (
        "deliverable.acceptance[0].claim",
        f"{example('lead')['deliverable']['acceptance'][0]['claim']}, all",
    )
    result = amend(record(wording, kind="scope"))
    assert result.data["class"] == "amendment" and 'kind = "editorial"' in result.err
    result = amend(record(wording, kind="editorial", id="A2"))
    assert (result.code, result.data["class"]) == (0, "editorial")
    assert [signer["person"] for signer in result.data["signers"]] == ["bram", "odile"]


def test_every_reason_to_refuse_an_amendment_is_given_at_once(lead: Path, amend: Any) -> None:
    result = amend(
        record(
            ("plan.milestones.M6.weight", 5), ("plan.milestones.M1.weight", 20), ("plan.milestones.M2", None),
            requested_by="stranger", kind="plan", gains=["a second market"], because_of="B9",
            deadline_change_days=14, from_week=0, digest_before="0" * 64,
        )
    )  # fmt: skip
    assert result.code == 1
    assert codes(result) == {
        "unknown_person", "unknown_blocker", "gains_without_gives_up", "deadline", "weights",
        "accepted_reweighted", "accepted_dropped", "from_week", "digest_before", "TIM-003",
    }  # fmt: skip
    assert not (lead / "amendments").exists()


def test_a_week_after_the_last_is_refused_and_an_earlier_one_is_noted(lead: Path, amend: Any) -> None:
    result = amend(record(VOLUME, from_week=7))
    assert (result.code, codes(result)) == (1, {"from_week"})
    assert "the sprint has 6 weeks" in result.json["errors"][0]["message"]
    earlier = amend(record(VOLUME, from_week=3))
    assert earlier.code == 0 and "before week 4, as of which the sprint stands" in " ".join(
        earlier.err.split()
    )
    at_once = amend(record(VOLUME, id="A2", from_week=4, kind="plan"))
    assert at_once.code == 0 and "as of which" not in at_once.err


def test_what_the_sprint_costs_changes_by_what_the_amendment_says(lead: Path, amend: Any) -> None:
    dearer = ("budget.sprint_cost", 99_000.0)
    result = amend(record(dearer, kind="budget"))
    assert (result.code, codes(result)) == (1, {"cost_change"})
    assert result.json["errors"][0]["hint"] == "Write 57000."
    assert amend(record(dearer, kind="budget", cost_change=57_000.0)).code == 0


def test_one_of_a_later_day_is_listed_and_signed_from_that_day_on(
    lead: Path, run: RunCommand, amend: Any
) -> None:
    later = amend(record(VOLUME, requested_on=date(2026, 3, 20), from_week=4))
    assert later.code == 0
    assert "it is named, and can be signed, from that day on" in " ".join(later.err.split())

    def states(today: str) -> list[str]:
        row = run("status", "lead", "--json", "--today", today).data["sprints"][0]
        return [entry["state"] for entry in row["amendments"]]

    assert (states(TODAY), states("2026-03-20")) == ([], ["proposed"])
    sign_all(run, later.data["digest_after"], today="2026-03-20", by="bram odile")
    assert (states("2026-03-19"), states("2026-03-20")) == ([], ["in_force"])


def test_the_text_names_people_by_their_names(lead: Path, run: RunCommand, tmp_path: Path) -> None:
    file = write_toml(tmp_path / "record.toml", record(VOLUME))
    printed = run("amend", "lead", "--from", file, *DAY).out
    assert "To be signed by Bram Yellowby (sponsor), Odile Tamsworth (owner)" in printed


def test_a_repeated_id_is_refused_with_the_next_one_and_one_warning_in_a_file(
    lead: Path, run: RunCommand, amend: Any
) -> None:
    first = amend(record(VOLUME))
    again = amend(record(("owner.deputy", "hollis"), kind="person"))
    assert (again.code, codes(again)) == (1, {"id_used"})
    assert again.json["errors"][0]["hint"] == "Write another one: A2."
    second = read_toml(lead / "amendments/2026-03-13-scope-hollis.toml")
    write_toml(lead / "amendments/2026-03-13-person-hollis.toml", second)
    files = run("check", "lead", "--json", *DAY).data["files"]
    findings = [finding for file in files if "amendments" in file["path"] for finding in file["findings"]]
    assert [(finding["severity"], finding["path"]) for finding in findings] == [("warning", "id")]
    assert first.data["path"] in findings[0]["message"]
    assert "2026-03-13-person-hollis.toml" in findings[0]["message"]


def test_a_repeated_id_hides_no_reason_why_an_amendment_does_not_count(
    lead: Path, run: RunCommand, amend: Any
) -> None:
    assert amend(record(VOLUME)).code == 0
    second = read_toml(lead / "amendments/2026-03-13-scope-hollis.toml")
    stale = {
        **second,
        "signed_by": ["bram", "odile"],
        "signed_on": date(2026, 3, 13),
        "digest_before": "0" * 64,
    }
    write_toml(lead / "amendments/2026-03-13-scope-odile.toml", stale)
    write_toml(lead / "amendments/2026-03-13-person-odile.toml", {**second, "from_week": 4})
    files = run("check", "lead", "--json", *DAY).data["files"]
    findings = [finding for file in files if "scope-odile" in file["path"] for finding in file["findings"]]
    assert [finding["severity"] for finding in findings] == ["warning", "error"]
    assert "digest_before is 000000000000" in findings[1]["message"]


def test_a_cut_leaves_what_the_rules_need(workspace: Path, run: RunCommand) -> None:
    folder = workspace / "sprints/price"
    write_toml(folder / "charter.toml", example("price"))
    for entry in example("price.records")["checkins"]:
        write_toml(folder / f"checkins/week-{entry['week']:02}.toml", entry)
    day = ("--today", "2026-04-29")
    proposal = run("amend", "price", "--propose-cut", "--json", *day)
    assert proposal.data["summary"] == "P1 and P5 go; P3 gets 23 points, P6 37, P7 30"
    file = workspace / "cut.toml"
    file.write_text(run("amend", "price", "--propose-cut", *day).out, "utf-8")
    assert run("amend", "price", "--from", file, *day).code == 0


def test_an_old_value_that_is_not_the_charters_and_an_error_in_the_result_are_refused(
    lead: Path, amend: Any
) -> None:
    wrong = record(VOLUME)
    wrong["changes"][0]["old"] = 2500
    assert codes(amend(wrong)) == {"old"}
    result = amend(record(("owner.person", "nobody"), kind="person"))
    assert result.code == 1 and "GEN-004" in codes(result)


@pytest.mark.parametrize(
    ("fields", "code"),
    [({"kind": "other"}, 2), ({"from_week": "five"}, 2), ({"colour": "red"}, 2), ({"reason": None}, 1)],
)
def test_a_wrong_type_is_exit_2_and_a_missing_value_exit_1(
    lead: Path, amend: Any, fields: dict[str, Any], code: int
) -> None:
    result = amend(record(VOLUME, **fields))
    assert result.code == code
    assert (result.data is None) is (code == 2)


def test_without_a_terminal_and_a_file_it_names_the_option(lead: Path, run: RunCommand) -> None:
    result = run("amend", "lead", *DAY)
    assert result.code == 2 and "--from" in result.err
    assert run("amend", "nothing", *DAY).code == 2
    assert run("amend", "lead", "--propose-cut", "--from", "-", *DAY).code == 2


def test_it_works_until_the_deadline_and_on_no_draft(
    lead: Path, amend: Any, run: RunCommand, tmp_path: Path
) -> None:
    late = amend(record(VOLUME, from_week=6), today="2026-03-28")
    assert late.code == 1 and codes(late) == {"deadline"}
    assert amend(record(VOLUME, from_week=6), today="2026-03-27").code == 0
    assert run("scope", "another", "--set", "charter.title=x", *DAY).code == 1
    file = write_toml(tmp_path / "record.toml", record(VOLUME))
    refused = run("amend", "another", "--from", file, "--json", *DAY)
    assert refused.code == 1 and codes(refused) == {"no_charter"}


def test_what_operates_takes_people_data_and_budget_and_what_stopped_nothing(
    lead: Path, amend: Any, run: RunCommand
) -> None:
    closing = example("lead.records")["closing"]
    write_toml(lead / "closing.toml", {**closing, "on": date(2026, 3, 13)})
    refused = amend(record(VOLUME))
    assert refused.code == 1 and codes(refused) == {"closed"}
    result = amend(record(("budget.operations_per_month", 950.0), kind="budget"))
    assert result.code == 0
    sign_all(run, result.data["digest_after"], by="bram odile")
    write_toml(
        lead / "closing.toml", {**closing, "on": date(2026, 3, 13), "verdict": "stop", "reason": "past it"}
    )
    assert codes(amend(record(VOLUME, id="A2"))) == {"closed"}


def test_two_of_one_day_and_person_get_files_of_their_own(lead: Path, amend: Any) -> None:
    first, second = amend(record(VOLUME)), amend(record(("use_case.minutes_per_case", 7.0), id="A2"))
    assert first.code == second.code == 0
    assert second.data["path"].startswith("sprints/lead/amendments/2026-03-13-scope-hollis-")
    assert "A1 would change the same text" in second.err


def test_the_cut_of_a_bad_week_is_proposed_signed_and_in_force(
    lead: Path, run: RunCommand, tmp_path: Path
) -> None:
    def row() -> dict[str, Any]:
        return dict(run("status", "lead", "--json", *DAY).data["sprints"][0])

    assert (row()["health"], [reason["code"] for reason in row()["reasons"]]) == ("at_risk", ["S1"])
    proposal = run("amend", "lead", "--propose-cut", "--json", *DAY)
    assert proposal.code == 0
    assert {key: proposal.data[key] for key in ("path", "code", "clears", "health", "summary")} == {
        "path": None, "code": "S1", "clears": True, "health": "on_track",
        "summary": "M6 goes; M7 gets 33 points, M8 17",
    }  # fmt: skip
    changes = proposal.data["record"]["changes"]
    assert [(change["path"], change.get("new")) for change in changes] == [
        ("plan.milestones.M6", None), ("plan.milestones.M7.weight", 33), ("plan.milestones.M8.weight", 17),
    ]  # fmt: skip
    printed = run("amend", "lead", "--propose-cut", *DAY)
    file = tmp_path / "cut.toml"
    file.write_text(printed.out, "utf-8")
    assert not (lead / "amendments").exists()
    result = run("amend", "lead", "--from", file, "--json", *DAY)
    assert (result.code, result.data["path"], result.data["health"]) == (0, PATH, "on_track")
    assert [signer["person"] for signer in result.data["signers"]] == ["bram", "odile", "hollis"]
    entry = {
        "id": "A1",
        "path": PATH,
        "state": "proposed",
        "from_week": 4,
        "waiting": ["bram", "odile", "hollis"],
    }
    assert (row()["amendments"], row()["health"]) == ([entry], "at_risk")
    text = " ".join(run("status", "lead", *DAY).out.split())
    assert (
        "amendment A1 from week 4, proposed, waiting for Bram Yellowby, Odile Tamsworth, Hollis Entwhite:"
        in text
    )
    sign_all(run, result.data["digest_after"])
    signed = row()
    assert signed["amendments"] == [{**entry, "state": "in_force", "waiting": []}]
    assert (signed["health"], signed["reasons"]) == ("on_track", [])
    assert (signed["earned"], signed["planned"], signed["forecast_kind"], signed["forecast_pace"]) == (
        50,
        50,
        6.0,
        6.0,
    )
    charter = run("render", "lead", "--format", "md", "-o", "-", *DAY).out
    assert "Milestone ‘shadow run’ is dropped" in charter
    assert "Milestone ‘live for all 20 users’: 20 → 33 points" in charter
    assert "| M6 |" not in charter and "in force from week 4" in charter
    again = run("amend", "lead", "--propose-cut", "--json", *DAY)
    assert again.code == 1 and codes(again) == {"no_cut"}
    yesterday = run("status", "lead", "--json", "--today", "2026-03-12").data["sprints"][0]
    assert yesterday["amendments"] == []


def test_prices_amendment_is_in_force_from_week_3_exactly(
    workspace: Path, run: RunCommand, tmp_path: Path
) -> None:
    folder, records = workspace / "sprints/price", example("price.records")
    write_toml(folder / "charter.toml", example("price"))
    for checkin in records["checkins"]:
        write_toml(folder / f"checkins/week-{checkin['week']:02}.toml", {"schema": 1, **checkin})

    def weeks() -> list[tuple[Any, ...]]:
        keys = (
            "planned",
            "earned",
            "earned_schedule",
            "forecast_kind",
            "forecast_pace",
            "points_at_deadline",
            "health",
        )
        rows = [
            run("status", "price", "--json", "--today", str(checkin["on"])).data["sprints"][0]
            for checkin in records["checkins"]
        ]
        return [tuple(row[key] for key in keys) for row in rows]

    before = weeks()
    file = write_toml(tmp_path / "a1.toml", records["amendments"][0])
    result = run("amend", "price", "--from", file, "--json", "--today", "2026-05-05")
    assert (result.code, result.data["from_week"]) == (0, 3)
    assert result.data["path"] == "sprints/price/amendments/2026-04-30-plan-zelie.toml"
    assert "counts as recorded" in result.err
    assert weeks()[:2] == before[:2]
    assert weeks()[2:] == [
        (55, 40, 2.0, 6.0, 7.5, 63.3, "at_risk"),
        (80, 80, 4.0, 5.0, 5.0, 100, "at_risk"),
        (100, 100, 5.0, 5.0, 5.0, 100, "on_track"),
    ]
    for day, state in (("2026-05-05", "in_force"), ("2026-05-04", None)):
        amendments = run("status", "price", "--json", "--today", day).data["sprints"][0]["amendments"]
        assert [entry["state"] for entry in amendments] == ([state] if state else [])
    charter = run("render", "price", "--format", "md", "-o", "-", "--today", "2026-05-06").out
    early = run("render", "price", "--format", "md", "-o", "-", "--today", "2026-04-29").out
    assert result.data["digest_after"][:12] in charter and result.data["digest_before"][:12] in early
    assert result.data["digest_after"][:12] not in early


def test_a_proposed_amendment_is_withdrawn_and_over_everywhere(
    lead: Path, run: RunCommand, amend: Any
) -> None:
    assert amend(record(VOLUME)).code == 0
    path = "sprints/lead/amendments/2026-03-13-scope-hollis.toml"
    refused = run("amend", "lead", "--withdraw", "A1", "--as", "bram", "--json", *DAY)
    assert (refused.code, refused.json["errors"][0]["code"]) == (1, "not_the_proposer")
    withdrawn = run("amend", "lead", "--withdraw", "A1", "--as", "Hollis Entwhite", "--json", *DAY)
    assert withdrawn.data == {"slug": "lead", "path": path, "id": "A1", "withdrawn_by": "hollis"}
    assert run("amend", "lead", "--withdraw", "A1", *DAY).code == 1, "it is withdrawn already"
    assert run("amend", "lead", "--withdraw", "A7", *DAY).code == 2
    row = run("status", "lead", "--json", *DAY).data["sprints"][0]
    assert [(entry["state"], entry["waiting"]) for entry in row["amendments"]] == [("rejected", [])]
    assert "amendment A1 is withdrawn" in run("log", "lead", *DAY).out
    again = amend(record(("use_case.volume_per_month", 2800), id="A2"))
    assert again.code == 0 and "same text" not in again.err
    signed = run(
        "sign", "lead", "--amendment", "A1", "--as", "bram", "--digest", "0" * 12, "--name", "x", *DAY
    )
    assert "A1 is withdrawn, so nobody signs it" in signed.err


def test_a_rejected_amendment_does_not_rival_the_next_one(lead: Path, run: RunCommand, amend: Any) -> None:
    digest = amend(record(VOLUME)).data["digest_after"]
    rejected = run(
        "sign", "lead", "--amendment", "A1", "--as", "bram", "--reject", "--comment", "too many",
        "--digest", digest[:12], "--name", "Bram Yellowby", "--json", *DAY,
    )  # fmt: skip
    assert (rejected.code, rejected.data["waiting"]) == (0, [])
    again = amend(record(("use_case.volume_per_month", 2800), id="A2"))
    assert again.code == 0 and "same text" not in again.err


LATE_LIVE = ("plan.milestones.M7.due_week", 6)
"""Leaves no week between going live and the deadline: a warning in a lean charter."""


def test_a_warning_that_keeps_an_amendment_from_being_signed_is_reported_and_can_be_waived_in_it(
    lead: Path, run: RunCommand, amend: Any
) -> None:
    charter = read_toml(lead / "charter.toml")
    charter["charter"]["depth"] = "lean"
    write_toml(lead / "charter.toml", charter)
    proposed = amend(record(LATE_LIVE, kind="plan"))
    assert proposed.code == 0
    assert "Nobody can sign it while TIM-004 stands" in proposed.err
    assert run("amend", "lead", "--withdraw", "A1", *DAY).code == 0
    waiver = {
        "rule": "TIM-004",
        "path": "plan.milestones",
        "reason": "the owner is there all week",
        "by": "bram",
    }
    finding = proposed.data["findings"]["findings"][0]
    changes = [
        *record(LATE_LIVE)["changes"],
        {"path": "waivers[0]", "new": {**waiver, "path": finding["path"]}},
    ]
    waived = amend(record(LATE_LIVE, kind="plan", id="A2", changes=changes))
    assert waived.code == 0 and "Nobody can sign" not in waived.err
    digest = waived.data["digest_after"]
    signing = ("--amendment", "A2", "--as", "bram", "--digest", digest[:12], "--name", "Bram Yellowby")
    signed = run("sign", "lead", *signing, *DAY)
    assert signed.code == 0, signed.output
