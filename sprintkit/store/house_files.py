"""Loads the files with which a house adapts sprintkit: settings, templates, and whose signatures count."""

from __future__ import annotations

import os
from typing import NamedTuple

from sprintkit.errors import InputError, Problem
from sprintkit.store import files
from sprintkit.store.files import LoadedFile
from sprintkit.store.workspace import SETTINGS_FILE, TEMPLATES_FOLDER, Workspace

MAX_TEMPLATE_BYTES = 1024 * 1024
"""Most bytes of one template, picture or font."""
MAX_TEMPLATES = 200
MAX_LISTED = 2_000
"""Most unusable files; if there are more, the whole folder is refused."""
MAX_TEMPLATE_DEPTH = 4
"""Most levels of names below `templates/`."""


def load_settings(workspace: Workspace) -> LoadedFile | None:
    """The document of `sprintkit.toml`, its values unchecked; None if there is none. Raises InputError."""
    return files.load_file_if_exists(workspace.root, SETTINGS_FILE)


def load_signing_file(workspace: Workspace, path: str) -> bytes | None:
    """The bytes of a file that says whose keys count; None if there is none. Raises InputError.

    A relative path lies in the workspace. An absolute path, or one that begins with `~`, may lie elsewhere, so that not
    everybody who can change a charter can change this file too.
    """
    full_path = os.path.expanduser(path)
    if os.path.isabs(full_path):
        return files.read_bytes_if_exists(None, full_path)
    return files.read_bytes_if_exists(workspace.root, path)


class HouseTemplates(NamedTuple):
    """The files of a workspace's `templates/` folder, by their names in it, with `/` between the parts."""

    files: dict[str, bytes]
    unusable: dict[str, Problem]
    """What is wrong with the files and folders that could not be read."""

    @property
    def names(self) -> list[str]:
        """All names, sorted."""
        return sorted({*self.files, *self.unusable})


def load_templates(workspace: Workspace) -> HouseTemplates:
    """The workspace's own templates.

    They are read here, all of them, so that the code that renders them needs no access to the disk. A file that leaves
    the folder, is too large, too deep or unreadable, or comes after the first `MAX_TEMPLATES`, is unusable and does
    not affect the others. Raises InputError if the folder as a whole cannot be read.
    """
    templates = HouseTemplates({}, {})
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
        try:
            entries = _list_folder(root, folder)
        except InputError as error:
            if not folder:
                raise
            templates.unusable[folder] = error.problems[0]
            continue
        for entry in entries:
            name = f"{folder}/{entry}" if folder else entry
            path = f"{TEMPLATES_FOLDER}/{name}"
            if len(templates.unusable) + len(folders) > MAX_LISTED:
                raise InputError.from_problems([_too_many_templates(path, MAX_LISTED)])
            try:
                if os.path.isdir(files.resolve_inside(root, name)):
                    _validate_folder(root, name)
                    folders.append(name)
                elif len(templates.files) >= MAX_TEMPLATES:
                    templates.unusable[name] = _too_many_templates(path, MAX_TEMPLATES)
                else:
                    templates.files[name] = files.read_bytes(root, name, MAX_TEMPLATE_BYTES)
            except InputError as error:
                templates.unusable[name] = error.problems[0]._replace(path=path)
            except ValueError:
                templates.unusable[name] = Problem("bad_name", "this is not a valid file name", path)
    return HouseTemplates(dict(sorted(templates.files.items())), dict(sorted(templates.unusable.items())))


def _list_folder(root: str, folder: str) -> list[str]:
    """The names in a folder of templates, sorted, without hidden ones. Raises InputError if it is unreadable."""
    try:
        return sorted(name for name in os.listdir(os.path.join(root, folder)) if name[0] != ".")
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise files.unreadable_error(f"{TEMPLATES_FOLDER}/{folder}".rstrip("/"), error) from None


def _validate_folder(root: str, name: str) -> None:
    if os.path.islink(os.path.join(root, name)) or name.count("/") + 1 >= MAX_TEMPLATE_DEPTH:
        raise InputError(
            f"template folders may be nested {MAX_TEMPLATE_DEPTH - 1} deep and may not be links",
            code="too_deep",
            hint="Put the folder itself there, or move its files further up.",
        )


def _too_many_templates(path: str, limit: int) -> Problem:
    message = f"more than {limit:,} files are in {TEMPLATES_FOLDER}/"
    return Problem("too_many", message, path, "Move files that are not templates elsewhere.")
