"""What tests of the session's screens share: the app on a sprint, what stands on the screen, typing fast."""

from __future__ import annotations

import contextlib
import os
from collections.abc import AsyncIterator
from pathlib import Path

from textual import events
from textual.pilot import Pilot

from sprintkit.actions.desk import Desk
from sprintkit.actions.session import Session
from sprintkit.tui.app import Opening, SprintApp
from sprintkit.tui.screens.session.screen import SessionScreen
from sprintkit.tui.screens.session.sheet import Sheet
from sprintkit.tui.widgets.editor import TextEditor
from tests.actions.session_kit import TODAY
from tests.tui.helpers import RENEW, screen_text, wait_until

GOLDENS = Path(__file__).parent / "goldens"


@contextlib.asynccontextmanager
async def opened(
    desk: Desk, slug: str | None, size: tuple[int, int] = (120, 40)
) -> AsyncIterator[tuple[SprintApp, Pilot[int]]]:
    """The app, with the session of a sprint (or the question for its title) in front."""
    app = SprintApp(desk.root, TODAY, Opening("session", slug))
    app.animation_level = "none"
    async with app.run_test(size=size, notifications=True) as pilot:
        wanted = "SessionScreen" if slug in desk.workspace.slugs() else "BeginScreen"
        await wait_until(pilot, lambda: type(app.screen).__name__ == wanted)
        if wanted == "SessionScreen":
            await wait_until(pilot, lambda: sheet(app).rows and sheet(app).row)
        yield app, pilot


def sheet(app: SprintApp) -> Sheet:
    """The rows of whatever screen is in front."""
    return app.screen.query_one(Sheet)


def session_of(app: SprintApp) -> Session:
    """The session that is open."""
    found = next(screen for screen in app.screen_stack if isinstance(screen, SessionScreen))
    return found.session


async def put(app: SprintApp, pilot: Pilot[int], text: str) -> None:
    """Text that comes in one piece, as a paste does."""
    app.post_message(events.Paste(text))
    await pilot.pause()


async def answer(app: SprintApp, pilot: Pilot[int], text: str, key: str = "enter") -> None:
    """An answer to the question in focus, and on to the next one."""
    await put(app, pilot, text)
    await pilot.press(key)


def editor(app: SprintApp) -> TextEditor:
    """The control of the question in focus."""
    control = sheet(app).live.control
    assert isinstance(control, TextEditor)
    return control


def golden(app: SprintApp, name: str) -> None:
    """The screen's text is that of the golden `name` at this size."""
    width, height = app.size
    shown = screen_text(app)
    path = GOLDENS / f"{name}-{width}x{height}.txt"
    if os.environ.get(RENEW) == "renew":
        path.write_text(shown, encoding="utf-8", newline="\n")
        return
    assert path.exists(), f"no golden {path.name}; {RENEW}=renew writes it"
    assert shown == path.read_text(encoding="utf-8"), f"{path.name} differs"
