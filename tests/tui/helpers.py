"""Helpers for tests of the screens: screen text, goldens, bounded waiting, typing."""

from __future__ import annotations

import difflib
import os
import time
from collections.abc import Callable
from pathlib import Path
from zlib import crc32

from textual import events
from textual._context import visible_screen_stack
from textual.app import App
from textual.geometry import Size
from textual.pilot import Pilot

from sprintkit.tui.app import SprintApp
from sprintkit.tui.screens.form.screen import FormScreen
from sprintkit.tui.widgets.sprint_list import SprintList
from tests.conftest import IS_SOAKING

GOLDENS = Path(__file__).parent / "goldens"
SIZES = [(120, 40), (80, 24), (200, 60)]
"""Terminal sizes of most goldens."""
RENEW = "SPRINTKIT_GOLDENS"
"""Environment variable: set it to `renew` to write goldens instead of comparing them."""


def screen_text(app: App[object]) -> str:
    """Return every character on the screen, without blanks at the ends of lines."""
    # Textual has no public call for what a screen shows; this is the one place that reaches for it.
    visible_screen_stack.set(app._background_screens)
    strips = app.screen._compositor.render_strips()
    return "\n".join(strip.text.rstrip() for strip in strips).rstrip() + "\n"


def sprint_app(pilot: Pilot[int]) -> SprintApp:
    """Return the app of a pilot, typed."""
    assert isinstance(pilot.app, SprintApp)
    return pilot.app


def flat_text(text: str) -> str:
    """Return text with every run of white space, line breaks included, as one blank."""
    return " ".join(text.split())


async def wait_until(pilot: Pilot[object], condition: Callable[[], object], seconds: float = 20.0) -> None:
    """Let the app work until `condition()` is true; fail if it never becomes true."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"still not true after {seconds} s:\n{screen_text(pilot.app)}"
        await pilot.pause(0.01)
    await pilot.pause()


async def wait_for_text(pilot: Pilot[object], text: str) -> None:
    """Let the app work until the screen shows `text`, wherever its lines break."""
    await wait_until(pilot, lambda: text in flat_text(screen_text(pilot.app)))


async def press_until_shown(pilot: Pilot[object], key: str, text: str) -> None:
    """Press a key again and again until the screen shows `text`: for a text that is laid out while it is read."""
    end = time.monotonic() + 20.0
    while text not in flat_text(screen_text(pilot.app)):
        assert time.monotonic() < end, f"{key} never led to {text!r}:\n{screen_text(pilot.app)}"
        await pilot.press(key)


async def clear_notifications(pilot: Pilot[object]) -> None:
    """Remove all notifications at once: they lie over the screen for seconds, those of a screen behind a dialog too."""
    pilot.app.clear_notifications()
    for screen in pilot.app.screen_stack:
        await screen.query("Toast").remove()
    await pilot.pause()


async def settle_form(pilot: Pilot[int], form: FormScreen) -> None:
    """Make a form do now what it does once nobody types, and remove notifications."""
    if form._evaluation_timer is not None:
        form._evaluation_timer.stop()
    form.flush()
    await form.base_app.wait_for_writers(form.form.draft.writer, seconds=30)
    await pilot.pause()
    form.evaluate_answers()
    form.show_status("draft saved")
    await clear_notifications(pilot)


async def click_text(pilot: Pilot[object], text: str) -> None:
    """Click on a text, once the screen has stopped moving."""
    lines: list[str] = []
    while lines != (lines := screen_text(pilot.app).splitlines()):
        await pilot.pause(0.05)
    row = next(row for row, line in enumerate(lines) if text in line)
    await pilot.click(offset=(lines[row].index(text) + 1, row))
    await pilot.pause()


def focus_sprint(pilot: Pilot[int], slug: str) -> None:
    """Moves the cursor of the home screen to a sprint."""
    sprints = pilot.app.screen.query_one(SprintList)
    sprints.cursor = [entry.slug for entry in sprints.entries].index(slug)


async def type_text(pilot: Pilot[object], text: str) -> None:
    """Enter text at once, as a paste does; for tests in which the single keys do not matter."""
    pilot.app.post_message(events.Paste(text))
    await pilot.pause()


def golden_path(name: str, width: int, height: int) -> Path:
    return GOLDENS / f"{name}-{width}x{height}.txt"


def assert_golden(app: App[object], name: str, width: int, height: int) -> None:
    """Assert that the screen shows what the golden `name` shows at this size."""
    _assert_equals_golden(screen_text(app), golden_path(name, width, height))


def _assert_equals_golden(shown: str, path: Path) -> None:
    if os.environ.get(RENEW) == "renew":
        path.write_text(shown, encoding="utf-8", newline="\n")
        return
    assert path.exists(), f"no golden {path.name}; {RENEW}=renew writes it"
    expected = path.read_text(encoding="utf-8")
    diff = difflib.unified_diff(expected.split("\n"), shown.split("\n"), path.name, "now", lineterm="", n=1)
    assert shown == expected, "\n".join(diff)


async def resize(pilot: Pilot[object], width: int, height: int) -> None:
    """Resize the terminal and wait until everything is laid out again."""
    if pilot.app.size != (width, height):
        await pilot.resize_terminal(width, height)
        await pilot.pause()
        size = Size(width, height)
        for screen in pilot.app.screen_stack[:-1]:  # those behind a dialog may not have been told yet
            screen.post_message(events.Resize(size, size))
        await pilot.pause()
        await pilot.pause()


async def assert_goldens(pilot: Pilot[object], name: str) -> None:
    """Assert that the screen is its golden at the present size and at another; its size is as before afterwards.

    The other sizes take turns, by the name of the golden. `make soak` takes all, and so does who renews goldens.
    """
    size = (pilot.app.size.width, pilot.app.size.height)
    others = [other for other in SIZES if other != size]
    if not IS_SOAKING and os.environ.get(RENEW) != "renew":
        others = [others[crc32(name.encode()) % len(others)]]
    for width, height in ([size] if size in SIZES else []) + others:
        await resize(pilot, width, height)
        path = golden_path(name, width, height)
        _assert_equals_golden(await _text_once_golden(pilot, path), path)
    await resize(pilot, *size)


async def _text_once_golden(pilot: Pilot[object], path: Path, seconds: float = 10.0) -> str:
    """Let the app work until it shows the golden, for parts of a screen that are laid out in a thread.

    Returns the text of the screen. While goldens are renewed: once it has stayed as it is for half a second.
    """
    is_renewing = os.environ.get(RENEW) == "renew"
    golden = None if is_renewing or not path.exists() else path.read_text(encoding="utf-8")
    shown, since, end = screen_text(pilot.app), time.monotonic(), time.monotonic() + seconds
    while time.monotonic() < end and shown != golden:
        if golden is None and time.monotonic() > since + 0.5:
            break
        await pilot.pause(0.02)
        before, shown = shown, screen_text(pilot.app)
        if shown != before:
            since = time.monotonic()
    return shown
