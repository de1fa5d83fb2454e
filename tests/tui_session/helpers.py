"""What tests of the session's screens share: the app on a sprint, what stands on the screen, typing fast."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import AsyncIterator
from pathlib import Path

from textual import events
from textual.pilot import Pilot

from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.session.session import Session
from sprintkit.tui.app import Opening, SprintApp
from sprintkit.tui.screens.session.screen import SessionScreen
from sprintkit.tui.screens.session.question_list import QuestionList
from sprintkit.tui.widgets.editor import TextEditor
from tests.actions.session_kit import TODAY
from tests.tui.helpers import RENEW, screen_text, wait_until

GOLDENS = Path(__file__).parent / "goldens"


@contextlib.asynccontextmanager
async def open_session(
    desk: WorkspaceContext, slug: str | None, size: tuple[int, int] = (120, 40)
) -> AsyncIterator[tuple[SprintApp, Pilot[int]]]:
    """The app, with the session of a sprint (or the question for its title) in front."""
    app = SprintApp(desk.root, TODAY, Opening("session", slug))
    app.animation_level = "none"
    async with app.run_test(size=size, notifications=True) as pilot:
        wanted = "SessionScreen" if slug in desk.workspace.slugs() else "NewSprintScreen"
        await wait_until(pilot, lambda: is_open(app, wanted))
        yield app, pilot


def is_open(app: SprintApp, name: str) -> bool:
    """Whether a screen is in front and has been drawn; its rows too, where it has some."""
    if type(app.screen).__name__ != name or not app.screen.is_mounted:
        return False
    sheets = app.screen.query(QuestionList)
    return not sheets or all(one.rows and one.row for one in sheets)


def question_list(app: SprintApp) -> QuestionList:
    """The rows of whatever screen is in front."""
    return app.screen.query_one(QuestionList)


def current_session(app: SprintApp) -> Session:
    """The session that is open."""
    found = next(screen for screen in app.screen_stack if isinstance(screen, SessionScreen))
    return found.session


async def paste(app: SprintApp, pilot: Pilot[int], text: str) -> None:
    """Text that comes in one piece, as a paste does."""
    app.post_message(events.Paste(text))
    await pilot.pause()


async def answer_and_go(app: SprintApp, pilot: Pilot[int], text: str, key: str = "enter") -> None:
    """An answer to the question in focus, and on to the next one."""
    await paste(app, pilot, text)
    await pilot.press(key)


def focused_editor(app: SprintApp) -> TextEditor:
    """The control of the question in focus."""
    control = question_list(app).active_question.control
    assert isinstance(control, TextEditor)
    return control


async def assert_golden(app: SprintApp, pilot: Pilot[int], name: str) -> None:
    """The screen's text, once it has settled, is that of the golden `name` at this size."""
    width, height = app.size
    path = GOLDENS / f"{name}-{width}x{height}.txt"
    renews = os.environ.get(RENEW) == "renew"
    expected = "" if renews or not path.exists() else path.read_text(encoding="utf-8")
    shown, calm = "", 0
    await wait_until(pilot, lambda: not any(one.group == "preview" and one.is_running for one in app.workers))
    for _ in range(60):
        await pilot.pause(0.03)
        before, shown = shown, _without_save_count(screen_text(app))
        calm = calm + 1 if shown == before else 0
        if shown == expected or calm == 8:
            break
    if renews:
        path.write_text(shown, encoding="utf-8", newline="\n")
        return
    assert path.exists(), f"no golden {path.name}; {RENEW}=renew writes it"
    assert shown == expected, f"{path.name} differs"


def _without_save_count(shown: str) -> str:
    """A screen's text without how often it was saved by now."""
    first, _, rest = shown.partition("\n")
    first = re.sub(r" {2,}", "  ", re.sub(r"( · )?(Saved #\d+|saving *)$", "", first))
    return f"{first}\n{rest}"
