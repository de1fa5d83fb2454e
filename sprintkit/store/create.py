"""Creates a new workspace."""

from __future__ import annotations

import os

from sprintkit.errors import InputError, WriteError
from sprintkit.store import atomic, files, save
from sprintkit.store.workspace import SPRINTS_FOLDER, Workspace

GIT_LINES = (
    (".gitattributes", "*.toml text eol=lf"),
    (".gitignore", ".sprintkit/"),
    (".gitignore", "data/"),
)
"""Lines that Git needs: line ends are the same everywhere; locks, form drafts and extracts are not versioned."""


def create_workspace(folder: str | os.PathLike[str]) -> tuple[Workspace, list[str]]:
    """Makes `folder` a workspace; returns it with the names of what was written. Existing files are kept.

    A line missing in `.gitattributes` or `.gitignore` is added at its end. Raises WriteError.
    """
    given = os.fspath(folder)
    written = []
    try:
        root = os.path.realpath(given)
        sprints = os.path.join(root, SPRINTS_FOLDER)
        files.resolve_inside(root, SPRINTS_FOLDER)
        if not os.path.isdir(sprints):
            atomic.make_folders(sprints)
            written.append(f"{SPRINTS_FOLDER}/")
    except InputError as error:
        raise WriteError.from_problems(error.problems) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "this is not a valid folder name"
        raise WriteError(
            f"{given} could not be made a workspace: {reason}",
            code="not_written",
            path=given,
            hint="Name a folder that you may write in.",
        ) from None
    for name, line in GIT_LINES:

        def add_line(current: bytes | None, line: str = line) -> bytes:
            text = current or b""
            if line.encode() in map(bytes.strip, text.splitlines()):
                return text
            return text + (b"\n" if text and not text.endswith(b"\n") else b"") + line.encode() + b"\n"

        if (
            save.update_bytes(root, name, add_line, expected=save.ANY_VERSION).was_written
            and name not in written
        ):
            written.append(name)
    return Workspace(root), written
