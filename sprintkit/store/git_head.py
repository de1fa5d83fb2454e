"""Reads which branch of Git is checked out from Git's own files, without running Git."""

from __future__ import annotations

import os

from sprintkit.errors import InputError
from sprintkit.store import files

_MAX_BYTES = 4096
_MAX_LEVELS = 40
"""Most folders, going up from the workspace, that are searched for a repository."""


def read_branch(root: str) -> str | None:
    """The name of the checked-out branch, or 12 digits of the commit if there is none; None outside of Git."""
    folder = os.path.realpath(root)
    for _ in range(_MAX_LEVELS):
        entry = os.path.join(folder, ".git")
        if os.path.lexists(entry):
            return _read_head(entry)
        parent = os.path.dirname(folder)
        if parent == folder:
            break
        folder = parent
    return None


def _read_head(entry: str) -> str | None:
    git_folder = entry
    if not os.path.isdir(entry):  # a worktree or a submodule names its folder in a file
        text = _read_line(entry)
        if text is None or not text.startswith("gitdir:"):
            return None
        git_folder = os.path.join(os.path.dirname(entry), text.removeprefix("gitdir:").strip())
    head = _read_line(os.path.join(git_folder, "HEAD"))
    if not head:
        return None
    if head.startswith("ref:"):
        return head.removeprefix("ref:").strip().removeprefix("refs/heads/")
    return head[:12]


def _read_line(path: str) -> str | None:
    try:
        return files.read_bytes(None, path, _MAX_BYTES).decode("utf-8", "replace").partition("\n")[0]
    except InputError:
        return None
