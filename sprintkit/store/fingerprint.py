"""A fingerprint of a workspace's files, by which a screen notices that others changed them."""

from __future__ import annotations

import os

from sprintkit.store.workspace import SETTINGS_FILE, SPRINTS_FOLDER, Workspace, leads_out

_MAX_DEPTH = 3
"""Levels of folders below a sprint's that may hold records."""


def workspace_fingerprint(workspace: Workspace, slug: str | None = None) -> int:
    """A number that changes whenever a sprint file or the settings file is added, removed or modified.

    With `slug`, only that sprint's files count. Compares times and sizes, which Git and editors change, and reads no
    file. What cannot be accessed counts as missing.
    """
    root = workspace.root
    folder = os.path.join(root, SPRINTS_FOLDER)
    parts: list[object] = [_time_and_size(os.path.join(root, SETTINGS_FILE))]
    if not leads_out(root, SPRINTS_FOLDER):
        _collect(root, folder if slug is None else os.path.join(folder, slug), parts, _MAX_DEPTH)
    return hash(tuple(parts))


def _collect(root: str, folder: str, parts: list[object], depth_left: int) -> None:
    if leads_out(root, folder):
        parts.append(None)
        return
    try:
        with os.scandir(folder) as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                if entry.name[0] == ".":
                    continue
                if entry.name.endswith(".toml"):
                    parts += (entry.path, _time_and_size(entry.path))
                elif depth_left and os.path.isdir(entry.path):
                    parts.append(entry.path)
                    _collect(root, entry.path, parts, depth_left - 1)
    except OSError:
        parts.append(None)


def _time_and_size(path: str) -> tuple[int, int] | None:
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size
