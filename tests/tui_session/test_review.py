"""The review: jumps to questions and back, waivers, and the preview of the document."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from textual.pilot import Pilot

from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.session.review import build_review
from sprintkit.tui.app import SprintApp
from sprintkit.tui.screens.session import review
from sprintkit.tui.widgets.pick_list import PickList
from tests.actions.session_helpers import LEAN_ANSWERS, begin_session, reopen_session, type_answers
from tests.tui.helpers import screen_text, wait_until
from tests.tui_session.helpers import current_session, focused_path, is_open, open_session, paste


async def open_review(app: SprintApp, pilot: Pilot[int]) -> None:
    await pilot.press("f8")
    await wait_until(pilot, lambda: is_open(app, "CharterReviewScreen") and " ▌" in screen_text(app))


def line_under_cursor(app: SprintApp) -> str:
    """The line of the list that has the cursor, without the document beside it."""
    return next(line for line in screen_text(app).splitlines() if line.startswith(" ▌"))[:40]


async def move_to_first(app: SprintApp, pilot: Pilot[int], kind: str) -> None:
    """Moves the cursor to the first line of a kind."""
    lines = app.screen._lines  # type: ignore[attr-defined]
    key = next(key for key, line in lines.items() if line.kind == kind)
    app.screen.query_one(PickList).move_cursor_to(key)
    await pilot.pause()


async def fill_in_waiver(app: SprintApp, pilot: Pilot[int], reason: str, by: str) -> None:
    for text in (reason, by):
        if text:
            await paste(app, pilot, text)
        await pilot.press("enter")
    await wait_until(pilot, lambda: is_open(app, "CharterReviewScreen"))


@pytest.mark.slow
async def test_a_line_leads_to_its_question_and_escape_comes_back_to_the_line(
    lean_draft: WorkspaceContext,
) -> None:
    async with open_session(lean_draft, "lean") as (app, pilot):
        await open_review(app, pilot)
        assert "Before it can be saved" in screen_text(app)
        await pilot.press("down", "down")
        line = line_under_cursor(app)
        assert "Success metric › Source" in line
        await pilot.press("enter")
        await wait_until(pilot, lambda: is_open(app, "SessionScreen"))
        assert focused_path(app) == "success_metric.source"
        await pilot.press("escape")
        await wait_until(pilot, lambda: is_open(app, "CharterReviewScreen") and " ▌" in screen_text(app))
        assert line_under_cursor(app) == line
        await pilot.press("escape")
        await wait_until(pilot, lambda: is_open(app, "SessionScreen"))
        await pilot.press("escape")
        await wait_until(pilot, lambda: app.focused is not None and app.focused.id == "agenda")


async def test_nothing_is_saved_while_a_core_answer_is_missing(lean_draft: WorkspaceContext) -> None:
    async with open_session(lean_draft, "lean") as (app, pilot):
        await open_review(app, pilot)
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: "answers are missing before it can be saved" in screen_text(app))
    assert not Path(lean_draft.root, "sprints/lean/charter.toml").exists()


def test_the_core_answers_are_all_that_lean_asks(empty: WorkspaceContext) -> None:
    session = begin_session(empty)
    type_answers(session, LEAN_ANSWERS)
    assert session.analysis.open_questions == {}


@pytest.mark.slow
async def test_a_warning_is_waived_with_a_reason_and_a_name_and_the_waiver_is_removed(
    weak_draft: WorkspaceContext,
) -> None:
    async with open_session(weak_draft, "weak") as (app, pilot):
        await open_review(app, pilot)
        await move_to_first(app, pilot, "warning")
        await pilot.press("w")
        await wait_until(pilot, lambda: is_open(app, "WaiveScreen"))
        await fill_in_waiver(app, pilot, "It is what they asked for.", "Leadership")
        (waiver,) = current_session(app).document["waivers"]
        assert (waiver["reason"], waiver["by"]) == ("It is what they asked for.", "sponsor")
        await move_to_first(app, pilot, "waived")
        await pilot.press("u")
        assert "waivers" not in current_session(app).document


@pytest.mark.slow
async def test_all_warnings_are_waived_at_once_and_the_form_remembers_what_was_typed(
    weak_draft: WorkspaceContext,
) -> None:
    async with open_session(weak_draft, "weak") as (app, pilot):
        await open_review(app, pilot)
        await pilot.press("W")
        await wait_until(pilot, lambda: is_open(app, "WaiveScreen"))
        await paste(app, pilot, "As agreed")
        await pilot.press("escape", "W")
        await wait_until(pilot, lambda: is_open(app, "WaiveScreen"))
        assert "As agreed" in screen_text(app)
        await fill_in_waiver(app, pilot, "", "Somebody New")
        session = current_session(app)
        assert len(session.document["waivers"]) == 19
        assert {waiver["by"] for waiver in session.document["waivers"]} == {"somebody"}
        assert not session.unfinished_forms


@pytest.mark.slow
async def test_the_addresses_of_those_who_sign_are_asked_for_once(lean_draft: WorkspaceContext) -> None:
    async with open_session(lean_draft, "lean") as (app, pilot):
        session = current_session(app)
        people = [line.path for line in build_review(session).addresses]
        assert len(people) == 2
        assert people == [
            f"people.{key}.contact" for key in (session.document["charter"]["sponsor"], "odile")
        ]
        await open_review(app, pilot)
        await move_to_first(app, pilot, "address")
        await wait_until(pilot, lambda: "Addresses of those who sign  2" in screen_text(app))
        await pilot.press("enter")
        await wait_until(pilot, lambda: is_open(app, "SessionScreen"))
        assert focused_path(app) == people[0]
        await paste(app, pilot, "extension 11, bram.yellowby@example.org")
        await pilot.press("escape")
        await wait_until(pilot, lambda: is_open(app, "CharterReviewScreen") and " ▌" in screen_text(app))
        assert [line.path for line in build_review(session).addresses] == people[1:]
        await move_to_first(app, pilot, "address")
        await pilot.press("d")
        await wait_until(pilot, lambda: "Addresses of those who sign" not in screen_text(app))
    again = reopen_session(lean_draft, "lean")
    assert again.not_asked == {people[1]} and build_review(again).addresses == ()


@pytest.mark.slow
async def test_remarks_are_listed_apart_and_left_out_when_all_warnings_are_waived(
    weak_draft: WorkspaceContext,
) -> None:
    async with open_session(weak_draft, "weak") as (app, pilot):
        await open_review(app, pilot)
        lists = build_review(current_session(app))
        assert {line.finding.rule for line in lists.advice if line.finding} == {"ANS-001"}
        assert all(finding.rule != "ANS-001" for finding in lists.warnings)
        assert f"{len(lists.to_save)} to go before it can be saved" in screen_text(app)


@pytest.mark.slow
async def test_a_slow_document_does_not_keep_keys_waiting(
    weak_draft: WorkspaceContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_allowed = threading.Event()

    def render_slowly(_session: object) -> str:
        is_allowed.wait(20)
        return "# The document at last"

    monkeypatch.setattr(review, "render_preview", render_slowly)
    async with open_session(weak_draft, "weak") as (app, pilot):
        await open_review(app, pilot)
        before = app.screen.query_one(PickList).key
        await pilot.press("down")
        await wait_until(pilot, lambda: app.screen.query_one(PickList).key != before)
        assert "The document at last" not in screen_text(app)
        is_allowed.set()
        await wait_until(pilot, lambda: "The document at last" in screen_text(app))
