"""The review and what it opens: jumps and back, waivers, somebody else's changes, a disk that fails, the agreement check."""

from __future__ import annotations

import errno
import threading
from pathlib import Path

import pytest
from textual.pilot import Pilot

from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.scope.apply_answers import apply_answers
from sprintkit.records.kinds import TESTIMONY
from sprintkit.store import atomic, files, save
from sprintkit.tui.app import SprintApp
from sprintkit.tui.screens.session import review
from sprintkit.tui.widgets.pick_list import PickList
from tests.actions.session_kit import LEAN, begin, reopen, type_all, workspace
from tests.conftest import example
from tests.tui.helpers import screen_text, wait_until
from tests.tui_session.helpers import (
    answer_and_go,
    current_session,
    is_open,
    open_session,
    paste,
    question_list,
)
from tests.tui_session.test_goldens import lean_workspace, workspace_with_examples


async def test_each_line_goes_to_its_question_and_escape_comes_back_to_the_line(tmp_path: Path) -> None:
    async with open_session(lean_workspace(tmp_path), "lean") as (app, pilot):
        await pilot.press("f8")
        await wait_until(
            pilot,
            lambda: is_open(app, "CharterReviewScreen") and "Before it can be saved" in screen_text(app),
        )
        await pilot.press("down", "down")
        here = next(line for line in screen_text(app).splitlines() if line.startswith(" ▌"))
        await pilot.press("enter")
        await wait_until(pilot, lambda: is_open(app, "SessionScreen"))
        assert question_list(app).spot.path == "success_metric.source"
        assert "Success metric › Source" in here
        await pilot.press("escape")
        await wait_until(pilot, lambda: is_open(app, "CharterReviewScreen") and " ▌" in screen_text(app))
        assert next(line for line in screen_text(app).splitlines() if line.startswith(" ▌"))[:40] == here[:40]
        await pilot.press("escape")
        await wait_until(pilot, lambda: is_open(app, "SessionScreen"))
        await pilot.press("escape")
        await wait_until(pilot, lambda: app.focused is not None and app.focused.id == "agenda")


async def test_nothing_is_saved_while_something_of_the_core_is_missing(tmp_path: Path) -> None:
    desk = lean_workspace(tmp_path)
    async with open_session(desk, "lean") as (app, pilot):
        await pilot.press("f8")
        await wait_until(pilot, lambda: is_open(app, "CharterReviewScreen"))
        await pilot.press("s")
        await pilot.pause()
        assert "answers are missing before it can be saved" in screen_text(app).replace("\n", " ")
    assert not Path(desk.root, "sprints/lean/charter.toml").exists()


async def _to_line(app: SprintApp, pilot: Pilot[int], kind: str) -> None:
    """The cursor to the first line of a kind."""
    lines = app.screen._lines  # type: ignore[attr-defined]
    app.screen.query_one(PickList).move_cursor_to(
        next(key for key, line in lines.items() if line.kind == kind)
    )
    await pilot.pause()


async def test_a_warning_is_waived_with_reason_and_name_and_taken_back(tmp_path: Path) -> None:
    async with open_session(workspace_with_examples(tmp_path), "weak") as (app, pilot):
        await pilot.press("f8")
        await wait_until(pilot, lambda: is_open(app, "CharterReviewScreen"))
        await _to_line(app, pilot, "warning")
        await pilot.press("w")
        await wait_until(pilot, lambda: is_open(app, "WaiveScreen"))
        await paste(app, pilot, "It is what they asked for.")
        await pilot.press("enter")
        await paste(app, pilot, "Leadership")
        await pilot.press("enter")
        await wait_until(pilot, lambda: is_open(app, "CharterReviewScreen"))
        waivers = current_session(app).document["waivers"]
        assert len(waivers) == 1
        assert waivers[0]["reason"] == "It is what they asked for."
        assert waivers[0]["by"] == "sponsor"
        await _to_line(app, pilot, "waived")
        await pilot.press("u")
        assert "waivers" not in current_session(app).document


async def test_all_remaining_warnings_are_waived_at_once_and_the_form_is_kept_until_then(
    tmp_path: Path,
) -> None:
    async with open_session(workspace_with_examples(tmp_path), "weak") as (app, pilot):
        await pilot.press("f8")
        await wait_until(pilot, lambda: is_open(app, "CharterReviewScreen"))
        await pilot.press("W")
        await wait_until(pilot, lambda: is_open(app, "WaiveScreen"))
        await paste(app, pilot, "As agreed")
        await pilot.press("escape", "W")
        await wait_until(pilot, lambda: is_open(app, "WaiveScreen"))
        assert "As agreed" in screen_text(app)
        await pilot.press("enter")
        await paste(app, pilot, "Somebody New")
        await pilot.press("enter")
        await wait_until(pilot, lambda: is_open(app, "CharterReviewScreen"))
        document = current_session(app).document
        assert len(document["waivers"]) == 17
        assert {waiver["by"] for waiver in document["waivers"]} == {"somebody"}
        assert not current_session(app).forms


