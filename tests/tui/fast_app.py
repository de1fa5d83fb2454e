"""Patches that spare apps in tests what no test looks at: painting, parsing style sheets again, waiting for idleness.

They also lay out a screen only once every message is handled, so that no test depends on when a timer fires.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from unittest import mock
from weakref import WeakKeyDictionary

from rich.segment import Segment
from textual import _callback
from textual._compositor import Compositor
from textual._queue import Queue
from textual.app import App
from textual.color import Color
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.geometry import Size
from textual.message_pump import MessagePump
from textual.pilot import Pilot
from textual.renderables.background_screen import BackgroundScreen
from textual.screen import Screen
from textual.strip import Strip

MAX_TICKS_WITHOUT_LAYOUT = 60
"""A second: how long a screen waits for the messages that are handled before it is laid out."""

_parse_rules = Stylesheet._parse_rules
_lay_out = Screen._on_timer_update
_render_strips = Compositor.render_strips
_count_parameters = _callback._count_parameters
_ticks_without_layout: WeakKeyDictionary[Screen[object], int] = WeakKeyDictionary()
_rules_by_source: dict[tuple[object, ...], list[RuleSet]] = {}
_parameter_counts: dict[tuple[object, bool], int] = {}
_strips_by_compositor: WeakKeyDictionary[Compositor, list[Strip]] = WeakKeyDictionary()
"""What each screen that was read shows, until it is painted again."""


@contextlib.contextmanager
def fast_app() -> Iterator[None]:
    """Apply all patches of this module to apps that run inside."""
    with (
        mock.patch.object(Compositor, "render_update", skip_painting),
        mock.patch.object(Compositor, "render_strips", render_if_changed),
        mock.patch.object(BackgroundScreen, "process_segments", staticmethod(leave_untinted)),
        mock.patch.object(Strip, "apply_filter", leave_unfiltered),
        mock.patch.object(Stylesheet, "_parse_rules", parse_rules_once),
        mock.patch.object(Screen, "_on_timer_update", lay_out_once_idle),
        mock.patch.object(Pilot, "_wait_for_screen", wait_until_settled),
        mock.patch("textual.pilot.wait_for_idle", skip_waiting),
        mock.patch("textual.app.wait_for_idle", yield_to_app),
        mock.patch("textual._callback._count_parameters", count_parameters_once),
    ):
        yield


def skip_painting(compositor: Compositor, **_: object) -> None:
    """Paint nothing, which saves half of the work. `screen_text` renders all widgets when a test asks for it."""
    compositor._dirty_regions.clear()
    _strips_by_compositor.pop(compositor, None)


def render_if_changed(compositor: Compositor, *size: Size) -> list[Strip]:
    """Render a screen that was painted since it was rendered last, or is about to be; others show what they showed."""
    screen = compositor.root
    if not isinstance(screen, Screen) or screen is not screen.app.screen or size:
        return _render_strips(compositor, *size)
    if _has_pending_layout(screen) or not _is_idle(screen.app):
        _strips_by_compositor.pop(compositor, None)
        return _render_strips(compositor)
    if compositor not in _strips_by_compositor:
        _strips_by_compositor[compositor] = _render_strips(compositor)
    return _strips_by_compositor[compositor]


def leave_unfiltered(strip: Strip, *_: object) -> Strip:
    """Leave a line in its colours, which no text tells."""
    return strip


def leave_untinted(segments: Iterable[Segment], _: Color) -> Iterable[Segment]:
    """Leave the screen behind a dialog in its colours, which no text tells."""
    return segments


def lay_out_once_idle(screen: Screen[object]) -> None:
    """Do what a screen does sixty times a second, unless some widget has messages to handle, or has just been mounted.

    Whoever handles one may wait for the layout, so a screen is laid out after a second in any case.
    """
    ticks = _ticks_without_layout.get(screen, 0) + 1
    if ticks < MAX_TICKS_WITHOUT_LAYOUT and not _is_idle(screen.app):
        _ticks_without_layout[screen] = ticks
        return
    _ticks_without_layout.pop(screen, None)
    _lay_out(screen)


def parse_rules_once(stylesheet: Stylesheet, *arguments: Any, **options: Any) -> list[RuleSet]:
    """Parse each source once in this process; otherwise every app parses all of them twice."""
    key = (arguments, tuple(options.items()), frozenset(stylesheet._variables.items()))
    if key not in _rules_by_source:
        _rules_by_source[key] = _parse_rules(stylesheet, *arguments, **options)
    return _rules_by_source[key]


def count_parameters_once(function: Callable[..., object]) -> int:
    """Look at the signature of each function once; Textual does for every call that is put off."""
    code = getattr(function, "__code__", None)
    if code is None:
        return _count_parameters(function)
    key = (code, hasattr(function, "__self__"))
    if key not in _parameter_counts:
        _parameter_counts[key] = _count_parameters(function)
    return _parameter_counts[key]


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
        await _handle_messages(app, is_over)
        pending_screens = [screen for screen in _visible_screens(app) if _has_pending_layout(screen)]
        if not pending_screens:
            return True
        for screen in pending_screens:
            _lay_out(screen)
    return False


async def _handle_messages(app: App[object], is_over: Callable[[], bool]) -> None:
    """Wait until neither the app nor any widget of its visible screens has a message to handle."""
    turns = idle_turns = 0
    while idle_turns < 2 and not is_over():  # twice: what is due in this turn of the loop may post a message
        turns += 1
        await asyncio.sleep(0 if turns < 200 else 0.001)  # a handler may wait for a thread
        idle_turns = idle_turns + 1 if _is_idle(app) else 0


def _is_idle(app: App[object]) -> bool:
    """Whether the app and all widgets of its visible screens wait for a message, or end."""
    return _waits_for_message(app) and all(
        _waits_for_message(node)
        for screen in _visible_screens(app)
        for node in screen.walk_children(with_self=True)
    )


def _waits_for_message(node: MessagePump) -> bool:
    # Textual's pilot sends each widget a message to find this out, which costs more than most tests do.
    queue: Queue[object] = node._message_queue
    return (queue.empty() and bool(queue.ready_event._waiters)) or node._closing or node._closed


def _visible_screens(app: App[object]) -> tuple[Screen[object], ...]:
    return (*app.screen_stack[-1:], *app._background_screens)


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
