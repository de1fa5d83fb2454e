"""Noticing that files changed underneath, by Git, an editor or another sprintkit."""

from __future__ import annotations

from sprintkit.store import fingerprint

TYPE_CHECKING = False
if TYPE_CHECKING:
    from sprintkit.actions.context import WorkspaceContext


def workspace_fingerprint(desk: WorkspaceContext) -> int:
    """A number for the workspace's files as they are; it is another one once something changed. Reads no file."""
    return fingerprint.workspace_fingerprint(desk.workspace)
