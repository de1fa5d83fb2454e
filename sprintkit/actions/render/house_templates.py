"""Loads a workspace's own templates and wording, with their problems."""

from __future__ import annotations

from sprintkit.documents.builtin_templates import WORDS_FILE, find_name_problem, find_unusable
from sprintkit.errors import InputError
from sprintkit.store import house_files
from sprintkit.store.house_files import HouseTemplates
from sprintkit.store.workspace import TEMPLATES_FOLDER, Workspace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from sprintkit.documents.wording import Wording


def load_house_templates(workspace: Workspace) -> HouseTemplates:
    """The templates of a workspace; files with an invalid name are marked as unusable.

    Raises InputError if the folder as a whole cannot be read.
    """
    templates = house_files.load_templates(workspace)
    for name in list(templates.files):
        if problem := find_name_problem(name):
            del templates.files[name]
            templates.unusable[name] = problem._replace(path=f"{TEMPLATES_FOLDER}/{name}")
    return templates


def require_words(templates: HouseTemplates) -> None:
    """Raise InputError if the workspace's `words.json`, which every document needs, could not be read."""
    if problem := find_unusable(WORDS_FILE, templates.unusable):
        raise InputError.from_problems([problem])


def load_house_wording(templates: HouseTemplates) -> Wording:
    """The wording of a workspace. Raises InputError for a `words.json` that is unusable or not valid."""
    from sprintkit.documents.wording import load_wording  # large, and a cached document does without

    require_words(templates)
    return load_wording(templates.files)
