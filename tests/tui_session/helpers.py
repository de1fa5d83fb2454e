"""Helpers for tests of the session: open it, type fast, wait without pauses, compare with goldens."""

from __future__ import annotations

import asyncio
import contextlib
import difflib
import os
import re
from collections.abc import AsyncIterator
from pathlib import Path

from textual import events
from textual.pilot import Pilot

from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.session.session import Session
from sprintkit.tui.app import Opening, SprintApp
from sprintkit.tui.screens.session.question_list import QuestionList
from sprintkit.tui.screens.session.screen import SessionScreen
from sprintkit.tui.widgets.editor import TextEditor
from tests.actions.session_helpers import TODAY
from tests.tui.fast_app import fast_app
from tests.tui.helpers import RENEW, screen_text, wait_until

GOLDENS = Path(__file__).parent / "goldens"


@contextlib.asynccontextmanager
async def open_session(
    context: WorkspaceContext, slug: str | None, size: tuple[int, int] = (120, 40)
) -> AsyncIterator[tuple[SprintApp, Pilot[int]]]:
    """The app with the session of a sprint in front; without a slug, with the question for a title.

    Nothing is painted: tests ask for the text of the screen, and the terminal tests see what a terminal shows.
    """
    app = SprintApp(context.root, TODAY, Opening("session", slug))
    app.animation_level = "none"
    with fast_app():
        async with app.run_test(size=size, notifications=True) as pilot:
            screen = "SessionScreen" if slug in context.workspace.slugs() else "NewSprintScreen"
            await wait_until(pilot, lambda: is_open(app, screen) or is_covered(app, screen))
            yield app, pilot


def is_open(app: SprintApp, screen: str) -> bool:
    """Whether a screen is in front and shows its rows, if it has some."""
    if type(app.screen).__name__ != screen or not app.screen.is_mounted:
        return False
    return all(questions.rows and questions.row for questions in app.screen.query(QuestionList))


def is_covered(app: SprintApp, screen: str) -> bool:
    """Whether a screen is open behind a dialog."""
    return any(type(covered).__name__ == screen for covered in app.screen_stack[:-1])


def question_list(app: SprintApp) -> QuestionList:
    """The rows of the screen in front."""
    return app.screen.query_one(QuestionList)


def focused_path(app: SprintApp) -> str:
    """The path of the row in focus."""
    return question_list(app).spot.path


def current_session(app: SprintApp) -> Session:
    """The session that is open, whatever is in front of it."""
    return next(screen for screen in app.screen_stack if isinstance(screen, SessionScreen)).session


def focused_editor(app: SprintApp) -> TextEditor:
    """The editor of the question in focus."""
    control = question_list(app).active_question.control
    assert isinstance(control, TextEditor)
    return control


async def go_to(app: SprintApp, pilot: Pilot[int], path: str) -> None:
    """Opens the question at a path."""
    app.screen.go_to_path(path)  # type: ignore[attr-defined]
    await pilot.pause()


# Typing


def post_key(app: SprintApp, key: str) -> None:
    """Presses a key without waiting for what it does; the app handles keys and pastes in order."""
    app.post_message(events.Key(key, key if len(key) == 1 else None))


def post_text(app: SprintApp, text: str) -> None:
    """Pastes a text without waiting."""
    app.post_message(events.Paste(text))


async def settle(app: SprintApp) -> None:
    """Waits until the app has handled every key and paste posted so far."""
    received = asyncio.Event()
    app.call_later(received.set)
    await received.wait()
    while not app.is_quiet:
        await asyncio.sleep(0.001)
    handled = asyncio.Event()
    (app.focused or app.screen).call_later(handled.set)
    await handled.wait()


async def paste(app: SprintApp, pilot: Pilot[int], text: str) -> None:
    """Pastes a text and waits until it is handled."""
    post_text(app, text)
    await pilot.pause()


async def answer_and_go(app: SprintApp, pilot: Pilot[int], text: str, key: str = "enter") -> None:
    """Answers the question in focus and goes on."""
    post_text(app, text)
    post_key(app, key)
    await pilot.pause()


# Goldens


async def assert_golden(app: SprintApp, pilot: Pilot[int], name: str) -> None:
    """The screen, once it has settled, equals the golden `name` of this size."""
    width, height = app.size
    path = GOLDENS / f"{name}-{width}x{height}.txt"
    is_renewing = os.environ.get(RENEW) == "renew"
    expected = "" if is_renewing or not path.exists() else path.read_text(encoding="utf-8")
    text, unchanged = "", 0
    await wait_until(
        pilot, lambda: not any(worker.group == "preview" and worker.is_running for worker in app.workers)
    )
    for _ in range(60):
        await pilot.pause(0.03)
        before, text = text, _without_save_count(screen_text(app))
        unchanged = unchanged + 1 if text == before else 0
        if text == expected or unchanged == 8:
            break
    if is_renewing:
        path.write_text(text, encoding="utf-8", newline="\n")
        return
    assert path.exists(), f"no golden {path.name}; {RENEW}=renew writes it"
    difference = difflib.unified_diff(
        expected.split("\n"), text.split("\n"), path.name, "now", lineterm="", n=1
    )
    assert text == expected, "\n".join(difference)


def _without_save_count(text: str) -> str:
    """The text of a screen without the number of saves so far, which varies."""
    first, _, rest = text.partition("\n")
    first = re.sub(r" {2,}", "  ", re.sub(r"( · )?(Saved #\d+|saving *)$", "", first))
    return f"{first}\n{rest}"
