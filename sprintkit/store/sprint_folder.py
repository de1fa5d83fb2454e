"""Judges a sprint's folder by the names in it: whether it is a sprint, and which file nearly has the right name.

Listing sprints loads this module, so regular expressions are compiled only when a name is out of the ordinary.
"""

from __future__ import annotations

from sprintkit.records.kinds import KINDS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

CHARTER_NAME = "charter.toml"
DRAFT_NAME = "draft.toml"
SIGNED_FOLDER = "signed"

EXPECTED_NAMES = frozenset(
    [CHARTER_NAME, DRAFT_NAME, SIGNED_FOLDER, *(kind.top_name for kind in KINDS if kind.top_name)]
)
"""What sprintkit reads in a sprint's folder. Any of them makes a folder a sprint."""
NAMES_AFTER_CHARTER = frozenset(
    [SIGNED_FOLDER, *(kind.top_name for kind in KINDS if kind.top_name and not kind.may_precede_charter)]
)
"""Names that exist only once there is a charter."""
_LATER_PREFIXES = tuple(kind.later_prefix for kind in KINDS if kind.later_path)
"""How the names of later records of a kind begin, such as `closing-`."""

_SYNC_COPY = (
    r"(?P<stem>.+?)"
    r"(?: \((?:\d+|[^()]*(?:conflict|copy|konflikt|kopie|copie|copia)[^()]*)\)"  # Dropbox, Nextcloud, browsers
    r"| - (?:copy|kopie|copie|copia)(?: \(\d+\))?"  # Windows
    r"| (?:copy|kopie|copie)(?: \d+)?| \d+"  # macOS, iCloud
    r"|[._-](?:sync-)?conflict[-._\w]*"  # Syncthing, ownCloud
    r"|_(?:BACKUP|BASE|LOCAL|REMOTE)_\d+)"  # Git's merge tools
    r"(?P<suffix>\.\w+)"
)


def is_sprint_folder(names: Iterable[str]) -> bool:
    """Whether a folder with these names in it is a sprint: it has a charter, a draft or a place for records.

    Case makes no difference, as on some file systems.
    """
    return any(
        name in EXPECTED_NAMES or name.casefold() in EXPECTED_NAMES or is_later_record(name) for name in names
    )


def is_later_record(name: str) -> bool:
    """Whether a name is that of a second or later record of a kind, such as `closing-2027-04-02.toml`."""
    return name.startswith(_LATER_PREFIXES) and name.endswith(".toml")


def original_of_sync_copy(name: str) -> str | None:
    """The file that `name` is a copy of, if it looks like `week-03 (1).toml` and other copies by sync or file managers."""
    import re

    match = re.fullmatch(_SYNC_COPY, name, re.IGNORECASE)
    return None if match is None else match["stem"] + match["suffix"]


def original_among(name: str, names: Collection[str]) -> str | None:
    """The file among `names` that `name` looks like a sync copy of; None if there is none.

    OneDrive adds a hyphen and the name of the computer, as in `week-03-LAPTOP-4F2K.toml`. That counts as a copy only
    if it has capitals, which sprintkit's own names never have.
    """
    original = original_of_sync_copy(name)
    if original is not None and original in names:
        return original
    stem, dot, suffix = name.rpartition(".")
    base = stem
    while dot and "-" in base:
        base = base.rpartition("-")[0]
        if f"{base}.{suffix}" in names and _is_computer_name(stem[len(base) + 1 :]):
            return f"{base}.{suffix}"
    return None


def _is_computer_name(text: str) -> bool:
    """Whether `text` can be a computer's name and has a capital in it."""
    characters = text.replace("-", "")
    return characters.isascii() and characters.isalnum() and characters != characters.lower()


def likely_charter(names: Collection[str]) -> str | None:
    """The name that is most likely meant for the charter if there is no `charter.toml`; None if none looks like it."""
    others = sorted(
        name for name in names if name != CHARTER_NAME and name.casefold().lstrip("~.").startswith("charter")
    )
    for start in (CHARTER_NAME, f"{CHARTER_NAME}.", "charter"):
        for name in others:
            if name.casefold() == start or (
                start != CHARTER_NAME and name.casefold().lstrip("~.").startswith(start)
            ):
                return name
    return None
