"""A workspace: the folder with `sprints/`, where each file lies in it, and names that are safe on every system.

Every listing loads this module. What only errors need is imported where they are raised: their enum and typing
would cost as much as everything else that a listing imports.
"""

from __future__ import annotations

import os

from sprintkit.store.sprint_folder import is_sprint_folder
from sprintkit.text.composing import compose, compose_and_fold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from sprintkit.errors import InputError
    from sprintkit.records.kinds import RecordKind

SPRINTS_FOLDER = "sprints"
TEMPLATES_FOLDER = "templates"
SETTINGS_FILE = "sprintkit.toml"
PRIVATE_FOLDER = ".sprintkit"
"""Holds the lock and drafts of forms; nothing that belongs to a record."""

MAX_SLUG = 60
"""Most characters of a slug; with `.toml` and the folders above it, it fits every file system."""

RESERVED_NAMES = frozenset(
    ["con", "prn", "aux", "nul", "conin$", "conout$"]
    + [f"{device}{number}" for device in ("com", "lpt") for number in "0123456789¹²³"]
)
"""Names that Windows reserves for devices."""

_SLUG_CHARACTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-_")

_LATIN_SPELLINGS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h"}
)
"""Latin letters that Unicode does not decompose into a base letter and an accent."""


class Workspace:
    """The paths of a workspace. `root` is absolute; all other paths are relative to it, with `/`."""

    __slots__ = ("root",)

    def __init__(self, root: str) -> None:
        self.root = root

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Workspace) and other.root == self.root

    def __hash__(self) -> int:
        return hash(self.root)

    def __repr__(self) -> str:
        return f"Workspace({self.root!r})"

    def exists(self) -> bool:
        """Whether the workspace is still there."""
        return os.path.isdir(os.path.join(self.root, SPRINTS_FOLDER))

    def absolute_path(self, path: str) -> str:
        """The absolute path of `path`, as the operating system writes it."""
        return os.path.join(self.root, *path.split("/"))

    def sprint_folder(self, slug: str) -> str:
        """The folder of a sprint."""
        return f"{SPRINTS_FOLDER}/{slug}"

    def draft_path(self, slug: str) -> str:
        """The path of the answers so far."""
        return f"{SPRINTS_FOLDER}/{slug}/draft.toml"

    def charter_path(self, slug: str) -> str:
        """The path of the complete, valid agreement."""
        return f"{SPRINTS_FOLDER}/{slug}/charter.toml"

    def sources_path(self, slug: str) -> str:
        """The path of the file that says how the team reads each source; it is not part of the agreement."""
        return f"{SPRINTS_FOLDER}/{slug}/sources.toml"

    def signed_path(self, slug: str, digest: str) -> str:
        """The path of the charter exactly as it was signed."""
        return f"{SPRINTS_FOLDER}/{slug}/signed/{digest[:12]}.toml"

    def record_path(self, slug: str, kind: RecordKind, **parts: str | int) -> str:
        """The path of a record. `parts` fill the slots of the kind's path; texts become safe slugs.

        The first record of a kind with a `later_path` has no `parts`, later ones do.
        """
        safe_parts = {
            name: part if isinstance(part, int) else safe_slug(part, name) for name, part in parts.items()
        }
        path = kind.later_path if kind.later_path and parts else kind.path
        return f"{SPRINTS_FOLDER}/{slug}/{path.format(**safe_parts)}"

    def form_draft_paths(self) -> frozenset[str]:
        """The drafts of forms, as `form_draft_path` names them; none if their folder cannot be read."""
        folder = f"{PRIVATE_FOLDER}/forms"
        if leads_out(self.root, PRIVATE_FOLDER) or leads_out(self.root, folder):
            return frozenset()
        try:
            return frozenset(f"{folder}/{name}" for name in os.listdir(self.absolute_path(folder)))
        except OSError:
            return frozenset()

    def folder_names(self) -> list[str]:
        """The folders in `sprints/`, sorted, except hidden ones. Raises InputError if they cannot be listed.

        A link that leads nowhere counts: it may be a sprint that cannot be reached now.
        """
        _refuse_sprints_outside(self.root)
        try:
            with os.scandir(os.path.join(self.root, SPRINTS_FOLDER)) as entries:
                names = [entry.name for entry in entries if entry.name[0] != "." and _is_folder(entry)]
            return sorted(name for name in names if not _has_undecoded_bytes(name))
        except FileNotFoundError:
            return []
        except OSError as error:
            from sprintkit.store.files import unreadable_error

            raise unreadable_error(SPRINTS_FOLDER, error) from None

    def slugs(self) -> list[str]:
        """The sprints, sorted: the folders for which `is_sprint` holds. Raises InputError as `folder_names` does."""
        return [name for name in self.folder_names() if self.is_sprint(name)]

    def is_sprint(self, name: str) -> bool:
        """Whether a folder in `sprints/` has a charter, a draft or records.

        A folder that cannot be listed, or a link out of the workspace, counts as one that has.
        """
        if leads_out(self.root, f"{SPRINTS_FOLDER}/{name}"):
            return True
        try:
            names = os.listdir(os.path.join(self.root, SPRINTS_FOLDER, name))
        except OSError:
            return True
        return is_sprint_folder(names)

    def find_sprint(self, slug: str) -> str | None:
        """The folder of the sprint `slug`; None if there is none. Composed and decomposed letters count as the same."""
        names = self.folder_names()
        folder = slug if slug in names else None
        if folder is None and not slug.isascii():
            folder = next((name for name in names if compose(name) == compose(slug)), None)
        return folder if folder is not None and self.is_sprint(folder) else None

    def require_new_name(self, slug: str) -> str:
        """Returns `slug` if a new sprint may have this name here.

        Raises InputError if the name is not valid, or if macOS or Windows would merge its folder with one that exists.
        """
        validate_slug(slug)
        folded = compose_and_fold(slug)
        for name in self.folder_names():
            if name != slug and compose_and_fold(name) == folded:
                raise _input_error(
                    f"{slug} and {name} would be one folder on macOS and Windows",
                    code="merging_names",
                    hint=f"To change {name}, name it like that; to begin another sprint, give it another name.",
                    path=self.sprint_folder(name),
                )
        return slug

    def require_sprint(self, slug: str) -> str:
        """The folder of the sprint `slug`. Raises InputError, suggesting the closest sprint, if there is none."""
        folder = self.find_sprint(slug)
        if folder is not None:
            return folder
        from difflib import get_close_matches

        slugs = self.slugs()
        close_matches = get_close_matches(safe_slug(slug), slugs, 1, 0.5)
        if close_matches:
            hint = f"Did you mean {close_matches[0]}?"
        elif slugs:
            hint = f"Known sprints: {', '.join(slugs[:10])}{', …' if slugs[10:] else ''}."
        else:
            hint = "There are no sprints yet; `sprintkit scope` starts one."
        raise _input_error(f"there is no sprint {slug}", code="unknown_sprint", hint=hint)


