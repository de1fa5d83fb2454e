"""Keys in the order they were pressed, however fast somebody types.

Textual gives a key to the widget in focus and looks for its binding only when it has bubbled up to the app; keys
pressed meanwhile overtake it, and land in a field that was just left. Here the binding is obeyed at once.
"""

from __future__ import annotations

from textual import events
from textual.widget import Widget


async def obey(widget: Widget, event: events.Key) -> None:
    """Does what a key is bound to, now; a key that nothing is bound to is gone."""
    event.stop()
    event.prevent_default()
    if not pass_on(widget, event):
        # The same look-up that the app makes for a key that has bubbled up to it.
        await widget.app._check_bindings(event.key)


def pass_on(widget: Widget, event: events.Key) -> bool:
    """Gives a key that was meant for whatever has the focus by now to that; tells whether it did."""
    focused = widget.screen.focused
    if focused is None or focused is widget or not widget.screen.is_current:
        return False
    event.stop()
    focused.post_message(events.Key(event.key, event.character))
    return True
