"""Monthly reviews from a file: recorded, refused with every reason, and what status and check say of them."""

from __future__ import annotations

import shutil
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sprintkit.progress.month_flags import FLAGS
from tests.cli.conftest import SAMPLES, CommandResult, RunCommand, read_files, read_toml, write_toml
from tests.conftest import example

APRIL, MAY = example("lead.records")["reviews"]
FLAGGED_MAY = {**MAY, "metric": 49.5, "held_oldest_days": 9, "users_active": 9}
"""May, with two flags."""


@pytest.fixture
def lead(workspace: Path) -> Path:
    """The lead example, closed on 27 March with the verdict operate, and never reviewed."""
    folder = workspace / "sprints/lead"
    shutil.copytree(SAMPLES / "lead-routing", folder, ignore=shutil.ignore_patterns("reviews"))
    return folder


def review(run: RunCommand, lead: Path, record: dict[str, Any], today: str, *more: str) -> CommandResult:
    source = write_toml(lead.parent.parent / "in.toml", record)
    return run("review", "lead", "--from", source, "--today", today, *more)


def months_on(run: RunCommand, day: str) -> list[dict[str, Any]]:
    months: list[dict[str, Any]] = run("status", "lead", "--json", "--today", day).data["sprints"][0][
        "reviews"
    ]
    return months


def test_the_two_months_of_lead_give_between_then_reached_and_no_flag(lead: Path, run: RunCommand) -> None:
    april = review(run, lead, APRIL, "2026-05-04", "--json")
    assert (april.code, april.json["kind"]) == (0, "review")
    assert april.data == {
        "slug": "lead", "path": "sprints/lead/reviews/2026-04.toml", "month": "2026-04", "metric_state": "between",
        "flags": [], "reasons": [], "clears": [], "decision": "continue", "confirm_by": "2026-05-29",
        "is_confirmed": False,
    }  # fmt: skip
    assert read_toml(lead / "reviews/2026-04.toml") == {"schema": 1, **APRIL}
    first_line = (lead / "reviews/2026-04.toml").read_text("utf-8").split("\n")[0]
    assert first_line == "#:schema ../../../.sprintkit/schema/review.json"
    may = review(run, lead, MAY, "2026-05-29", "--json").data
    assert (may["metric_state"], may["flags"], may["confirm_by"], may["is_confirmed"]) == (
        "reached",
        [],
        None,
        True,
    )
    assert months_on(run, "2026-05-29") == [
        {"month": "2026-04", "metric_state": "between", "flags": []},
        {"month": "2026-05", "metric_state": "reached", "flags": []},
    ]
    assert run("check", "lead").code == 0


def test_flags_are_printed_with_their_figures_and_what_would_clear_them(lead: Path, run: RunCommand) -> None:
    review(run, lead, APRIL, "2026-05-04")
    result = review(run, lead, FLAGGED_MAY, "2026-06-01")
    assert result.code == 0
    text = " ".join(result.out.split())
    for part in (
        "recorded: sprints/lead/reviews/2026-05.toml May 2026: the target is reached; deserted, pile-up",
        "deserted 9 of 20 users used it in May 2026, less than 50%",
        "pile-up The oldest held case waited 9 days in May 2026, more than 5. Settle it.",
        "operating is confirmed",
    ):
        assert part in text, result.out
    assert months_on(run, "2026-06-01")[1] == {
        "month": "2026-05", "metric_state": "reached", "flags": ["deserted", "pile-up"],
    }  # fmt: skip
    page = " ".join(run("status", "lead", "--today", "2026-06-01").out.split())
    assert "reviews May 2026: the target is reached; deserted, pile-up reviews April 2026: between" in page


def status_text(run: RunCommand, day: str) -> str:
    return " ".join(run("status", "lead", "--today", day).out.split())