def find_workspace(start: str | os.PathLike[str] = ".") -> Workspace:
    """The workspace around `start`: the nearest folder, going up, that has `sprints/`. Raises InputError."""
    given = os.fspath(start)
    try:
        folder = os.path.realpath(given)
        if not os.path.isdir(folder):
            raise _input_error(
                f"there is no folder {given}", code="no_folder", hint="Check the name after -C."
            )
        while not os.path.isdir(os.path.join(folder, SPRINTS_FOLDER)):
            parent = os.path.dirname(folder)
            if parent == folder:
                raise _input_error(
                    f"neither {given} nor a folder above it is a workspace (none has {SPRINTS_FOLDER}/)",
                    code="no_workspace",
                    hint="`sprintkit init` makes one here; -C names one elsewhere.",
                )
            folder = parent
    except FileNotFoundError:  # from the current folder, in which a relative name is looked up
        raise _input_error(
            "the current folder was deleted or moved",
            code="no_folder",
            hint="Change to another folder, or name the workspace with -C.",
        ) from None
    except (OSError, ValueError):
        message = f"{given} cannot be read as a folder"
        raise _input_error(message, code="no_folder", hint="Check the name after -C.") from None
    _refuse_sprints_outside(folder)
    return Workspace(folder)


def workspace_around(path: str) -> str | None:
    """The workspace around the absolute path `path`, which has no links in it; None if there is none."""
    folder = os.path.dirname(path)
    while not os.path.isdir(os.path.join(folder, SPRINTS_FOLDER)):
        parent = os.path.dirname(folder)
        if parent == folder:
            return None
        folder = parent
    return folder


