"""In a language without word lists the coach and the review say that rules stay silent."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.actions.session_helpers import begin_session, make_context, type_answers
from tests.actions.test_session_language import ITALIAN_ANSWERS
from tests.tui.helpers import screen_text, wait_until
from tests.tui_session.conftest import CopyOf
from tests.tui_session.helpers import is_open, open_session


def build_italian(folder: Path) -> None:
    """The lean sprint `italian`, the cursor on the statement."""
    session = begin_session(make_context(folder), "Ogni richiesta a un addetto", slug="italian")
    type_answers(session, ITALIAN_ANSWERS)
    session.remember_cursor("use_case", "question:use_case.statement")
    session.close()


@pytest.mark.slow
async def test_the_coach_and_the_review_say_once_that_rules_are_silent(copy_of: CopyOf) -> None:
    async with open_session(copy_of(build_italian), "italian") as (app, pilot):
        assert screen_text(app).count("The answers look Italian.") == 1
        await pilot.press("f8")
        await wait_until(pilot, lambda: is_open(app, "CharterReviewScreen") and " ▌" in screen_text(app))
        assert screen_text(app).count("The answers look Italian.") == 1
