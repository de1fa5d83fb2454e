"""Where sprints stand: the exact row, the listing, and what counts on which date."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from sprintkit.signoff.canonical import content_digest
from tests.cli.conftest import EXAMPLES, SAMPLES, RunCommand, read_files, read_toml, write_toml
from tests.cli.signing_helpers import SignedSprint
from tests.conftest import example, make_files_old

ROW_KEYS = [
    "slug", "id", "title", "state", "draft_pending", "start", "deadline", "week", "as_of_week", "weeks", "planned",
    "earned", "earned_schedule", "forecast_kind", "forecast_pace", "health", "reasons", "missing_at_deadline",
    "points_at_deadline", "earned_schedule_at_deadline", "blockers", "early_share", "answered", "questions", "parked",
    "signatures", "owner", "next", "last_checkin",
]  # fmt: skip


@pytest.fixture
def lead(scoped_lead: Path) -> Path:
    """The lead example with its first two check-ins."""
    for record in example("lead.records")["checkins"][:2]:
        write_toml(scoped_lead / f"sprints/lead/checkins/week-{record['week']:02d}.toml", record)
    return scoped_lead / "sprints/lead"


def status_row(run: RunCommand, slug: str = "lead", day: str = "2026-02-27") -> dict[str, Any]:
    row: dict[str, Any] = run("status", slug, "--json", "--today", day).data["sprints"][0]
    return row


def test_the_row_has_exactly_its_keys(lead: Path, run: RunCommand) -> None:
    result = run("status", "lead", "--json", "--today", "2026-02-27")
    assert (result.code, result.json["kind"], list(result.data)) == (0, "status", ["sprints"])
    row = result.data["sprints"][0]
    assert list(row) == [*ROW_KEYS, "closing", "amendments", "refused_amendments", "reviews", "rests_on"]
    assert list(run("status", "--json", "--today", "2026-02-27").data["sprints"][0]) == ROW_KEYS
    assert row == {
        "slug": "lead", "id": "lead-routing", "title": "Every hire enquiry to one rep in minutes",
        "state": "running", "draft_pending": False, "start": "2026-02-16", "deadline": "2026-03-27",
        "week": 2, "as_of_week": 2, "weeks": 6, "planned": 35, "earned": 20, "earned_schedule": 1.25,
        "forecast_kind": 6.75, "forecast_pace": 9.6, "health": "at_risk", "reasons": row["reasons"],
        "missing_at_deadline": ["M6", "M7", "M8"], "points_at_deadline": 65.0, "earned_schedule_at_deadline": 3.75,
        "blockers": {"data": {"opened": 1, "closed": 0, "open": 1}}, "early_share": 1.0,
        "answered": 221, "questions": 221, "parked": 0, "signatures": {"required": 7, "given": 0, "stale": 0},
        "owner": "Odile Tamsworth", "next": {"id": "M3", "title": "live feeds pass their checks", "due_week": 2},
        "last_checkin": "2026-02-27",
        "closing": {
            "delivered": False, "metric": None, "metric_state": "not_measured", "guardrail": "not_read",
            "suggested": "stop", "to_fill": ["reason"], "latest": None, "recorded": None,
        },
        "amendments": [], "refused_amendments": [], "reviews": [], "rests_on": row["rests_on"],
    }  # fmt: skip
    assert [(reason["code"], reason["about"], bool(reason["message"])) for reason in row["reasons"]] == [
        ("S1", None, True)
    ]


@pytest.mark.parametrize(
    ("day", "state", "health"),
    [
        ("2026-02-10", "running", None),  # a check-in exists already
        ("2026-02-20", "running", "on_track"),
        ("2026-03-27", "running", "off_track"),
        ("2026-03-28", "due", "off_track"),
    ],
)
def test_the_state_depends_on_files_and_date(
    lead: Path, run: RunCommand, day: str, state: str, health: str | None
) -> None:
    row = status_row(run, day=day)
    assert (row["state"], row["health"]) == (state, health)


def test_before_the_start_there_is_no_progress(workspace: Path, run: RunCommand) -> None:
    run("scope", "lead", "--from", EXAMPLES / "lead.toml")
    row = status_row(run, day="2026-02-10")
    assert (row["state"], row["week"], row["as_of_week"], row["health"]) == ("chartered", 0, 0, None)
    assert (row["planned"], row["earned"], row["earned_schedule"], row["forecast_kind"]) == (0, 0, None, None)
    assert (row["missing_at_deadline"], row["blockers"], row["early_share"], row["last_checkin"]) == (
        [],
        {},
        None,
        None,
    )
    assert (status_row(run, day="2026-02-20")["state"], status_row(run, day="2026-02-20")["health"]) == (
        "running",
        None,
    )
    assert [reason["code"] for reason in status_row(run, day="2026-02-21")["reasons"]] == ["S2"]


@pytest.mark.parametrize(("verdict", "state"), [("operate", "operating"), ("stop", "stopped")])
def test_a_closing_counts_from_its_date_on(lead: Path, run: RunCommand, verdict: str, state: str) -> None:
    write_toml(lead / "closing.toml", {**example("lead.records")["closing"], "verdict": verdict})
    assert status_row(run, day="2026-03-27")["state"] == state
    assert status_row(run, day="2026-03-26")["state"] == "running"


def test_a_draft_is_in_scoping_whatever_its_dates(workspace: Path, run: RunCommand) -> None:
    document = example("lead")
    del document["owner"]["person"]
    run("scope", "x", "--from", write_toml(workspace / "in.toml", document))
    row = status_row(run, "x", "2026-04-01")
    assert (row["state"], row["health"], row["reasons"], row["week"]) == ("scoping", None, [], 7)
    assert (row["answered"], row["questions"]) == (220, 221)
    run("scope", "y", "--set", "charter.title=Y")
    row = status_row(run, "y", "2026-04-01")
    weekly = (
        "week",
        "as_of_week",
        "weeks",
        "planned",
        "earned",
        "earned_schedule",
        "forecast_kind",
        "start",
        "deadline",
    )
    assert all(row[key] is None for key in weekly)
    assert (row["answered"], row["questions"], row["id"], row["next"]) == (1, 39, None, None)


def test_a_broken_file_makes_its_sprint_broken_and_does_not_hide_others(lead: Path, run: RunCommand) -> None:
    (lead / "checkins/week-02.toml").write_text("week = \n", "utf-8")
    run("scope", "x", "--set", "charter.title=X")
    result = run("status", "--json", "--today", "2026-02-27")
    assert result.code == 2
    rows = {row["slug"]: row for row in result.data["sprints"]}
    assert list(rows["lead"]) == ROW_KEYS
    assert {key: value for key, value in rows["lead"].items() if value is not None} == {
        "slug": "lead",
        "state": "broken",
    }
    assert rows["x"]["state"] == "scoping"
    (error,) = result.json["errors"]
    assert error["path"] == "sprints/lead/checkins/week-02.toml" and "line 1" in error["message"]
    text = run("status", "--today", "2026-02-27")
    assert text.code == 2 and "broken" in text.out and "week-02.toml" in text.err


def test_a_sprint_with_nothing_but_a_broken_charter_has_no_data(workspace: Path, run: RunCommand) -> None:
    write_toml(workspace / "sprints/x/charter.toml", {"charter": {"title": 5}, "odd": 1})
    result = run("status", "x", "--json")
    assert (result.code, result.data) == (2, None)
    assert len(result.json["errors"]) == 1


@pytest.mark.parametrize(
    ("day", "limit", "code"),
    [
        ("2026-02-20", "at-risk", 0),
        ("2026-02-27", "at-risk", 1),
        ("2026-02-27", "off-track", 0),
        ("2026-03-28", "off-track", 1),
        ("2026-03-28", "at-risk", 1),
    ],
)
def test_fail_on_exits_1_at_that_health_or_worse(
    lead: Path, run: RunCommand, day: str, limit: str, code: int
) -> None:
    for args in (("status",), ("status", "lead")):
        result = run(*args, "--fail-on", limit, "--today", day, "--json")
        assert (result.code, len(result.data["sprints"])) == (code, 1)


def test_fail_on_ignores_closed_sprints(lead: Path, run: RunCommand) -> None:
    write_toml(lead / "closing.toml", {**example("lead.records")["closing"], "verdict": "stop"})
    assert run("status", "--fail-on", "at-risk", "--today", "2026-05-01").code == 0


def test_sprints_that_need_somebody_come_first(lead: Path, run: RunCommand, workspace: Path) -> None:
    document = example("price")
    write_toml(workspace / "sprints/price/charter.toml", document)
    write_toml(workspace / "sprints/aaa/draft.toml", {"charter": {"title": "A"}})
    (workspace / "sprints/zzz").mkdir()
    (workspace / "sprints/zzz/charter.toml").write_text("?", "utf-8")
    rows = run("status", "--json", "--today", "2026-02-27").data["sprints"]
    assert [(row["slug"], row["state"]) for row in rows] == [
        ("zzz", "broken"),
        ("lead", "running"),
        ("price", "chartered"),
        ("aaa", "scoping"),
    ]


def test_signatures_count_for_the_content_they_were_given_for(lead: Path, run: RunCommand) -> None:
    from sprintkit.signoff.canonical import content_digest

    digest = content_digest(example("lead"))
    signature = {
        "schema": 1, "person": "bram", "party": "sponsor", "decision": "approve", "on": date(2026, 2, 12),
        "at": signing_time(), "digest": digest, "name": "Bram Yellowby", "received": "own",
    }  # fmt: skip
    write_toml(lead / f"signatures/{digest[:12]}/sponsor-bram.toml", signature)
    write_toml(
        lead / "signatures/000000000000/owner-odile.toml",
        {**signature, "digest": "0" * 64, "person": "odile", "party": "owner"},
    )
    assert status_row(run)["signatures"] == {"required": 7, "given": 1, "stale": 1}


def signing_time() -> Any:
    return datetime(2026, 2, 12, 14, 5, tzinfo=UTC)


def test_the_listing_and_the_page_name_health_reasons_and_figures(lead: Path, run: RunCommand) -> None:
    out = run("status", "--today", "2026-02-27").out
    head, line = out.splitlines()
    assert head.split() == ["SPRINT", "STATE", "WEEK", "HEALTH", "POINTS", "LANDS", "NEXT", "WHY"]
    assert (
        line.split()
        == "lead running 2/6 ! at risk 20/35 3½ weeks late M3 in week 2 approved 0/7, S1 late at this pace".split()
    )
    page = run("status", "lead", "--today", "2026-02-27").out
    assert "at risk" in page and "S1" in page and "M6, M7, M8" in page and "Odile Tamsworth" in page
    words = " ".join(page.split())
    assert "> It clears when M3 and M5 (30 points) are accepted by the check-in of week 3" in words
    assert "the room votes 3 of 5, was 4 (3, 3, 3, 4)" in words and "since week 1: +5 points" in words


def test_no_forecast_is_shown_after_the_deadline(lead: Path, run: RunCommand) -> None:
    row = status_row(run, day="2026-04-10")
    assert (row["state"], row["forecast_kind"]) == ("due", 6.75)
    line = run("status", "--today", "2026-04-10").out.splitlines()[1]
    assert line.split()[:8] == "lead due 8/6 x off track 20 M3".split()
    page = " ".join(run("status", "lead", "--today", "2026-04-10").out.split())
    assert "missing at the end, with 20 of 100 points accepted: M3, M5, M6, M7, M8" in page
    assert "It clears only if M3, M5, M6, M7 and M8 are accepted all the same." in page
    assert "or cut" not in page.partition("H2 ")[2] and " lands in" not in page.partition("points 20 ")[2]


def test_signatures_of_later_days_do_not_count_yet(lead: Path, run: RunCommand) -> None:
    from sprintkit.signoff.canonical import content_digest

    digest = content_digest(example("lead"))
    signature = {
        "schema": 1, "person": "bram", "party": "sponsor", "decision": "approve", "on": date(2026, 2, 21),
        "at": signing_time(), "digest": digest, "name": "Bram Yellowby", "received": "own",
    }  # fmt: skip
    write_toml(lead / f"signatures/{digest[:12]}/sponsor-bram.toml", signature)
    days = ("2026-02-20", "2026-02-21")
    assert [status_row(run, day=day)["signatures"]["given"] for day in days] == [0, 1]


@pytest.mark.slow
def test_status_lists_sprints_in_the_order_of_home(tmp_path: Path, run: RunCommand) -> None:
    from sprintkit.actions.context import open_context
    from sprintkit.actions.status.home import home_rows
    from tests.tui.workspace_builder import TODAY, every_state

    root = every_state(tmp_path / "states").root
    rows = run("-C", root, "status", "--json", "--today", TODAY.isoformat()).data["sprints"]
    home = home_rows(open_context(str(root), TODAY))
    assert home is not None
    assert [row["slug"] for row in rows] == [row["slug"] for row in home]
    # A check-in that is missing is needed before a plan that is late, and a decision before both.
    assert [row["slug"] for row in rows[:4]] == ["broken", "due", "late", "risky"]


def test_without_a_command_a_pipe_gets_status(lead: Path, run: RunCommand) -> None:
    assert run("--today", "2026-02-27").out == run("status", "--today", "2026-02-27").out
    assert (
        run("--json", "--today", "2026-02-27").json == run("status", "--json", "--today", "2026-02-27").json
    )


def test_a_cached_listing_is_identical_and_a_change_shows_at_once(lead: Path, run: RunCommand) -> None:
    make_files_old(lead.parent)
    args = ("status", "--today", "2026-02-27")
    first = [run(*args).out, run(*args, "--json").out]
    assert [run(*args).out, run(*args, "--json").out] == first
    path = lead / "checkins/week-02.toml"
    path.write_text(
        path.read_text("utf-8").replace("[3, 3, 3, 4]", "[3, 3, 3, 1]").replace("    4,\n]", "    1,\n]"),
        "utf-8",
    )
    assert "S6" in run(*args).out
    assert "S6" in run(*args, "--json").out
    assert run("status", "--today", "2026-02-21").out != first[0]


def test_status_of_an_empty_workspace_says_what_to_do(workspace: Path, run: RunCommand) -> None:
    assert "sprintkit scope" in run("status").out
    assert run("status", "--json").data == {"sprints": []}


def test_the_cache_is_outside_the_workspace(lead: Path, run: RunCommand, own_home: Path) -> None:
    root = lead.parent.parent
    before = read_files(root)
    make_files_old(lead.parent)
    run("status")
    assert read_files(root) == before
    assert any(own_home.rglob("*.index"))


def test_a_file_that_becomes_readable_again_is_read_again(
    lead: Path, run: RunCommand, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sprintkit.errors import InputError
    from sprintkit.store import files as stored

    make_files_old(lead.parent)

    def refuse(root: str, path: str, limit: int = 0, *, folder: str | None = None) -> bytes:
        raise InputError("you may not read this", code="unreadable", path=path)

    with monkeypatch.context() as patched:
        patched.setattr(stored, "read_bytes_if_exists", refuse)
        assert run("status", "--today", "2026-02-20").code == 2
        assert run("check").code == 2
    assert (run("status", "--today", "2026-02-20").code, run("check").code) == (0, 0)


def test_status_names_the_amendment_that_changed_the_plan(workspace: Path, run: RunCommand) -> None:
    shutil.copytree(SAMPLES / "price-exceptions", workspace / "sprints/price-exceptions")
    before = run("status", "price-exceptions", "--today", "2026-05-01").out
    assert "since week 1: +5 points" in " ".join(before.split())
    after = run("status", "price-exceptions", "--today", "2026-05-08").out
    assert "since week 2: amendment A1 in force; +30 points" in " ".join(after.split())
    later = run("status", "price-exceptions", "--today", "2026-05-15").out
    assert "since week 3: +40 points" in " ".join(later.split())


def test_what_a_sprint_rests_on_is_listed_with_who_and_since_when(lead: Path, run: RunCommand) -> None:
    charter = lead / "charter.toml"
    extra = (
        '\n[[parked]]\npath = "success_metric.target"\nholder = "tunde"\ndue = 2026-03-02\n'
        '\n[[waivers]]\nrule = "DEL-004"\npath = "deliverable.users_on_day_one"\nreason = "x"\nby = "bram"\n'
    )
    charter.write_text(charter.read_text("utf-8") + extra, "utf-8")
    rests_on = run("status", "lead", "--json", "--today", "2026-02-27").data["sprints"][0]["rests_on"]
    assert rests_on[:4] == [
        {"kind": "parked", "path": "success_metric.target", "who": "Tunde Okonfield", "since": None},
        {"kind": "waived", "path": "deliverable.users_on_day_one", "who": "Bram Yellowby", "since": None},
        {
            "kind": "typed", "path": 'data_requirements."Web enquiry form".profiled', "who": "Mirela Vascanth",
            "since": "2026-01-29",
        },
        {
            "kind": "typed", "path": 'data_requirements."Customer accounts".profiled', "who": "Tunde Okonfield",
            "since": "2026-01-30",
        },
    ]  # fmt: skip
    unsigned = [entry for entry in rests_on if entry["kind"] == "unsigned"]
    assert len(unsigned) == 7
    assert unsigned[0] == {
        "kind": "unsigned", "path": "plan.signatories[0]", "who": "Bram Yellowby", "since": None,
    }  # fmt: skip
    assert [entry["path"] for entry in rests_on if entry["kind"] == "unread"] == [
        "success_metric.guardrails.desk_hours",
        "success_metric.guardrails.reassigned",
    ]
    text = " ".join(run("status", "lead", "--today", "2026-02-27").out.split())
    assert (
        " rests on Parked: Target (Tunde Okonfield)"
        " Warning waived: Users on day one (Bram Yellowby)"
        " Typed, not measured: Web enquiry form (Mirela Vascanth, since 29 January 2026)"
        " Typed, not measured: Customer accounts (Tunde Okonfield, since 30 January 2026)"
        " Not approved: Bram Yellowby (sponsor), Odile Tamsworth (owner), Suvi Rautakerr (process), Mirela Vascanth"
        " (data), Tunde Okonfield (data, tool) and Hollis Entwhite (builder)"
        " Guardrail never read: desk hours spent routing by hand per week and re-assigned enquiries per 100"
        " (Odile Tamsworth, since 16 February 2026)"
    ) in text


def test_a_waived_warning_is_so_since_its_text_was_first_approved(workspace: Path, run: RunCommand) -> None:
    document = example("lead")
    waived = {"rule": "DEL-004", "path": "deliverable.users_on_day_one", "reason": "x", "by": "bram"}
    document["waivers"] = [waived]
    signed = SignedSprint(workspace, run)
    signed.change(document)
    digest = content_digest(document)
    for day, person, party in ((12, "odile", "owner"), (10, "bram", "sponsor")):
        signed.write_signature(party, person, on=date(2026, 2, day), digest=digest)
    for today, since in (("2026-02-27", "2026-02-10"), ("2026-02-09", None)):
        entries = status_row(run, day=today)["rests_on"]
        assert [entry["since"] for entry in entries if entry["kind"] == "waived"] == [since]


def test_a_source_that_is_not_measured_again_for_over_four_weeks_is_stale(
    lead: Path, run: RunCommand
) -> None:
    probe = {
        "schema": 1, "source": "web enquiry FORM", "on": date(2026, 2, 10), "by": "tunde", "rows": 5200,
        "file_digest": "a" * 64, "recipe_digest": "b" * 64,
    }  # fmt: skip
    write_toml(lead / "probes/2026-02-10-web-enquiry-form.toml", probe)
    charter = read_toml(lead / "charter.toml")
    charter["data_requirements"][1]["profiled"]["file_digest"] = "c" * 64  # measured on 30 January
    write_toml(lead / "charter.toml", charter)

    def data_entries(day: str) -> list[tuple[str, str, str]]:
        entries = status_row(run, day=day)["rests_on"]
        return [
            (entry["kind"], entry["path"].split('"')[1], entry["since"])
            for entry in entries
            if entry["kind"] in ("typed", "stale")
        ]

    form, accounts = ("stale", "Web enquiry form", "2026-02-10"), ("stale", "Customer accounts", "2026-01-30")
    assert data_entries("2026-02-09") == [("typed", "Web enquiry form", "2026-01-29")]
    assert data_entries("2026-02-27") == []
    assert data_entries("2026-02-28") == [accounts]
    assert data_entries("2026-03-10") == [accounts]
    assert data_entries("2026-03-11") == [form, accounts]
    text = " ".join(run("status", "lead", "--today", "2026-03-11").out.split())
    assert "Not measured again: Web enquiry form (Mirela Vascanth, since 10 February 2026)" in text


def test_the_status_of_a_closed_sprint_does_not_say_what_it_rests_on(
    workspace: Path, run: RunCommand
) -> None:
    shutil.copytree(SAMPLES / "referral-intake", workspace / "sprints/referral-intake")
    assert "rests on" not in run("status", "referral-intake", "--today", "2026-12-01").out
