"""Decides where an output may be written: never through a link of the workspace, never into a repository's `.git`."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from sprintkit.errors import WriteError

_MAX_LINKS = 40
"""Most links followed on the way to one output."""
_INVISIBLE = dict.fromkeys(
    map(ord, "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff")
)
"""Characters that macOS ignores in names."""


def resolve_output(root: str, path: Path) -> Path:
    """The absolute path of the output `path`, free of links, for the user of the workspace at `root`.

    A link to a folder is followed only outside of the workspace and the repository around it, because a link inside may
    come from whoever made those. Raises WriteError for any other link, for a path into `.git`, and for anything but a
    file in the place of the output; OSError if the current folder is gone, ValueError for an invalid name.
    """
    guarded = _repository_around(os.path.realpath(root))
    given = path.parts
    current, remaining, links = (
        Path.cwd(),
        [(part, given[: index + 1]) for index, part in enumerate(given)],
        0,
    )
    while remaining:
        part, given_part = remaining.pop(0)
        shown = str(Path(*given_part))
        if part == os.pardir:
            current = current.parent
            continue
        if _is_git_name(part):
            raise _git_folder_error(shown)
        candidate = current / part  # an absolute part, the first one, replaces what is before it
        if not candidate.is_symlink():
            current = candidate
            continue
        links += 1
        if not remaining or candidate.is_relative_to(guarded) or links > _MAX_LINKS:
            raise link_error(shown, "Remove the link, or name the place that it leads to.")
        remaining[:0] = [(target_part, given_part) for target_part in Path(os.readlink(candidate)).parts]
    if os.path.lexists(current) and not stat.S_ISREG(os.lstat(current).st_mode):
        raise WriteError(
            "is a folder or a device, not a file",
            code="not_a_file",
            path=str(path),
            hint="Name another place with -o; - is stdout.",
        )
    return current


def refuse_git_folder(root: str, full_path: str, path: str) -> None:
    """Raises WriteError if `full_path`, which is `path` with every link followed, lies in `.git` below `root`."""
    if any(map(_is_git_name, os.path.relpath(full_path, root).split(os.sep))):
        raise _git_folder_error(path)


def link_error(path: str, hint: str) -> WriteError:
    """The error for a link in the place of a file or folder that would be written."""
    return WriteError("is a link; nothing is written through it", code="link", path=path, hint=hint)


def _repository_around(root: str) -> str:
    """The nearest folder, going up from `root`, that is a Git repository; `root` if there is none."""
    folder = root
    while not os.path.lexists(os.path.join(folder, ".git")):
        parent = os.path.dirname(folder)
        if parent == folder:
            return root
        folder = parent
    return folder


def _is_git_name(name: str) -> bool:
    """Whether some system takes a folder of this name for `.git`."""
    return name.translate(_INVISIBLE).casefold().rstrip(". ") in (".git", "git~1")


def _git_folder_error(path: str) -> WriteError:
    return WriteError(
        "Git keeps its own files here", code="git_folder", path=path, hint="Name a place outside of .git."
    )