def test_confirmed_is_reported_once_and_never_beside_contrary_news(lead: Path, run: RunCommand) -> None:
    review(run, lead, APRIL, "2026-05-04")
    assert "to be confirmed by 29 May 2026." in status_text(run, "2026-05-04")
    assert "overdue: it was to be confirmed by 29 May 2026." in status_text(run, "2026-06-01")
    assert "operating is confirmed" in review(run, lead, MAY, "2026-06-01").out
    assert "Operated by its owner, confirmed in May 2026." in status_text(run, "2026-06-01")
    for month, today in (("2026-06", "2026-07-01"), ("2026-07", "2026-08-03")):
        result = review(run, lead, {**MAY, "month": month, "metric": 90.0}, today)
        assert result.code == 0 and "confirmed" not in result.out
    assert "confirmed in May 2026: a stop is due (sprintkit close lead)." in status_text(run, "2026-08-03")
    august = review(run, lead, {**MAY, "month": "2026-08"}, "2026-09-01", "--json")
    assert august.data["is_confirmed"] is False


def test_a_review_that_decides_to_stop_confirms_nothing(lead: Path, run: RunCommand) -> None:
    result = review(run, lead, {**MAY, "decision": "stop"}, "2026-06-01")
    assert result.code == 0 and "onfirmed" not in result.out
    words = "until it is closed: the review of May 2026 decided to stop (sprintkit close lead)."
    assert words in status_text(run, "2026-06-01")
    document = run("render", "lead", "status", "--format", "md", "-o", "-", "--today", "2026-06-01")
    assert words in " ".join(document.out.split()), document.output


def test_between_gives_one_quarter_and_then_a_stop_is_due(lead: Path, run: RunCommand) -> None:
    between = {**MAY, "metric": 60.0}
    assert "To be confirmed by 29 August 2026." in review(run, lead, between, "2026-06-01").out
    assert "to be confirmed by 29 August 2026, after one more quarter." in status_text(run, "2026-06-01")
    august = review(run, lead, {**between, "month": "2026-08"}, "2026-09-01", "--json").data
    assert (august["flags"], august["confirm_by"], august["is_confirmed"]) == (["stop due"], None, False)
    assert "not confirmed, with the target not reached in August 2026" in status_text(run, "2026-09-01")
    assert "to be confirmed by 29 August 2026" in status_text(run, "2026-06-30")
    closing = {
        **example("lead.records")["closing"],
        "on": date(2026, 9, 1),
        "verdict": "stop",
        "handover_open": [],
    }
    source = write_toml(lead.parent.parent / "stop.toml", closing)
    closed = run("close", "lead", "--from", source, "--today", "2026-09-01", "--json").data
    assert (closed["closing"]["suggested"], closed["closing"]["to_fill"]) == (
        "stop",
        ["reason", "decommission"],
    )


def test_a_month_without_a_review_is_unowned_after_its_week(lead: Path, run: RunCommand) -> None:
    review(run, lead, APRIL, "2026-05-04")
    assert [month["month"] for month in months_on(run, "2026-06-07")] == ["2026-04"]
    assert months_on(run, "2026-06-08")[1] == {
        "month": "2026-05", "metric_state": "not_measured", "flags": ["unowned"],
    }  # fmt: skip


def test_reviewing_changes_nothing_that_status_says_for_an_earlier_day(lead: Path, run: RunCommand) -> None:
    days = ("2026-03-26", "2026-04-15", "2026-04-30")
    review(run, lead, APRIL, "2026-05-04")

    def statuses() -> list[Any]:
        return [
            run("status", *slug, "--json", "--today", day).data for day in days for slug in ((), ("lead",))
        ]

    before = statuses()
    assert review(run, lead, MAY, "2026-05-29").code == 0
    assert statuses() == before


