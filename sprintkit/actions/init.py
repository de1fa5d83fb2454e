"""A new workspace."""

from __future__ import annotations

import os
from datetime import date

from ..store import beginning
from .desk import Desk
from .result import Result
from .writing import keep_schemas


def init(folder: str | os.PathLike[str], today: date) -> Result:
    """Make `folder` a workspace; what is there already stays as it is. Raises NotWritten."""
    workspace, made = beginning.init(folder)
    keep_schemas(Desk(workspace, today))
    return Result("init", {"path": workspace.root, "written": made})
