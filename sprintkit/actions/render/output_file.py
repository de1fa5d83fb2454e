"""Writing a rendered document to a file that the user names."""

from __future__ import annotations

import os
from pathlib import Path

from sprintkit.errors import InputError, Problem, WriteError


def refuse_existing(*paths: Path) -> None:
    """Raises InputError for paths that exist."""
    existing = [path for path in paths if os.path.lexists(path)]
    if existing:
        raise InputError.from_problems(
            Problem(
                "exists", "exists already", str(path), "Use --force to overwrite it, or -o for another name."
            )
            for path in existing
        )


def refuse_workspace_files(root: str, path: Path) -> None:
    """Raises InputError for an output among the files that the workspace at `root` keeps for itself."""
    try:
        full_path = Path(os.path.realpath(path))
    except ValueError:
        raise InputError(
            "this is not a valid file name", code="bad_name", path=str(path), hint="Name another one with -o."
        ) from None
    own_folders = (Path(os.path.realpath(root), name) for name in ("templates", ".sprintkit"))
    if full_path.suffix == ".toml" or any(full_path.is_relative_to(folder) for folder in own_folders):
        raise InputError(
            "the workspace keeps its own files here",
            code="own_file",
            path=str(path),
            hint="Name another place with -o.",
        )


def write(path: Path, body: bytes, *, force: bool) -> None:
    """Write an output completely or not at all. Raises WriteError."""
    from sprintkit.store import atomic  # a document that goes to stdout does without

    try:
        if path.exists() and not path.is_file():
            raise WriteError(
                "is a folder or a device, not a file",
                code="not_a_file",
                path=str(path),
                hint="Name another place with -o; - is stdout.",
            )
        mode = path.stat().st_mode if force and path.exists() else None
        if mode is not None and not mode & 0o222:
            raise WriteError("the file is read-only", code="read_only", path=str(path))
        atomic.make_folders(str(path.parent.resolve()))
        target = path.resolve() if path.exists() else path.absolute()
        atomic.replace_file(str(target), body, mode, lambda: None)
    except OSError as error:
        from sprintkit.store.save import HINT_BY_ERRNO  # large, and rarely needed

        raise WriteError(
            f"could not be written: {error.strerror or error}",
            code="not_written",
            path=str(path),
            hint=HINT_BY_ERRNO.get(error.errno or 0, "Name another place with -o."),
        ) from None
