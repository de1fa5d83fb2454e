"""Builds screens by name. A screen's module is imported only when the screen is first opened."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from textual.screen import Screen

if TYPE_CHECKING:
    from sprintkit.actions.context import WorkspaceContext

_BUILDERS: Final = {
    "amend": "form.build_screen:build_amendment_screen",
    "changes": "changes:ChangesScreen",
    "checkin": "form.build_screen:build_checkin_screen",
    "close": "form.build_screen:build_closing_screen",
    "correct": "form.build_screen:build_weeks_screen",
    "documents": "documents:DocumentsScreen",
    "readiness": "readiness.screen:ReadinessScreen",
    "review": "form.build_screen:build_review_screen",
    "session": "session:build_session_screen",
    "sign": "sign.screen:SignScreen",
    "sprint": "sprint:SprintScreen",
    "value": "value:ValueScreen",
}
"""By screen name, what builds it from a workspace and a slug: `module:name` in this package."""
WITHOUT_WORKSPACE: Final = ("value",)
"""Screens that also open without a workspace; their `context` is None then."""


def build_screen(
    name: str, context: WorkspaceContext | None, slug: str | None, options: Mapping[str, Any]
) -> Screen[Any]:
    """Return a new screen of that name; `options` are keyword arguments of its builder.

    Only `session`, `readiness` and `value` take a slug of None. Raises SprintkitError if the builder does.
    """
    module, _, builder = _BUILDERS[name].partition(":")
    screen: Screen[Any] = getattr(import_module(f"{__package__}.{module}"), builder)(context, slug, **options)
    return screen
