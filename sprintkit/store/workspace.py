"""A workspace: the folder with `sprints/`, what lies where in it, and names that are safe on every system."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from sprintkit.errors import InputError

SPRINTS_FOLDER = "sprints"
TEMPLATES_FOLDER = "templates"
SETTINGS_FILE = "sprintkit.toml"
PRIVATE_FOLDER = ".sprintkit"
"""The folder for what is nobody's record: the lock, and drafts of forms."""

MAX_SLUG = 60
"""Characters of a slug; with `.toml` and the folders above it this fits every file system."""

RESERVED = frozenset(
    ["con", "prn", "aux", "nul", "conin$", "conout$"]
    + [f"{device}{number}" for device in ("com", "lpt") for number in "0123456789¹²³"]
)
"""Names that Windows keeps for devices."""

SLUG_SIGNS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-_")

LATIN = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h"}
)
"""Latin letters that do not fall apart into a letter and its accent."""


class Workspace:
    """Where things lie. `root` is a full path; all other paths are relative to it, `/` between the parts."""

    __slots__ = ("root",)

    def __init__(self, root: str) -> None:
        self.root = root

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Workspace) and other.root == self.root

    def __hash__(self) -> int:
        return hash(self.root)

    def __repr__(self) -> str:
        return f"Workspace({self.root!r})"

    def absolute_path(self, path: str) -> str:
        """`path` as the system takes it."""
        return os.path.join(self.root, *path.split("/"))

    def sprint_folder(self, slug: str) -> str:
        """The folder of a sprint."""
        return f"{SPRINTS_FOLDER}/{slug}"

    def draft_path(self, slug: str) -> str:
        """Answers so far."""
        return f"{SPRINTS_FOLDER}/{slug}/draft.toml"

    def charter_path(self, slug: str) -> str:
        """The complete, valid agreement."""
        return f"{SPRINTS_FOLDER}/{slug}/charter.toml"

    def testimony_path(self, slug: str, who: str) -> str:
        """What one person said alone; `who` as written, made a safe name here."""
        return f"{SPRINTS_FOLDER}/{slug}/answers/{safe_slug(who, 'person')}.toml"

    def signature_path(self, slug: str, digest: str, party: str, person: str) -> str:
        """One person's signature under the content with this digest."""
        name = f"{safe_slug(party, 'party')}-{safe_slug(person, 'person')}"
        return f"{SPRINTS_FOLDER}/{slug}/signatures/{digest[:12]}/{name}.toml"

    def signed_path(self, slug: str, digest: str) -> str:
        """The charter exactly as it was signed."""
        return f"{SPRINTS_FOLDER}/{slug}/signed/{digest[:12]}.toml"

    def amendment_path(self, slug: str, on: str, kind: str, person: str) -> str:
        """A change proposed on the ISO date `on`."""
        name = f"{on}-{safe_slug(kind, 'change')}-{safe_slug(person, 'person')}"
        return f"{SPRINTS_FOLDER}/{slug}/amendments/{name}.toml"

    def checkin_path(self, slug: str, week: int) -> str:
        """The record of a week, counted from 1."""
        return f"{SPRINTS_FOLDER}/{slug}/checkins/week-{week:02d}.toml"

    def correction_path(self, slug: str, week: int, number: int) -> str:
        """The nth correction of a week's record."""
        return f"{SPRINTS_FOLDER}/{slug}/checkins/week-{week:02d}-fix-{number}.toml"

    def closing_path(self, slug: str) -> str:
        """Operate or stop."""
        return f"{SPRINTS_FOLDER}/{slug}/closing.toml"

    def review_path(self, slug: str, month: str) -> str:
        """A month of operating, `2027-04`."""
        return f"{SPRINTS_FOLDER}/{slug}/reviews/{month}.toml"

    def readiness_path(self, slug: str) -> str:
        """The readiness score's answers."""
        return f"{SPRINTS_FOLDER}/{slug}/readiness.toml"

    def form_draft_paths(self) -> frozenset[str]:
        """Where drafts of forms lie; each is as `form_path` gives it. What cannot be read has none."""
        folder = f"{PRIVATE_FOLDER}/forms"
        try:
            return frozenset(f"{folder}/{name}" for name in os.listdir(self.absolute_path(folder)))
        except OSError:
            return frozenset()

    def slugs(self) -> list[str]:
        """The sprints, sorted: every folder under `sprints/` but hidden ones. Raises InputError if unreadable."""
        try:
            with os.scandir(os.path.join(self.root, SPRINTS_FOLDER)) as entries:
                names = [entry.name for entry in entries if entry.name[0] != "." and entry.is_dir()]
            # A name that is not UTF-8 comes with half characters, which nothing could show.
            return sorted(name for name in names if not any("\ud800" <= sign <= "\udfff" for sign in name))
        except FileNotFoundError:
            return []
        except OSError as error:
            from sprintkit.store.files import unreadable

            raise unreadable(SPRINTS_FOLDER, error) from None

    def require_sprint(self, slug: str) -> str:
        """`slug` if there is such a sprint. Raises InputError, naming the nearest one, if there is none."""
        slugs = self.slugs()
        if slug in slugs:
            return slug
        from difflib import get_close_matches

        near = get_close_matches(safe_slug(slug), slugs, 1, 0.5)
        if near:
            hint = f"Did you mean {near[0]}?"
        elif slugs:
            hint = f"There is: {', '.join(slugs[:10])}{', …' if slugs[10:] else ''}."
        else:
            hint = "There is no sprint yet; `sprintkit scope` begins one."
        raise _unusable(f"there is no sprint {slug}", code="unknown_sprint", hint=hint)