# Somebody else, and the disk


def _by_hand(desk: WorkspaceContext, old: str, new: str) -> None:
    path = Path(desk.root, "sprints/lean/draft.toml")
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


async def test_what_somebody_else_changed_comes_in_while_one_types_on(tmp_path: Path) -> None:
    desk = lean_workspace(tmp_path)
    async with open_session(desk, "lean") as (app, pilot):
        _by_hand(desk, 'unit = "working minutes"', 'unit = "hours"')
        await paste(app, pilot, "5")
        await wait_until(pilot, lambda: "Changed by somebody else" in screen_text(app))
        assert is_open(app, "SessionScreen")
        assert "Success metric › Unit" in screen_text(app)
        await pilot.press("0", "enter")
        current_session(app).draft_file.flush()
        stored = files.load_file(desk.root, "sprints/lean/draft.toml").document["success_metric"]
        assert (stored["unit"], stored["target"]) == ("hours", 50)


async def test_a_file_changed_by_hand_shows_though_nobody_types(tmp_path: Path) -> None:
    desk = lean_workspace(tmp_path)
    async with open_session(desk, "lean") as (app, pilot):
        _by_hand(desk, 'unit = "working minutes"', 'unit = "hours"')
        await wait_until(pilot, lambda: current_session(app).text("success_metric.unit") == "hours")
        await wait_until(pilot, lambda: "CHANGED" not in screen_text(app) and "hours" in screen_text(app))


@pytest.mark.parametrize(
    ("keys", "kept"),
    [
        (("f2", "f2"), ("50", "working minutes")),
        (("f2", "f3"), ("60", "working minutes")),
        (("down", "f3", "f2"), ("60", "working minutes")),
        (("f7",), ("60", "days")),
        (("escape", "ctrl+s", "f3", "f6"), ("50", "days")),
    ],
)
async def test_of_what_both_changed_each_answer_is_settled_in_one_key(
    keys: tuple[str, ...], kept: tuple[str, str], tmp_path: Path
) -> None:
    desk = lean_workspace(tmp_path)
    session = reopen(desk, "lean")
    session.answer("success_metric.target", "40")
    session.close()
    async with open_session(desk, "lean") as (app, pilot):
        _by_hand(desk, "target = 40", "target = 60")
        _by_hand(desk, 'unit = "working minutes"', 'unit = "days"')
        _by_hand(desk, "Bram Yellowby", "Brana Yellowby")
        open_session = current_session(app)
        open_session.answer("success_metric.target", "50")
        open_session.answer("success_metric.unit", "working minutes a case")
        await wait_until(pilot, lambda: is_open(app, "ConflictScreen") and "theirs" in screen_text(app))
        assert "Brana Yellowby" in screen_text(app)
        await pilot.press("m", "i", "n", "u", "t", "e", "s", "space", "enter")
        assert is_open(app, "ConflictScreen"), "typing on is no answer"
        for key in keys:
            await pilot.press(key)
            if key == "ctrl+s":
                await wait_until(
                    pilot, lambda: is_open(app, "ConflictScreen") and "theirs" in screen_text(app)
                )
        await wait_until(pilot, lambda: is_open(app, "SessionScreen"))
        open_session.draft_file.flush()
        metric = open_session.document["success_metric"]
        stored = files.load_file(desk.root, "sprints/lean/draft.toml").document
        assert stored["success_metric"] == metric
        assert stored["people"]["bram"]["name"] == "Brana Yellowby"
        unit = kept[1].replace("working minutes", "working minutes a case")
        assert (str(metric["target"]), metric["unit"]) == (kept[0], unit)


async def test_a_full_disk_is_told_and_ctrl_s_saves_when_there_is_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = lean_workspace(tmp_path)

    def full(*_arguments: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    async with open_session(desk, "lean") as (app, pilot):
        monkeypatch.setattr(atomic, "_write", full)
        await paste(app, pilot, "50")
        await wait_until(pilot, lambda: "NOT SAVED" in screen_text(app))
        await wait_until(pilot, lambda: "could not be written" in screen_text(app))
        await pilot.press("enter")
        await paste(app, pilot, "29 May 2026")
        monkeypatch.undo()
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: "Saved #" in screen_text(app))
    stored = files.load_file(desk.root, "sprints/lean/draft.toml").document["success_metric"]
    assert (stored["target"], str(stored["target_on"])) == (50, "2026-05-29")


