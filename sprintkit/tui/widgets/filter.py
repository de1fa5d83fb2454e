"""The field that filters the sprints on the home screen as you type."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.widgets import Input

from sprintkit.tui import key_bindings
from sprintkit.tui.widgets.sprint_list import SprintList


class Filter(Input):
    """Narrows the list with every key. The arrow keys move its cursor from here; Enter goes to it."""

    IS_TYPED_INTO = True

    DEFAULT_CSS = "Filter { height: 1; padding: 0 2 !important; background: $panel; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        ("down", "move(1)", ""),
        ("up", "move(-1)", ""),
        *key_bindings.bindings_for("filter"),
    ]

    def __init__(self, *, id: str) -> None:
        super().__init__(
            placeholder="Filter by title, owner, state, health or next milestone", id=id, compact=True
        )

    def action_move(self, steps: int) -> None:
        self.screen.query_one(SprintList).action_move(steps)

    @on(Input.Changed)
    def filter_rows(self, event: Input.Changed) -> None:
        """Show only the sprints that contain the typed words."""
        event.stop()
        self.screen.filter_rows(event.value)  # type: ignore[attr-defined]
