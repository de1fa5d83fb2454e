"""A new workspace."""

from __future__ import annotations

import os

from sprintkit.errors import WriteError
from sprintkit.store import atomic, save
from sprintkit.store.workspace import SPRINTS_FOLDER, Workspace

GIT_LINES = ((".gitattributes", "*.toml text eol=lf"), (".gitignore", ".sprintkit/"))
"""What Git must know: line ends are the same everywhere, and locks and half-filled forms are nobody's history."""


def create_workspace(folder: str | os.PathLike[str]) -> tuple[Workspace, list[str]]:
    """Makes `folder` a workspace and tells what was written; what is there already stays as it is.

    A line missing in `.gitattributes` or `.gitignore` is added at its end. Raises WriteError.
    """
    given = os.fspath(folder)
    made = []
    try:
        root = os.path.realpath(given)
        sprints = os.path.join(root, SPRINTS_FOLDER)
        if not os.path.isdir(sprints):
            atomic.make_folders(sprints)
            made.append(f"{SPRINTS_FOLDER}/")
    except (OSError, ValueError) as error:
        said = getattr(error, "strerror", None) or "no folder can have this name"
        raise WriteError(
            f"{given} could not be made a workspace: {said}",
            code="not_written",
            path=given,
            hint="Name a folder that you may write in.",
        ) from None
    for name, line in GIT_LINES:

        def with_line(now: bytes | None, line: str = line) -> bytes:
            old = now or b""
            if line.encode() in map(bytes.strip, old.splitlines()):
                return old
            return old + (b"\n" if old and not old.endswith(b"\n") else b"") + line.encode() + b"\n"

        if save.update_bytes(root, name, with_line, expected=save.ANY_VERSION).was_written:
            made.append(name)
    return Workspace(root), made
