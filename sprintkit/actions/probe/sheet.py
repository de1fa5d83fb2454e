"""Decides where the sheet of random rows for two people is written: never into a workspace."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from sprintkit.actions import output_file
from sprintkit.actions.context import WorkspaceContext
from sprintkit.charter.model.data import DataRequirement
from sprintkit.errors import InputError
from sprintkit.store.output_path import resolve_output
from sprintkit.store.workspace import safe_slug, workspace_around


class SheetRequest(NamedTuple):
    """A request for a sheet."""

    rows: int
    path: str | None
    """The file to write; None means a new file in the current folder."""
    force: bool
    """Whether it may replace an existing file."""


def find_sheet_path(
    context: WorkspaceContext, slug: str, requirement: DataRequirement, request: SheetRequest
) -> Path:
    """The absolute path of the sheet.

    Raises InputError if the file exists or is inside a workspace, whose files are shared; WriteError if a link or a
    folder is in its place.
    """
    name = f"{slug}-{safe_slug(requirement.name or '', 'source')}-sheet.csv"
    path = Path(request.path or name)
    output_file.refuse_guarded_places(context.root, path)
    full_path = resolve_output(context.root, path)
    workspace = workspace_around(str(full_path))
    if workspace is not None:
        raise InputError(
            f"the sheet holds rows of the extract, and this place is in the workspace {workspace}",
            code="inside_workspace",
            path=str(path),
            hint="Name a file outside of every workspace: -o FILE.",
        )
    if not request.force:
        output_file.refuse_existing(path)
    return full_path
