"""What a workspace sets for itself: its settings and its templates."""

from __future__ import annotations

import os

from sprintkit.errors import InputError, Problem
from sprintkit.store import files
from sprintkit.store.files import LoadedFile
from sprintkit.store.workspace import SETTINGS_FILE, TEMPLATES_FOLDER, Workspace

MAX_TEMPLATE = 1024 * 1024
"""Bytes of one template, picture or font."""
MAX_TEMPLATES = 200
MAX_DEPTH = 4
"""Folders in folders under `templates/`."""


def load_settings(workspace: Workspace) -> LoadedFile | None:
    """The document of `sprintkit.toml`; None if there is none. Its values are not looked at. Raises InputError."""
    return files.load_file_if_exists(workspace.root, SETTINGS_FILE)


def load_templates(workspace: Workspace) -> dict[str, bytes]:
    """The workspace's own templates: names relative to `templates/`, `/` between the parts, and their bytes.

    They are read here, and whole, so that whoever renders them needs no way to the disk. Raises InputError with all
    problems at once: a link that leaves the folder, too large, too many, too deep, unreadable.
    """
    found: dict[str, bytes] = {}
    problems: list[Problem] = []
    root = os.path.join(workspace.root, TEMPLATES_FOLDER)
    folders = [""]
    while folders:
        folder = folders.pop()
        for name in _names(root, folder, problems):
            inner = f"{folder}/{name}" if folder else name
            shown = f"{TEMPLATES_FOLDER}/{inner}"
            try:
                full = files.inside(root, inner)
                if os.path.isdir(full):
                    if os.path.islink(os.path.join(root, inner)) or inner.count("/") + 1 >= MAX_DEPTH:
                        raise InputError(
                            f"folders of templates may be {MAX_DEPTH} deep, and no links",
                            code="too_deep",
                            path=shown,
                            hint="Put the folder itself there, or its files further up.",
                        )
                    folders.append(inner)
                elif len(found) >= MAX_TEMPLATES:
                    raise InputError(
                        f"more than {MAX_TEMPLATES} templates",
                        code="too_many",
                        path=TEMPLATES_FOLDER,
                        hint="Move away what is no template.",
                    )
                else:
                    found[inner] = files.read_bytes(root, inner, MAX_TEMPLATE)
            except (InputError, ValueError) as error:
                problems += _told(error, shown)
                if problems[-1].code == "too_many":
                    raise InputError.of(problems) from None
    if problems:
        raise InputError.of(problems)
    return dict(sorted(found.items()))


def _names(root: str, folder: str, problems: list[Problem]) -> list[str]:
    try:
        return sorted(name for name in os.listdir(os.path.join(root, folder)) if name[0] != ".")
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        problems += files.unreadable(f"{TEMPLATES_FOLDER}/{folder}".rstrip("/"), error).problems
        return []


def _told(error: InputError | ValueError, path: str) -> list[Problem]:
    if isinstance(error, InputError):
        return [problem._replace(path=path) for problem in error.problems]
    return [Problem("bad_name", "no file can have this name", path)]
