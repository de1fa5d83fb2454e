"""Noticing that files changed underneath, by Git, an editor or another sprintkit."""

from __future__ import annotations

from ..store import watching

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .desk import Desk


def mark(desk: Desk) -> int:
    """A number for the workspace's files as they are; it is another one once something changed. Reads no file."""
    return watching.mark(desk.workspace)