def leads_out(root: str, path: str) -> bool:
    """Whether `path` is itself a link that leads out of the workspace at `root`."""
    full_path = os.path.join(root, path)
    if not os.path.islink(full_path):
        return False
    real_root, real_path = os.path.realpath(root), os.path.realpath(full_path)
    return real_path != real_root and not real_path.startswith(os.path.join(real_root, ""))


def form_draft_path(name: str) -> str:
    """The path of the draft of the form `name`. Different names made of slugs and hyphens never share a path."""
    is_safe = bool(name) and _SLUG_CHARACTERS.issuperset(name) and len(name) <= 2 * MAX_SLUG
    return f"{PRIVATE_FOLDER}/forms/{name if is_safe else safe_slug(name, 'form')}.json"


def safe_slug(text: str, fallback: str = "sprint") -> str:
    """`text` as a folder or file name that is safe on every system: lowercase ASCII letters, digits, hyphens.

    Accents are dropped, and text without Latin letters or digits becomes `fallback`. Long names are cut between
    words. A name that Windows reserves for a device gets `fallback` in front.
    """
    if not text.isascii():
        import unicodedata

        text = unicodedata.normalize("NFKD", text.casefold().translate(_LATIN_SPELLINGS))
        text = "".join(
            character for character in text if character.isascii() or not unicodedata.combining(character)
        )
    characters = (
        character if character in _SLUG_CHARACTERS and character != "_" else "-"
        for character in text.lower().replace("'", "")
    )
    words = [word for word in "".join(characters).split("-") if word]
    if words and words[0] in RESERVED_NAMES and not words[1:]:
        words.insert(0, fallback)
    slug = ""
    for word in words:
        if slug and len(slug) + 1 + len(word) > MAX_SLUG:
            break
        slug += ("-" if slug else "") + word[:MAX_SLUG]
    return slug or fallback


def free_slug(text: str, taken: Iterable[str], fallback: str = "sprint") -> str:
    """As `safe_slug`, with `-2`, `-3`, … added if the name is among `taken`, in any case."""
    slug = safe_slug(text, fallback)
    folded = {name.casefold() for name in taken}
    number, candidate = 1, slug
    while candidate in folded:
        number += 1
        candidate = f"{slug[: MAX_SLUG - len(str(number)) - 1].rstrip('-')}-{number}"
    return candidate


def validate_slug(slug: str) -> str:
    """Returns `slug` if a new sprint may have this name. Raises InputError, suggesting a valid one, if not."""
    is_safe = (
        slug and len(slug) <= MAX_SLUG and _SLUG_CHARACTERS.issuperset(slug) and slug not in RESERVED_NAMES
    )
    if is_safe and slug[0] not in "-_":
        return slug
    raise _input_error(
        f"{slug!r} is not a valid sprint name: use lowercase letters, digits and hyphens, "
        f"at most {MAX_SLUG} characters",
        code="bad_slug",
        hint=f"Call it {safe_slug(slug)}.",
    )


def _refuse_sprints_outside(root: str) -> None:
    if leads_out(root, SPRINTS_FOLDER):
        from sprintkit.store.files import resolve_inside

        resolve_inside(root, SPRINTS_FOLDER)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """Whether it is a folder, a link to one, or a link that leads nowhere or in a circle."""
    if entry.is_symlink():
        return os.path.isdir(entry.path) or not os.path.exists(entry.path)
    return entry.is_dir()


def _has_undecoded_bytes(name: str) -> bool:
    """Whether a file name is not UTF-8: Python then puts surrogates in it, which nothing can display."""
    return any("\ud800" <= character <= "\udfff" for character in name)


def _input_error(message: str, *, code: str, hint: str, path: str | None = None) -> InputError:
    from sprintkit.errors import InputError

    return InputError(message, code=code, hint=hint, path=path)
