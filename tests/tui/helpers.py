"""What tests of the screens share: the text that stands on a screen, goldens of it, bounded waiting."""

from __future__ import annotations

import asyncio
import difflib
import os
import time
from collections.abc import Callable
from pathlib import Path

import textual.app
from textual._wait import wait_for_idle
from textual.app import App
from textual.pilot import Pilot

GOLDENS = Path(__file__).parent / "goldens"
RENEW = "SPRINTKIT_GOLDENS"
"""Environment variable: with `renew` in it goldens are written instead of compared."""
_wait_for_screen = Pilot._wait_for_screen


async def _wait_for_keys(pilot: Pilot[object], timeout: float = 30.0) -> bool:
    """What a pilot waits for after a key: until the app is through with all of them."""
    end = time.monotonic() + timeout
    while not getattr(pilot.app, "is_quiet", True) and time.monotonic() < end:
        await asyncio.sleep(0.002)
    done = await _wait_for_screen(pilot, timeout)
    await wait_for_idle(0)
    return done


async def _at_once(*_: float) -> None:
    """Keys of one press come as fast as they can be sent; what waits for them is above."""
    for _ in range(5):  # as often as a key is handed on before the app has it
        await asyncio.sleep(0)


Pilot._wait_for_screen = _wait_for_keys  # type: ignore[method-assign]
textual.app.wait_for_idle = _at_once


def screen_text(app: App[object]) -> str:
    """Every character that stands on the screen, without blanks at the ends of lines."""
    # Textual has no public call for what a screen shows; this is the one place that reaches for it.
    strips = app.screen._compositor.render_strips()
    return "\n".join(strip.text.rstrip() for strip in strips).rstrip() + "\n"


async def wait_until(pilot: Pilot[object], holds: Callable[[], object], seconds: float = 15.0) -> None:
    """Lets the app work until `holds()` is true; fails when it never becomes so."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, f"did not come true within {seconds} s:\n{screen_text(pilot.app)}"
        await pilot.pause(0.01)
    await pilot.pause()


def golden(app: App[object], name: str, width: int, height: int) -> None:
    """The screen's text is that of the golden `name` at this size."""
    shown = screen_text(app)
    path = GOLDENS / f"{name}-{width}x{height}.txt"
    if os.environ.get(RENEW) == "renew":
        path.write_text(shown, encoding="utf-8", newline="\n")
        return
    assert path.exists(), f"no golden {path.name}; {RENEW}=renew writes it"
    expected = path.read_text(encoding="utf-8")
    changed = difflib.unified_diff(
        expected.split("\n"), shown.split("\n"), path.name, "now", lineterm="", n=1
    )
    assert shown == expected, "\n".join(changed)
