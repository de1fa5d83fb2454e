"""Delivers keys and pastes one at a time, however fast somebody types.

Textual hands a key to the focused widget and immediately takes the next one. A key pressed while the previous one is
still opening a screen or moving the focus would reach the widget that is being left. Here it waits until that is done.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from functools import partial
from time import monotonic
from typing import Any, Final
from weakref import WeakSet

from textual import events
from textual.app import App
from textual.dom import DOMNode
from textual.screen import Screen

READY_TIMEOUT: Final = 3.0
"""Longest time in seconds that a key waits for a screen to be ready."""
STALL_TIMEOUT: Final = 3.0
"""Seconds without progress after which the queue stops waiting for the previous key."""
POLL_INTERVAL: Final = 0.01
"""Seconds between two checks whether a screen is ready."""


class SerialInputApp(App[int], inherit_bindings=False):
    """Delivers each key and paste to the focused widget once the previous one has been handled.

    A widget that declares IS_TYPED_INTO gets text without that wait, since typing text cannot move the focus.
    """

    def __init__(self) -> None:
        super().__init__()
        self._waiting: deque[events.Event] = deque()
        self._is_busy = False
        self._current_turn = 0
        """Number of the latest event that may move the focus."""
        self._handed_out_at = self._last_progress = 0.0
        """When the latest event was handed out, and when it last showed progress."""
        self._is_stall_check_scheduled = False
        self._ready_screens: WeakSet[Screen[Any]] = WeakSet()
        """Screens that have been ready before."""
        self._pending_results: list[Screen[Any]] = []
        """Screens whose callers still wait for a result."""

    @property
    def is_quiet(self) -> bool:
        """Whether every key has been handled."""
        return not self._is_busy and not self._waiting

    async def on_event(self, event: events.Event) -> None:
        if not isinstance(event, events.Key | events.Paste) or event.is_forwarded:
            await super().on_event(event)
        else:
            if not self.app_focus:  # somebody who types is in the app, whatever the terminal reported last
                self.app_focus = True
            self._waiting.append(event)
            await self._dispatch_next()
            if self._waiting and not self._is_stall_check_scheduled:
                self._is_stall_check_scheduled = True
                self.set_timer(STALL_TIMEOUT, self._check_for_stall)

    def watch_app_focus(self, has_focus: bool) -> None:
        """Focus the first widget of the screen in front, which Textual omits if it opened in the background."""
        if has_focus and self.screen_stack:
            self.screen._update_auto_focus()

    async def _check_for_stall(self) -> None:
        """Release the queue if the previous key has stalled: its target may be gone and never report back."""
        if self._waiting and monotonic() - self._last_progress >= STALL_TIMEOUT:
            self._is_busy = False
            await self._dispatch_next()
        self._is_stall_check_scheduled = bool(self._waiting)
        if self._is_stall_check_scheduled:
            self.set_timer(STALL_TIMEOUT, self._check_for_stall)

    async def _dispatch_next(self) -> None:
        """Hand out waiting events until one of them has to finish before the next."""
        while self._waiting and not self._is_busy and self.is_running:
            self._handed_out_at = self._last_progress = monotonic()
            if not self._is_ready():
                self._is_busy = True
                self._current_turn += 1
                self._finish_turn(self._current_turn)
                return
            event, target = self._waiting.popleft(), self.focused or self.screen
            is_text = isinstance(event, events.Paste) or (
                isinstance(event, events.Key) and event.is_printable
            )
            # Text cannot move the focus, so the next event may join it in the queue of the same widget.
            self._is_busy = not (is_text and getattr(target, "IS_TYPED_INTO", False))
            await super().on_event(event)
            if self._is_busy:
                self._current_turn += 1
                self._after_pending_work(
                    target,
                    partial(self._after_pending_work, target, partial(self._finish_turn, self._current_turn)),
                )

    def _after_pending_work(self, node: DOMNode, then: Callable[[], None]) -> None:
        """Call `then` once `node` and each of its ancestors have handled everything queued so far."""
        self._last_progress = monotonic()
        parent = node.parent
        if not node.call_later(then if parent is None else lambda: self._after_pending_work(parent, then)):
            then()

    def _finish_turn(self, turn: int) -> None:
        """End a turn as soon as the screen in front can take the next event."""
        if turn != self._current_turn:
            return  # a later event has already been handed out
        self._last_progress = monotonic()
        if not self._is_ready() and self._last_progress - self._handed_out_at < READY_TIMEOUT:
            self.set_timer(POLL_INTERVAL, partial(self._finish_turn, turn))
            return
        self._pending_results = [screen for screen in self._pending_results if screen in self.screen_stack]
        self._ready_screens.update(self.screen_stack[-1:])
        self._is_busy = False
        if self._waiting:
            self.call_later(self._dispatch_next)

    def _is_ready(self) -> bool:
        """Whether all results are delivered and the screen in front has settled its focus."""
        stack = self.screen_stack
        if not stack or any(screen not in stack for screen in self._pending_results):
            return not stack
        front = stack[-1]
        if front in self._ready_screens:
            return True
        return front.is_mounted and (front.focused is not None or not front.focus_chain)

    def push_screen(  # type: ignore[override]  # Textual declares overloads of the same shape
        self, screen: Any, callback: Callable[[Any], Any] | None = None, **options: Any
    ) -> Any:
        """Push a screen as Textual does; keys wait until its result has been delivered."""
        if callback is None or isinstance(screen, str):
            return super().push_screen(screen, callback, **options)

        def deliver(result: Any) -> Any:
            if screen in self._pending_results:
                self._pending_results.remove(screen)
            return callback(result)

        self._pending_results.append(screen)
        return super().push_screen(screen, deliver, **options)
