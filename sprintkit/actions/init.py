"""A new workspace."""

from __future__ import annotations

import os
from datetime import date

from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.result import Result
from sprintkit.actions.save_record import ensure_schemas
from sprintkit.store import create


def init(folder: str | os.PathLike[str], today: date) -> Result:
    """Make `folder` a workspace; what is there already stays as it is. Raises WriteError."""
    workspace, made = create.init(folder)
    ensure_schemas(WorkspaceContext(workspace, today))
    return Result("init", {"path": workspace.root, "written": made})