def test_a_review_is_refused_with_every_reason_at_once(lead: Path, run: RunCommand) -> None:
    review(run, lead, APRIL, "2026-05-04")
    wrong = deepcopy(APRIL) | {
        "decided_by": "zoe",
        "guardrails": {"speed": 1.0},
        "overrides_pct": 104.0,
        "cases": -1,
    }
    del wrong["users_active"], wrong["decision"]
    before = read_files(lead)
    result = review(run, lead, wrong, "2026-05-04", "--json")
    assert (result.code, result.data) == (1, {"slug": "lead", "path": None, "month": "2026-04"})
    paths = [error["message"].split()[0] for error in result.json["errors"]]
    assert sorted(paths) == [
        "cases", "decided_by", "decision", "guardrails.speed", "month", "overrides_pct", "users_active",
    ]  # fmt: skip
    assert {error["path"] for error in result.json["errors"]} == {str(lead.parent.parent / "in.toml")}
    assert read_files(lead) == before


@pytest.mark.parametrize(
    ("change", "code", "place"),
    [
        ({"metric": "54"}, 2, "metric"),
        ({"cases": 1.5}, 2, "cases"),
        ({"mood": "good"}, 2, "mood"),
        ({"decision": "wait"}, 2, "decision"),
        ({"month": "2026-02"}, 1, "month"),
        ({"month": "April"}, 1, "month"),
        ({"held_open": -1}, 1, "held_open"),
        ({"automatic_share_pct": 100.5}, 1, "automatic_share_pct"),
    ],
)
def test_an_invalid_review_is_refused_and_nothing_written(
    lead: Path, run: RunCommand, change: dict[str, Any], code: int, place: str
) -> None:
    result = review(run, lead, APRIL | change, "2026-05-04", "--json")
    assert result.code == code and (result.data is None) == (code == 2)
    assert place in [error["message"].split()[0] for error in result.json["errors"]]
    assert not (lead / "reviews").exists()


def test_only_an_operating_sprint_is_reviewed(lead: Path, run: RunCommand) -> None:
    closing = read_toml(lead / "closing.toml")
    for verdict in ("stop", None):
        (lead / "closing.toml").unlink()
        if verdict:
            write_toml(lead / "closing.toml", closing | {"verdict": verdict})
        result = review(run, lead, APRIL, "2026-05-04", "--json")
        assert result.code == 1
        assert [error["code"] for error in result.json["errors"]] == ["not_operating"]
    assert run("review", "nobody", "--from", "in.toml").code == 2
    assert not (lead / "reviews").exists()


def test_a_review_that_stops_is_saved_and_the_sprint_operates_until_it_is_closed(
    lead: Path, run: RunCommand
) -> None:
    result = review(run, lead, APRIL | {"decision": "stop"}, "2026-05-04")
    assert result.code == 0 and "sprintkit close lead" in result.err
    assert run("status", "lead", "--json", "--today", "2026-05-04").data["sprints"][0]["state"] == "operating"
    listed = run("check", "lead", "--json").data
    assert listed["files"][0]["errors"] == 0


def test_a_month_that_has_not_begun_is_taken_and_says_so(lead: Path, run: RunCommand) -> None:
    result = review(run, lead, APRIL | {"month": "2026-06"}, "2026-05-04")
    assert result.code == 0 and "June 2026 begins after today" in result.err
    assert months_on(run, "2026-05-04") == []


def test_without_a_terminal_a_file_is_asked_for(lead: Path, run: RunCommand) -> None:
    result = run("review", "lead", "--today", "2026-05-04")
    assert result.code == 2 and "--from FILE" in result.err


def test_check_refuses_a_review_from_before_the_closing(lead: Path, run: RunCommand) -> None:
    review(run, lead, APRIL, "2026-05-04")
    write_toml(lead / "closing.toml", read_toml(lead / "closing.toml") | {"on": date(2026, 5, 1)})
    result = run("check", "lead", "--json")
    (entry,) = [entry for entry in result.data["files"] if entry["path"].endswith("reviews/2026-04.toml")]
    assert "before the closing on 1 May 2026" in entry["findings"][0]["message"]


def test_every_flag_can_be_explained_by_its_name(run: RunCommand) -> None:
    for rule in FLAGS:
        explained = run("check", "--explain", rule.code.upper(), "--json").data
        assert (explained["rule"], explained["severity"], explained["condition"]) == (
            rule.code,
            "flag",
            rule.condition,
        )
    assert run("check", "--explain", "bored").code == 2
