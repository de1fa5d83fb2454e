"""Turns a folder into a workspace."""

from __future__ import annotations

import os
from datetime import date
from typing import TypedDict

from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.result import Result
from sprintkit.actions.save_document import ensure_schemas
from sprintkit.store import create


class InitData(TypedDict):
    """The `data` of `init`."""

    path: str
    """Absolute path of the workspace."""
    written: list[str]
    """The files that were written, relative to the workspace."""


def create_workspace(folder: str | os.PathLike[str], today: date) -> Result[InitData]:
    """Turn `folder` into a workspace; existing files stay as they are. Raises WriteError."""
    workspace, written = create.create_workspace(folder)
    ensure_schemas(WorkspaceContext(workspace, today))
    return Result({"path": workspace.root, "written": written})
