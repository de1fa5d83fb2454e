"""Let keys that a widget does not handle trigger the bindings of the screen."""

from __future__ import annotations

from textual import events
from textual.widget import Widget


async def trigger_bindings(widget: Widget, event: events.Key) -> None:
    """Run the action bound to a key at once; drop a key that nothing is bound to."""
    event.stop()
    event.prevent_default()
    # The look-up that the app itself makes for a key that bubbled up to it.
    await widget.app._check_bindings(event.key)
