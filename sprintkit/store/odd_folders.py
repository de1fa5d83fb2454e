"""Finds folders in `sprints/` that are not sprints, and folders that other systems would merge. Changes nothing."""

from __future__ import annotations

import os
from typing import NamedTuple

from sprintkit.store.sprint_folder import CHARTER_NAME, likely_charter
from sprintkit.store.workspace import SPRINTS_FOLDER, Workspace
from sprintkit.text.composing import compose_and_fold

_MAX_DEPTH = 3
_MAX_FOLDERS = 300
"""Most folders searched for a charter below each of them."""


class SkippedFolder(NamedTuple):
    """A folder in `sprints/` that is not a sprint."""

    path: str
    charter_path: str | None
    """A charter further down in it, or a file that nearly has its name; None if there is none."""


def skipped_folders(workspace: Workspace) -> list[SkippedFolder]:
    """The folders that are not sprints, sorted. Raises InputError if `sprints/` cannot be listed."""
    names = (name for name in workspace.folder_names() if not workspace.is_sprint(name))
    return [SkippedFolder(f"{SPRINTS_FOLDER}/{name}", _find_charter(workspace, name)) for name in names]


def merging_folders(workspace: Workspace) -> list[tuple[str, ...]]:
    """Groups of folders in `sprints/` whose names are the same for macOS or Windows, sorted. Raises InputError likewise."""
    groups: dict[str, list[str]] = {}
    for name in workspace.folder_names():
        groups.setdefault(compose_and_fold(name), []).append(name)
    return [tuple(group) for group in groups.values() if len(group) > 1]


def _find_charter(workspace: Workspace, name: str) -> str | None:
    folders, visited = [f"{SPRINTS_FOLDER}/{name}"], 0
    while folders and visited < _MAX_FOLDERS:
        folder = folders.pop(0)
        visited += 1
        try:
            with os.scandir(workspace.absolute_path(folder)) as entries:
                files: list[str] = []
                inner_folders: list[str] = []
                for entry in entries:
                    is_folder = entry.is_dir(follow_symlinks=False)
                    (inner_folders if is_folder else files).append(entry.name)
        except OSError:
            continue
        charter = CHARTER_NAME if CHARTER_NAME in files else likely_charter(files)
        if charter is not None:
            return f"{folder}/{charter}"
        if folder.count("/") < _MAX_DEPTH + 1:
            folders += (f"{folder}/{inner}" for inner in sorted(inner_folders))
    return None
