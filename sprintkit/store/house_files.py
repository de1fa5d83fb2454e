"""The files by which a house adapts sprintkit: settings, templates, and whose signatures count."""

from __future__ import annotations

import os

from sprintkit.errors import InputError, Problem
from sprintkit.store import files
from sprintkit.store.files import LoadedFile
from sprintkit.store.workspace import SETTINGS_FILE, TEMPLATES_FOLDER, Workspace

MAX_TEMPLATE_BYTES = 1024 * 1024
"""Of one template, picture or font."""
MAX_TEMPLATES = 200
MAX_TEMPLATE_DEPTH = 4
"""Levels of names below `templates/`."""


def load_settings(workspace: Workspace) -> LoadedFile | None:
    """The document of `sprintkit.toml`, its values unchecked; None if there is none. Raises InputError."""
    return files.load_file_if_exists(workspace.root, SETTINGS_FILE)


def load_signing_file(workspace: Workspace, path: str) -> bytes | None:
    """The bytes of a file that says whose keys count; None if there is none. Raises InputError.

    A relative path is one of the workspace. It may lie elsewhere, by an absolute path or one that begins with `~`, so
    that not everybody who can change a charter can change it too.
    """
    full_path = os.path.expanduser(path)
    if os.path.isabs(full_path):
        return files.read_bytes_if_exists(None, full_path)
    return files.read_bytes_if_exists(workspace.root, path)


def load_templates(workspace: Workspace) -> dict[str, bytes]:
    """The workspace's own templates: their bytes by name relative to `templates/`, with `/` between the parts.

    They are read here and completely, so that the code that renders them needs no access to the disk. Raises
    InputError with all problems at once: a link that leaves the folder, too large, too many, too deep, unreadable.
    """
    templates: dict[str, bytes] = {}
    problems: list[Problem] = []
    root = os.path.join(workspace.root, TEMPLATES_FOLDER)
    if os.path.islink(root):
        files.resolve_inside(workspace.root, TEMPLATES_FOLDER)
        raise InputError(
            "template folders may not be links",
            code="link",
            path=TEMPLATES_FOLDER,
            hint="Put the folder itself there.",
        )
    folders = [""]
    while folders:
        folder = folders.pop()
        for entry in _list_folder(root, folder, problems):
            name = f"{folder}/{entry}" if folder else entry
            path = f"{TEMPLATES_FOLDER}/{name}"
            try:
                if os.path.isdir(files.resolve_inside(root, name)):
                    _validate_folder(root, name)
                    folders.append(name)
                else:
                    templates[name] = files.read_bytes(root, name, MAX_TEMPLATE_BYTES)
            except InputError as error:
                problems += (problem._replace(path=path) for problem in error.problems)
            except ValueError:
                problems.append(Problem("bad_name", "this is not a valid file name", path))
            if len(templates) > MAX_TEMPLATES:
                raise InputError.from_problems([*problems, _too_many_templates(path)])
    if problems:
        raise InputError.from_problems(problems)
    return dict(sorted(templates.items()))


def _list_folder(root: str, folder: str, problems: list[Problem]) -> list[str]:
    """The names in a folder of templates, sorted, without hidden ones; adds to `problems` if it is unreadable."""
    try:
        return sorted(name for name in os.listdir(os.path.join(root, folder)) if name[0] != ".")
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        problems += files.unreadable_error(f"{TEMPLATES_FOLDER}/{folder}".rstrip("/"), error).problems
        return []


def _validate_folder(root: str, name: str) -> None:
    if os.path.islink(os.path.join(root, name)) or name.count("/") + 1 >= MAX_TEMPLATE_DEPTH:
        raise InputError(
            f"template folders may be nested {MAX_TEMPLATE_DEPTH - 1} deep and may not be links",
            code="too_deep",
            hint="Put the folder itself there, or move its files further up.",
        )


def _too_many_templates(path: str) -> Problem:
    message = f"more than {MAX_TEMPLATES} templates"
    return Problem("too_many", message, path, "Move files that are not templates elsewhere.")
