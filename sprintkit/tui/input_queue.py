"""Keys and pastes in the order they come, however fast somebody types.

Textual hands a key to the widget in focus and goes on to the next one. One that is pressed while the key before it
still opens a screen or moves the focus would land in what was just left. Here the next one waits for that.
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

LONGEST: Final = 3.0
"""Seconds that a key waits at most for a screen to be ready."""
LOST: Final = 3.0
"""Seconds without a sign of it after which the key before is waited for no longer."""
AGAIN: Final = 0.01
"""Seconds between two looks at whether a screen is ready."""


class SerialInputApp(App[int], inherit_bindings=False):
    """Gives each key and each paste to whatever has the focus once the one before has done its work.

    Text for a widget with IS_TYPED_INTO is passed on at once: it moves nothing.
    """

    def __init__(self) -> None:
        super().__init__()
        self._waiting: deque[events.Event] = deque()
        self._is_busy = False
        self._turn = 0
        """Which of those that may move something was given last."""
        self._given = self._sign = 0.0
        """When the last one was given, and when it was last seen at work."""
        self._watches = False
        """Whether it will be looked whether the last one is still at work."""
        self._seen: WeakSet[Screen[Any]] = WeakSet()
        """Screens that were ready once."""
        self._owed: list[Screen[Any]] = []
        """Screens whose result somebody waits for."""

    @property
    def is_quiet(self) -> bool:
        """Whether every key has done its work."""
        return not self._is_busy and not self._waiting

    async def on_event(self, event: events.Event) -> None:
        if not isinstance(event, events.Key | events.Paste) or event.is_forwarded:
            await super().on_event(event)
        else:
            self._waiting.append(event)
            await self._give_next()
            if self._waiting and not self._watches:
                self._watches = True
                self.set_timer(LOST, self._wait_no_longer)

    async def _wait_no_longer(self) -> None:
        """What the one before was given to may be gone, and never say that it is done."""
        if self._waiting and monotonic() - self._sign >= LOST:
            self._is_busy = False
            await self._give_next()
        self._watches = bool(self._waiting)
        if self._watches:
            self.set_timer(LOST, self._wait_no_longer)

    async def _give_next(self) -> None:
        while self._waiting and not self._is_busy and self.is_running:
            self._given = self._sign = monotonic()
            if not self._is_ready():
                self._is_busy = True
                self._turn += 1
                self._go_on(self._turn)
                return
            event, target = self._waiting.popleft(), self.focused or self.screen
            is_text = isinstance(event, events.Paste) or (
                isinstance(event, events.Key) and event.is_printable
            )
            # Text moves nothing: what comes after it waits behind it where it is typed.
            self._is_busy = not (is_text and getattr(target, "IS_TYPED_INTO", False))
            await super().on_event(event)
            if self._is_busy:
                self._turn += 1
                self._behind(target, partial(self._behind, target, partial(self._go_on, self._turn)))

    def _behind(self, place: DOMNode, then: Callable[[], None]) -> None:
        """Does something once all is done that waits in a place now, and what that sends up from there to the app."""
        self._sign = monotonic()
        above = place.parent
        onward = then if above is None else lambda: self._behind(above, then)
        if not place.call_later(onward):
            then()

    def _go_on(self, turn: int) -> None:
        """Gives the next one, as soon as the screen in front can take it."""
        if turn != self._turn:
            return  # the next one did not wait for it
        self._sign = monotonic()
        if not self._is_ready() and self._sign - self._given < LONGEST:
            self.set_timer(AGAIN, partial(self._go_on, turn))
            return
        self._owed = [one for one in self._owed if one in self.screen_stack]
        self._seen.update(self.screen_stack[-1:])
        self._is_busy = False
        if self._waiting:
            self.call_later(self._give_next)

    def _is_ready(self) -> bool:
        """Whether results were delivered, and the screen in front has found what has the focus there."""
        stack = self.screen_stack
        if not stack or any(one not in stack for one in self._owed):
            return not stack
        front = stack[-1]
        if front in self._seen:
            return True
        return front.is_mounted and (front.focused is not None or not front.focus_chain)

    def push_screen(  # type: ignore[override]  # its overloads say the same
        self, screen: Any, callback: Callable[[Any], Any] | None = None, **options: Any
    ) -> Any:
        """As Textual's; keys wait until the result has been delivered."""
        if callback is None or isinstance(screen, str):
            return super().push_screen(screen, callback, **options)

        def deliver(result: Any) -> Any:
            if screen in self._owed:
                self._owed.remove(screen)
            return callback(result)

        self._owed.append(screen)
        return super().push_screen(screen, deliver, **options)
