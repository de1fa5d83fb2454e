"""The agreement check: answers given alone are taken in, grouped, settled and accepted."""

from __future__ import annotations

import pytest

from sprintkit.actions.context import WorkspaceContext
from sprintkit.records.kinds import TESTIMONY
from sprintkit.store import save
from tests.actions.session_helpers import begin_session, reopen_session
from tests.tui.helpers import resize, screen_text, wait_until
from tests.tui_session.helpers import (
    answer_and_go,
    current_session,
    is_open,
    open_session,
    paste,
    question_list,
)


@pytest.fixture
def with_testimony(empty: WorkspaceContext) -> WorkspaceContext:
    """The sprint `agree` with one agreement case, and a sheet from each of three people."""
    session = begin_session(empty, "Agree", slug="agree", full=True)
    session.answer("process.questions[0].id", "Q1")
    session.answer("process.questions[0].ask", "Who gets it?")
    session.remember_cursor("process", "question:process.questions[0].ask")
    session.close()
    for person, text in (
        ("north", "the account holder"),
        ("south", "whoever holds the account"),
        ("desk", "the depot"),
    ):
        path = empty.workspace.record_path("agree", TESTIMONY, person=person)
        record = {"schema": 1, "who": person, "answers": [{"id": "Q1", "says": text}]}
        save.save_file(empty.root, path, record, expected=None)
    return empty


@pytest.mark.slow
async def test_answers_are_taken_in_grouped_settled_and_accepted(with_testimony: WorkspaceContext) -> None:
    async with open_session(with_testimony, "agree") as (app, pilot):
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
        await resize(pilot, 80, 24)
        await pilot.press("tab")
        question, pane = question_list(app).active_question, app.screen.query_one("#settling")
        await wait_until(pilot, lambda: question.region.bottom <= pane.region.bottom)
        await resize(pilot, 120, 40)
        await answer_and_go(app, pilot, "The account holder.", "tab")
        await answer_and_go(app, pilot, "account")
        await answer_and_go(app, pilot, "Suvi Rautakerr")
        await answer_and_go(app, pilot, "3 Feb 2026")
        assert "Still to be asked" in screen_text(app)
        await pilot.press("*")
        await wait_until(pilot, lambda: "1.00 after settling" in screen_text(app))
        assert "g group" not in screen_text(app)
        await pilot.press("tab")
        assert "g group" in screen_text(app)
        await pilot.press("escape")
        await wait_until(pilot, lambda: is_open(app, "SessionScreen"))
        (case,) = current_session(app).document["process"]["questions"]
    assert case["answers"][0]["says"] == "the depot"
    assert case["settled_by"] == "suvi"
    assert sorted(case["accepted_by"]) == ["desk", "north", "south"]
    assert reopen_session(with_testimony, "agree").document["process"]["questions"] == [case]
