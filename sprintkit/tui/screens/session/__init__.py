"""The scoping session: the screen, its parts, and what it opens."""

from __future__ import annotations

import time

from textual.screen import Screen

from ....actions.desk import Desk
from ....actions.session.disk import check_can_begin, open_sprint
from ....actions.session.session import Session
from .begin import BeginScreen
from .screen import SessionScreen


def session_screen(
    desk: Desk, slug: str | None, *, full: bool = False, like: str | None = None
) -> Screen[None]:
    """The screen that scopes a sprint: the session of one that is there, else the question what it is called.

    `like` is the sprint whose people, sources and tools are taken over. Raises Refused for a signed sprint,
    Unusable for one that cannot be read or a name that no folder can have.
    """
    check_can_begin(desk, slug, like)
    if slug is None or slug not in desk.workspace.slugs():
        return BeginScreen(slug=slug, full=full, like=like)
    session = Session(desk, open_sprint(desk, slug), time.monotonic)
    if full:
        session.deepen()
    if like:
        session.take_over(like)
    return SessionScreen(session)


__all__ = ["BeginScreen", "SessionScreen", "session_screen"]
