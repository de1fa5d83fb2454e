"""A one-line input that nobody in the room can read while it is typed."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.widgets import Input

from sprintkit.tui.widgets.key_passthrough import trigger_bindings


class MaskedInput(Input, inherit_bindings=False):
    """Shows a dot for every character. Keys that type nothing trigger the bindings of the screen."""

    # Enter belongs to the screen, as in every one-line field.
    BINDINGS: ClassVar[list[BindingType]] = [
        binding for binding in Input.BINDINGS if not (isinstance(binding, Binding) and binding.key == "enter")
    ]
    IS_TYPED_INTO = True

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(password=True, compact=True, placeholder="hidden while typed", id=id)

    async def _on_key(self, event: events.Key) -> None:
        if not event.is_printable:
            await trigger_bindings(self, event)
        else:
            await super()._on_key(event)
