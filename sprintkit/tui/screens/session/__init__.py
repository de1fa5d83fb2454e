"""The scoping session: its screen, the parts of the screen, and the dialogs it opens.

Dialogs and screens that only some sessions open are imported when they open: importing them costs start-up time.
"""

from __future__ import annotations

import time

from textual.screen import Screen

from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.session.analysis import section_of
from sprintkit.actions.session.autosave import check_can_begin, open_sprint
from sprintkit.actions.session.outline import spot_at
from sprintkit.actions.session.session import Session
from sprintkit.tui.screens.session.new_sprint import NewSprintScreen
from sprintkit.tui.screens.session.screen import SessionScreen


def build_session_screen(
    context: WorkspaceContext,
    slug: str | None,
    *,
    full: bool = False,
    like: str | None = None,
    at: str | None = None,
) -> Screen[None]:
    """Build the screen that scopes a sprint: the session of an existing sprint, else the question for a new title.

    `full` asks every question, not only the core. `like` is the sprint to copy people, sources and tools from. `at` is
    the path of the question on which the cursor starts.

    Raises RefusedError for a signed sprint, and InputError for an unreadable sprint or a `slug` that cannot name a
    folder.
    """
    check_can_begin(context, slug, like)
    if slug is None or context.workspace.find_sprint(slug) is None:
        return NewSprintScreen(slug=slug, full=full, like=like)
    session = Session(context, open_sprint(context, slug), time.monotonic)
    if full:
        session.ask_in_full()
    if like:
        session.copy_from(like)
    if at:
        spot = spot_at(session.analysis, at)
        session.remember_cursor(section_of(at).key, f"{spot.kind}:{spot.path}")
    return SessionScreen(session)


__all__ = ["NewSprintScreen", "SessionScreen", "build_session_screen"]
