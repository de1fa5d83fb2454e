"""Patches that take work off an app in a test: painting, parsing style sheets again, waiting for an idle processor."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterator
from typing import Any
from unittest import mock

from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.pilot import Pilot
from textual.screen import Screen

from tests.tui.helpers import _wait_for_screen as wait_for_screen

_parse_rules = Stylesheet._parse_rules
_rules_by_source: dict[tuple[object, ...], list[RuleSet]] = {}


@contextlib.contextmanager
def fast_app() -> Iterator[None]:
    """Applies all patches of this module."""
    with (
        mock.patch.object(Screen, "_compositor_refresh", skip_painting),
        mock.patch.object(Stylesheet, "_parse_rules", parse_rules_once),
        mock.patch.object(Pilot, "_wait_for_screen", wait_for_messages),
        mock.patch("textual.pilot.wait_for_idle", go_on),
    ):
        yield


def skip_painting(screen: Screen[object]) -> None:
    """Paints nothing, which saves nearly half of the work.

    Layout stays, and `screen_text` renders the lines of every widget when a test asks for them.
    """
    screen._dirty_widgets.clear()
    screen._compositor._dirty_regions.clear()


def parse_rules_once(stylesheet: Stylesheet, *arguments: Any, **options: Any) -> list[RuleSet]:
    """Parses each source once in this process; every app parses all of them twice otherwise."""
    key = (arguments, tuple(options.items()), frozenset(stylesheet._variables.items()))
    if key not in _rules_by_source:
        _rules_by_source[key] = _parse_rules(stylesheet, *arguments, **options)
    return _rules_by_source[key]


async def wait_for_messages(pilot: Pilot[object], timeout: float = 30.0) -> bool:
    """Waits until every key is handled, then twice until every widget has handled its messages.

    The pilot's own wait for an idle processor takes at least 20 ms, and does not end on a busy machine.
    """
    while not pilot.app.is_quiet:  # type: ignore[attr-defined]
        await asyncio.sleep(0.001)
    await wait_for_screen(pilot, timeout)
    pilot.app.screen._on_timer_update()
    return await wait_for_screen(pilot, timeout)


async def go_on(_min_sleep: float) -> None:
    await asyncio.sleep(0)
