"""Resolves names given on the command line: sprints, files of sprints, and files anywhere."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import NamedTuple

from sprintkit.store.workspace import SPRINTS_FOLDER, Workspace


class Target(NamedTuple):
    """What a name refers to."""

    path: str | None
    """The file, relative to the workspace; None for a whole sprint and for a file outside the workspace."""
    slug: str | None
    """The sprint itself, or the one that the file belongs to; None if neither."""
    is_charter: bool
    """Whether the file is read as a charter on its own; sprints and records need the files next to them."""


class TargetResolver:
    """Resolves names in a workspace.

    Raises InputError, suggesting the closest sprint, if one of `names` is neither a sprint nor a file.
    """

    def __init__(self, workspace: Workspace, names: Sequence[str]) -> None:
        self._workspace = workspace
        self._slugs = frozenset(workspace.slugs())
        self._real_folders: dict[str, str] = {}
        for name in names:
            if name not in self._slugs and not is_file_argument(name):
                workspace.require_sprint(name)

    def resolve(self, name: str) -> Target:
        """What a name refers to."""
        if name in self._slugs:
            return Target(None, name, False)
        path = self._path_in_workspace(name)
        parts = [] if path is None else path.split("/")
        if len(parts) < 3 or parts[0] != SPRINTS_FOLDER or parts[1] not in self._slugs:
            return Target(path, None, True)
        slug = parts[1]
        is_charter = path in (self._workspace.charter_path(slug), self._workspace.draft_path(slug))
        return Target(path, slug, is_charter)

    def _path_in_workspace(self, name: str) -> str | None:
        """The path relative to the workspace, with every link followed; None if it lies outside."""
        try:
            real_path = os.path.realpath(name) if os.path.islink(name) else self._real_path(name)
        except (OSError, ValueError):
            return None
        prefix = os.path.join(self._workspace.root, "")
        return real_path.removeprefix(prefix).replace(os.sep, "/") if real_path.startswith(prefix) else None

    def _real_path(self, name: str) -> str:
        """The real path of `name`, which is not a link itself. Links above it are resolved once for each folder."""
        folder, last = os.path.split(name)
        if last in ("", ".", ".."):
            return os.path.realpath(name)
        if folder not in self._real_folders:
            self._real_folders[folder] = os.path.realpath(folder)
        return os.path.join(self._real_folders[folder], last)


def is_file_argument(name: str) -> bool:
    """Whether `name` names an existing file or can only be meant to."""
    try:
        return "/" in name or name.endswith(".toml") or os.path.exists(name)
    except (OSError, ValueError):
        return True
