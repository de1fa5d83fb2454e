"""What was named on the command line: sprints, files of sprints, and files anywhere."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import NamedTuple

from sprintkit.store.workspace import SPRINTS_FOLDER, Workspace


class Target(NamedTuple):
    """What one name stands for."""

    path: str | None
    """In the workspace; None for what lies outside."""
    slug: str | None
    """The sprint that it is, or is of."""
    is_charter: bool
    """Whether it is read as a charter by itself; sprints and records need what lies beside them."""


class TargetResolver:
    """The names given, in a workspace. Raises InputError for what is neither sprint nor file, naming the nearest one."""

    def __init__(self, workspace: Workspace, names: Sequence[str]) -> None:
        self._workspace = workspace
        self._slugs = frozenset(workspace.slugs())
        self._folders: dict[str, str] = {}
        for name in names:
            if name not in self._slugs and not is_file_argument(name):
                workspace.require_sprint(name)

    def of(self, name: str) -> Target:
        """What a name stands for."""
        if name in self._slugs:
            return Target(None, name, False)
        path = self._inside(name)
        parts = [] if path is None else path.split("/")
        if len(parts) < 3 or parts[0] != SPRINTS_FOLDER or parts[1] not in self._slugs:
            return Target(path, None, True)
        slug = parts[1]
        return Target(path, slug, path in (self._workspace.charter_path(slug), self._workspace.draft_path(slug)))

    def _inside(self, name: str) -> str | None:
        """The path in the workspace, with every link followed; None for what lies outside."""
        try:
            full = os.path.realpath(name) if os.path.islink(name) else self._full(name)
        except (OSError, ValueError):
            return None
        root = os.path.join(self._workspace.root, "")
        return full.removeprefix(root).replace(os.sep, "/") if full.startswith(root) else None

    def _full(self, name: str) -> str:
        """The full name of what is no link; the way to a folder is followed once for all that lie in it."""
        folder, last = os.path.split(name)
        if last in ("", ".", ".."):
            return os.path.realpath(name)
        if folder not in self._folders:
            self._folders[folder] = os.path.realpath(folder)
        return os.path.join(self._folders[folder], last)


def is_file_argument(name: str) -> bool:
    """Whether a name can only be meant as a file, or is one."""
    try:
        return "/" in name or name.endswith(".toml") or os.path.exists(name)
    except (OSError, ValueError):
        return True
