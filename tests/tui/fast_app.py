"""Patches that spare apps in tests what no test looks at: painting, parsing style sheets again, waiting for idleness."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from unittest import mock

from textual._compositor import Compositor
from textual.app import App
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.pilot import Pilot
from textual.screen import Screen

_parse_rules = Stylesheet._parse_rules
_rules_by_source: dict[tuple[object, ...], list[RuleSet]] = {}


@contextlib.contextmanager
def fast_app() -> Iterator[None]:
    """Apply all patches of this module to apps that run inside."""
    with (
        mock.patch.object(Compositor, "render_update", skip_painting),
        mock.patch.object(Stylesheet, "_parse_rules", parse_rules_once),
        mock.patch.object(Pilot, "_wait_for_screen", wait_until_settled),
        mock.patch("textual.pilot.wait_for_idle", skip_waiting),
        mock.patch("textual.app.wait_for_idle", yield_to_app),
    ):
        yield


def skip_painting(compositor: Compositor, **_: object) -> None:
    """Paint nothing, which saves half of the work. `screen_text` renders all widgets when a test asks for it."""
    compositor._dirty_regions.clear()


def parse_rules_once(stylesheet: Stylesheet, *arguments: Any, **options: Any) -> list[RuleSet]:
    """Parse each source once in this process; otherwise every app parses all of them twice."""
    key = (arguments, tuple(options.items()), frozenset(stylesheet._variables.items()))
    if key not in _rules_by_source:
        _rules_by_source[key] = _parse_rules(stylesheet, *arguments, **options)
    return _rules_by_source[key]


async def wait_until_settled(pilot: Pilot[object], timeout: float = 60.0) -> bool:
    """Wait until the app has handled every key and message, and has laid out what they changed.

    Textual's pilot waits until the process uses little processor time, which is slow, and wrong on a busy machine.
    """
    app, end = pilot.app, time.monotonic() + timeout

    def is_over() -> bool:
        return not app.is_running or app._exit or app._exception is not None or time.monotonic() > end

    while not is_over():
        while not is_over() and not (getattr(app, "is_quiet", True) and app._resize_timer is None):
            await asyncio.sleep(0.001)
        visible_screens = (app.screen, *app._background_screens)
        await _handle_messages(app, visible_screens, is_over)
        pending_screens = [screen for screen in visible_screens if _has_pending_layout(screen)]
        if not pending_screens:
            return True
        for screen in pending_screens:
            screen._on_timer_update()
    return False


async def _handle_messages(
    app: App[object], screens: Iterable[Screen[object]], is_over: Callable[[], bool]
) -> None:
    """Wait until the app and every widget of these screens have handled the messages they have now."""
    pending = 0

    def note_handled() -> None:
        nonlocal pending
        pending -= 1

    for node in (app, *(node for screen in screens for node in screen.walk_children(with_self=True))):
        pending += node.call_later(note_handled)
    turns = 0
    while pending > 0 and not is_over():
        turns += 1
        await asyncio.sleep(0 if turns < 200 else 0.001)  # a handler may wait for a thread


def _has_pending_layout(screen: Screen[object]) -> bool:
    if not screen.is_current:
        return False
    if screen._layout_required or screen._scroll_required or screen._recompose_required or screen._callbacks:
        return True
    # A screen behind another asks the one in front to paint again, and is asked in return: that never ends.
    return screen is screen.app.screen and bool(screen._repaint_required or screen._dirty_widgets)


async def skip_waiting(*_: float) -> None:
    """Replaces the pilot's wait for an idle process, after `wait_until_settled`."""


async def yield_to_app(*_: float) -> None:
    """Replaces Textual's pause between two keys of one `press`, so that they arrive as fast as they can be sent."""
    for _turn in range(5):  # how often a key is passed on before the app has it
        await asyncio.sleep(0)