def find_workspace(start: str | os.PathLike[str] = ".") -> Workspace:
    """The workspace that `start` lies in: the nearest folder upwards with `sprints/`. Raises InputError."""
    given = os.fspath(start)
    try:
        folder = os.path.realpath(given)
        if not os.path.isdir(folder):
            raise _unusable(f"there is no folder {given}", code="no_folder", hint="Check the name after -C.")
        while not os.path.isdir(os.path.join(folder, SPRINTS_FOLDER)):
            above = os.path.dirname(folder)
            if above == folder:
                raise _unusable(
                    f"neither {given} nor a folder above it is a workspace (none has {SPRINTS_FOLDER}/)",
                    code="no_workspace",
                    hint="`sprintkit init` makes one here; -C names one elsewhere.",
                )
            folder = above
    except (OSError, ValueError):
        message = f"{given} cannot be read as a folder"
        raise _unusable(message, code="no_folder", hint="Check the name after -C.") from None
    return Workspace(folder)


def safe_slug(text: str, fallback: str = "sprint") -> str:
    """`text` as one folder or file name that is safe on every system: small ASCII letters, digits, hyphens.

    Accents go, other scripts give `fallback`; long names are cut between words; names that Windows keeps for
    devices get `fallback` before them.
    """
    if not text.isascii():
        import unicodedata

        text = unicodedata.normalize("NFKD", text.casefold().translate(LATIN))
        text = "".join(sign for sign in text if sign.isascii() or not unicodedata.combining(sign))
    signs = (sign if sign in SLUG_SIGNS and sign != "_" else "-" for sign in text.lower().replace("'", ""))
    words = [word for word in "".join(signs).split("-") if word]
    if words and words[0] in RESERVED and not words[1:]:
        words.insert(0, fallback)
    slug = ""
    for word in words:
        if slug and len(slug) + 1 + len(word) > MAX_SLUG:
            break
        slug += ("-" if slug else "") + word[:MAX_SLUG]
    return slug or fallback


def form_draft_path(name: str) -> str:
    """Where the draft of the form `name` lies; different names of slugs and hyphens never share a place."""
    is_safe = bool(name) and SLUG_SIGNS.issuperset(name) and len(name) <= 2 * MAX_SLUG
    return f"{PRIVATE_FOLDER}/forms/{name if is_safe else safe_slug(name, 'form')}.json"


def free_slug(text: str, taken: Iterable[str], fallback: str = "sprint") -> str:
    """As `safe_slug`, with `-2`, `-3`, … where the name is taken (also by one that differs in case alone)."""
    slug = safe_slug(text, fallback)
    folded = {name.casefold() for name in taken}
    number, free = 1, slug
    while free in folded:
        number += 1
        free = f"{slug[: MAX_SLUG - len(str(number)) - 1].rstrip('-')}-{number}"
    return free


def validate_slug(slug: str) -> str:
    """`slug` if a new sprint may be called so. Raises InputError, with one that would do, if not."""
    safe = slug and len(slug) <= MAX_SLUG and SLUG_SIGNS.issuperset(slug) and slug not in RESERVED
    if safe and slug[0] not in "-_":
        return slug
    raise _unusable(
        f"{slug!r} is no name for a sprint: small letters, digits and hyphens, {MAX_SLUG} signs at most",
        code="bad_slug",
        hint=f"Call it {safe_slug(slug)}.",
    )


def _unusable(message: str, *, code: str, hint: str) -> InputError:
    # Loaded when something is wrong: its enum and typing cost as much as all else that a listing needs.
    from sprintkit.errors import InputError

    return InputError(message, code=code, hint=hint)