async def test_a_signed_sprint_is_not_opened_and_amend_is_named(tmp_path: Path) -> None:
    desk = workspace(tmp_path)
    apply_answers(desk, "lead", source=example("lead"))
    signature = {"schema": 1, "person": "bram", "party": "sponsor", "decision": "approve"}
    save.save_file(
        desk.root, "sprints/lead/signatures/0123456789ab/sponsor-bram.toml", signature, expected=None
    )
    async with open_session(desk, None) as (app, pilot):
        await pilot.press("escape")
        app.open("session", "lead")
        await wait_until(pilot, lambda: "amend" in screen_text(app))


# The agreement check


async def test_answers_are_taken_in_grouped_settled_and_accepted(tmp_path: Path) -> None:
    desk = workspace(tmp_path)
    start = begin(desk, "Agree", slug="agree", full=True)
    start.answer("process.questions[0].id", "Q1")
    start.answer("process.questions[0].ask", "Who gets it?")
    start.remember_cursor("process", "question:process.questions[0].ask")
    start.close()
    for who, says in (
        ("north", "the account holder"),
        ("south", "whoever holds the account"),
        ("desk", "the depot"),
    ):
        sheet_of = {"schema": 1, "who": who, "answers": [{"id": "Q1", "says": says}]}
        save.save_file(
            desk.root, desk.workspace.record_path("agree", TESTIMONY, person=who), sheet_of, expected=None
        )
    async with open_session(desk, "agree") as (app, pilot):
        for _ in range(5):
            if question_list(app).spot.kind != "cases":
                await pilot.press("down")
        await pilot.press("enter")
        await wait_until(pilot, lambda: is_open(app, "AgreementScreen"))
        await wait_until(pilot, lambda: "3 answers were given alone: t takes them in." in screen_text(app))
        assert "Nobody has answered here yet" in screen_text(app)
        await pilot.press("t")
        await wait_until(pilot, lambda: "agreement 0.00" in screen_text(app))
        await pilot.press("home", "down", "space", "space", "g")
        await wait_until(pilot, lambda: is_open(app, "PromptScreen"))
        await paste(app, pilot, "account")
        await pilot.press("enter")
        await wait_until(pilot, lambda: "agreement 0.33" in screen_text(app))
        await pilot.press("tab")
        await answer_and_go(app, pilot, "The account holder.", "tab")
        await answer_and_go(app, pilot, "account")
        await answer_and_go(app, pilot, "Suvi Rautakerr")
        await answer_and_go(app, pilot, "3 Feb 2026")
        assert "Still to be asked" in screen_text(app)
        await pilot.press("*")
        await pilot.pause(0.15)
        assert "1.00 after settling" in screen_text(app)
        assert "g group" not in screen_text(app)
        await pilot.press("tab")
        assert "g group" in screen_text(app)
        await pilot.press("escape")
        await wait_until(pilot, lambda: is_open(app, "SessionScreen"))
        case = current_session(app).document["process"]["questions"][0]
    assert case["answers"][0]["says"] == "the depot"
    assert case["settled_by"] == "suvi"
    assert sorted(case["accepted_by"]) == ["desk", "north", "south"]
    assert reopen(desk, "agree").document["process"]["questions"][0] == case


def test_the_answers_of_the_core_are_all_there_is_in_lean(tmp_path: Path) -> None:
    session = begin(workspace(tmp_path))
    type_all(session, LEAN)
    assert session.analysis.open_questions == {}


async def test_a_document_that_takes_long_keeps_no_key_waiting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()

    def slow(session: object) -> str:
        go_on.wait(20)
        return "# The document at last"

    monkeypatch.setattr(review, "preview", slow)
    desk = workspace_with_examples(tmp_path)
    async with open_session(desk, "weak") as (app, pilot):
        await pilot.press("f8")
        await wait_until(pilot, lambda: is_open(app, "CharterReviewScreen"))
        before = app.screen.query_one(PickList).key
        await pilot.press("down")
        await wait_until(pilot, lambda: app.screen.query_one(PickList).key != before)
        assert "The document at last" not in screen_text(app)
        go_on.set()
        await wait_until(pilot, lambda: "The document at last" in screen_text(app))
