"""Keys that a widget has no use for, obeyed where they are pressed."""

from __future__ import annotations

from textual import events
from textual.widget import Widget


async def trigger_bindings(widget: Widget, event: events.Key) -> None:
    """Does what a key is bound to, now and here; a key that nothing is bound to is gone."""
    event.stop()
    event.prevent_default()
    # The same look-up that the app makes for a key that has bubbled up to it.
    await widget.app._check_bindings(event.key)
