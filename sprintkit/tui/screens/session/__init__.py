"""The scoping session: the screen, its parts, and what it opens."""

from __future__ import annotations

import time

from textual.screen import Screen

from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.session.autosave import check_can_begin, open_sprint
from sprintkit.actions.session.session import Session
from sprintkit.tui.screens.session.new_sprint import NewSprintScreen
from sprintkit.tui.screens.session.screen import SessionScreen


def build_session_screen(
    desk: WorkspaceContext, slug: str | None, *, full: bool = False, like: str | None = None
) -> Screen[None]:
    """The screen that scopes a sprint: the session of one that is there, else the question what it is called.

    `like` is the sprint whose people, sources and tools are taken over. Raises RefusedError for a signed sprint,
    InputError for one that cannot be read or a name that no folder can have.
    """
    check_can_begin(desk, slug, like)
    if slug is None or slug not in desk.workspace.slugs():
        return NewSprintScreen(slug=slug, full=full, like=like)
    session = Session(desk, open_sprint(desk, slug), time.monotonic)
    if full:
        session.deepen()
    if like:
        session.take_over(like)
    return SessionScreen(session)


__all__ = ["NewSprintScreen", "SessionScreen", "build_session_screen"]
