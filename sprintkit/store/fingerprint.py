"""Whether files changed underneath: one number for everything that a screen shows."""

from __future__ import annotations

import os

from sprintkit.store.workspace import SETTINGS_FILE, SPRINTS_FOLDER, Workspace

_DEPTH = 3
"""Folders below a sprint's that hold records."""


def workspace_fingerprint(workspace: Workspace, slug: str | None = None) -> int:
    """A number that is another one once a file of a sprint (all sprints) or the settings came, went or changed.

    It goes by time and size, which Git and editors change; nothing is read. What may not be looked at counts as
    not there.
    """
    root = workspace.root
    base = os.path.join(root, SPRINTS_FOLDER)
    found: list[object] = [_stamp(os.path.join(root, SETTINGS_FILE))]
    _walk(base if slug is None else os.path.join(base, slug), found, _DEPTH)
    return hash(tuple(found))


def _walk(folder: str, found: list[object], depth: int) -> None:
    try:
        with os.scandir(folder) as entries:
            for entry in sorted(entries, key=lambda one: one.name):
                if entry.name[0] == ".":
                    continue
                if entry.name.endswith(".toml"):
                    status = entry.stat()
                    found += (entry.path, status.st_mtime_ns, status.st_size)
                elif depth and entry.is_dir():
                    found.append(entry.path)
                    _walk(entry.path, found, depth - 1)
    except OSError:
        found.append(None)


def _stamp(path: str) -> tuple[int, int] | None:
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size
