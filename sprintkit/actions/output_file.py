"""Writes an output, such as a rendered document, to a file that the user names."""

from __future__ import annotations

import os
from pathlib import Path

from sprintkit.errors import InputError, Problem, WriteError
from sprintkit.store.workspace import PRIVATE_FOLDER, TEMPLATES_FOLDER


def refuse_existing(*paths: Path) -> None:
    """Raise InputError for paths that exist."""
    existing = [path for path in paths if os.path.lexists(path)]
    if existing:
        raise InputError.from_problems(
            Problem(
                "exists", "exists already", str(path), "Use --force to overwrite it, or -o for another name."
            )
            for path in existing
        )


def refuse_guarded_places(root: str, *paths: Path) -> None:
    """Raise InputError if an output is in a place that the workspace at `root` reserves for its own files.

    Raises WriteError if a link or a device is in the way, or an output is in `.git`.
    """
    from sprintkit.store.output_path import resolve_output  # not needed for a document that goes to stdout

    own_folders = [Path(os.path.realpath(root), name) for name in (TEMPLATES_FOLDER, PRIVATE_FOLDER)]
    for path in paths:
        try:
            full_path = resolve_output(root, path)
        except ValueError:
            raise InputError(
                "this is not a valid file name",
                code="bad_name",
                path=str(path),
                hint="Name another one with -o.",
            ) from None
        except OSError as error:
            raise not_written_error(path, error) from None
        if full_path.suffix == ".toml" or any(full_path.is_relative_to(folder) for folder in own_folders):
            raise InputError(
                "the workspace keeps its own files here",
                code="own_file",
                path=str(path),
                hint="Name another place with -o.",
            )


def write(root: str, path: Path, body: bytes, *, mode: int | None = None) -> None:
    """Write an output completely or not at all, replacing a file of this name. Raises WriteError.

    It gets the permissions `mode`, by default those of the file it replaces, or else the user's default.
    """
    from sprintkit.store import atomic
    from sprintkit.store.output_path import resolve_output

    try:
        target = resolve_output(root, path)
        old_mode = target.stat().st_mode if target.exists() else None
        if old_mode is not None and not old_mode & 0o222:
            raise WriteError("the file is read-only", code="read_only", path=str(path))
        atomic.make_folders(str(target.parent))
        atomic.replace_file(str(target), body, old_mode if mode is None else mode, lambda: None)
    except OSError as error:
        raise not_written_error(path, error) from None


def relative_path(root: str, path: Path) -> str:
    """The path of an output for reports: relative to the workspace at `root` if it is inside it, else absolute."""
    full_path = Path(os.path.realpath(path))
    return full_path.relative_to(root).as_posix() if full_path.is_relative_to(root) else str(full_path)


def not_written_error(path: Path, error: OSError) -> WriteError:
    """The WriteError for an output that the operating system refused to write."""
    from sprintkit.store.save import HINT_BY_ERRNO  # large, and rarely needed

    return WriteError(
        f"could not be written: {error.strerror or error}",
        code="not_written",
        path=str(path),
        hint=HINT_BY_ERRNO.get(error.errno or 0, "Name another place with -o."),
    )
