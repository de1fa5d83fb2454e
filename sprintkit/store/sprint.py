"""Everything that is on disk about one sprint, read at once; what cannot be read never hides the rest."""

from __future__ import annotations

import errno
import os
import re
from typing import NamedTuple

from sprintkit.errors import InputError, Problem
from sprintkit.store import files
from sprintkit.store.files import LoadedFile
from sprintkit.store.workspace import Workspace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_FILES = 5_000
"""Records of one kind that a sprint may have."""

WEEK = re.compile(r"week-(\d{2,3})(?:-fix-([1-9]\d{0,2}))?\.toml")
MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])\.toml")
DIGEST = re.compile(r"[0-9a-f]{12}")
ANY = re.compile(r".+\.toml")


class SprintFiles(NamedTuple):
    """The documents of a sprint, each kind in the order of its file names; never models."""

    slug: str
    draft: LoadedFile | None
    charter: LoadedFile | None
    answers: tuple[LoadedFile, ...]
    signatures: tuple[LoadedFile, ...]
    signed: tuple[LoadedFile, ...]
    amendments: tuple[LoadedFile, ...]
    checkins: tuple[LoadedFile, ...]
    """By week."""
    corrections: tuple[LoadedFile, ...]
    """By week and number."""
    closing: LoadedFile | None
    reviews: tuple[LoadedFile, ...]
    readiness: LoadedFile | None
    problems: tuple[Problem, ...]
    """One entry for everything that could not be read; `path` names the file or folder."""

    @property
    def unreadable_paths(self) -> frozenset[str]:
        """The paths that could not be read."""
        return frozenset(problem.path for problem in self.problems if problem.path)


def load_sprint(workspace: Workspace, slug: str, *, listed: bool = False) -> SprintFiles:
    """All files of the sprint `slug`. Raises InputError only if there is no such sprint.

    With `listed` the slug comes from the workspace's own list, which is not looked through again.
    """
    return _Loader(workspace, slug if listed else workspace.require_sprint(slug)).all()


def parse_checkin_path(path: str) -> tuple[int, int]:
    """Week and number of correction (0: the record itself) that the name of a check-in's file says."""
    match = WEEK.fullmatch(path.rpartition("/")[2])
    if match is None:
        raise InputError("not the name of a check-in's file", code="file_name", path=path)
    return int(match[1]), int(match[2] or 0)


def charter_ids(workspace: Workspace) -> dict[str, list[str]]:
    """Each `charter.id` in the workspace with the sprints that have it; one sprint each, if all is well.

    A sprint without a written id counts under its slug; one that cannot be read is left out.
    """
    ids: dict[str, list[str]] = {}
    for slug in workspace.slugs():
        try:
            record = files.load_file_if_exists(workspace.root, workspace.charter_path(slug))
            record = record or files.load_file_if_exists(workspace.root, workspace.draft_path(slug))
        except InputError:
            continue
        table = record.document.get("charter") if record else None
        written = table.get("id") if isinstance(table, dict) else None
        ids.setdefault(written if isinstance(written, str) and written.strip() else slug, []).append(slug)
    return ids


class _Loader:
    """Reads file by file and gathers the problems."""

    def __init__(self, workspace: Workspace, slug: str) -> None:
        self.root = workspace.root
        self.slug = slug
        self.folder = workspace.sprint_folder(slug)
        self.problems: list[Problem] = []
        self.full = ""
        self.there: frozenset[str] = frozenset()
        """What lies in the sprint's folder, without regard to case, as some systems see it."""

    def all(self) -> SprintFiles:
        if not self.is_open():
            none: tuple[LoadedFile, ...] = ()
            lost = tuple(self.problems)
            return SprintFiles(
                self.slug, None, None, none, none, none, none, none, none, None, none, None, lost
            )
        weeks = self.folder_of("checkins", WEEK, "week-03.toml, week-03-fix-1.toml")
        weeks.sort(key=lambda record: parse_checkin_path(record.path))
        return SprintFiles(
            slug=self.slug,
            draft=self.one("draft.toml"),
            charter=self.one("charter.toml"),
            answers=tuple(self.folder_of("answers", ANY, "ann.toml")),
            signatures=tuple(self.by_digest()),
            signed=tuple(
                self.folder_of("signed", re.compile(DIGEST.pattern + r"\.toml"), "<12 hex digits>.toml")
            ),
            amendments=tuple(self.folder_of("amendments", ANY, "2027-04-02-scope-ann.toml")),
            checkins=tuple(record for record in weeks if parse_checkin_path(record.path)[1] == 0),
            corrections=tuple(record for record in weeks if parse_checkin_path(record.path)[1] > 0),
            closing=self.one("closing.toml"),
            reviews=tuple(self.folder_of("reviews", MONTH, "2027-04.toml")),
            readiness=self.one("readiness.toml"),
            problems=tuple(self.problems),
        )

    def is_open(self) -> bool:
        """Whether the sprint's folder can be looked into; said once, not for every file in it."""
        try:
            self.full = files.inside(self.root, self.folder)
            if os.access(self.full, os.R_OK | os.X_OK):
                self.there = frozenset(map(str.casefold, os.listdir(self.full)))
                return True
            self.problems.extend(files.unreadable(self.folder, PermissionError(errno.EACCES, "")).problems)
        except InputError as error:
            self.problems.extend(error.problems)
        except OSError as error:
            self.problems.extend(files.unreadable(self.folder, error).problems)
        return False

    def one(self, name: str) -> LoadedFile | None:
        """A file of the sprint's own folder."""
        return self.read(f"{self.folder}/{name}", self.full) if name in self.there else None

    def read(self, path: str, folder: str) -> LoadedFile | None:
        try:
            return files.load_file_if_exists(self.root, path, folder)
        except InputError as error:
            self.problems.extend(error.problems)
            return None

    def folder_of(self, name: str, pattern: re.Pattern[str], example: str) -> list[LoadedFile]:
        folder = f"{self.folder}/{name}"
        found = []
        full, names = self.names(name)
        for entry in names:
            path = f"{folder}/{entry}"
            if not entry.endswith(".toml"):
                continue
            if not pattern.fullmatch(entry):
                self.problems.append(
                    Problem(
                        "file_name",
                        "a file of this kind is not named so, and was not read",
                        path,
                        f"Name it like {example}.",
                    )
                )
            elif record := self.read(path, full):
                found.append(record)
        return found

    def by_digest(self) -> Iterator[LoadedFile]:
        for name in self.names("signatures")[1]:
            if DIGEST.fullmatch(name):
                yield from self.folder_of(f"signatures/{name}", ANY, "sponsor-ann.toml")
            else:
                path = f"{self.folder}/signatures/{name}"
                hint = "Signatures lie in a folder named by the first 12 hex digits of what was signed."
                self.problems.append(Problem("file_name", "no digest, and was not read", path, hint))

    def names(self, name: str) -> tuple[str, list[str]]:
        """Full name of a folder of the sprint and what is in it, sorted, without hidden files."""
        if name.partition("/")[0] not in self.there:
            return "", []
        folder = f"{self.folder}/{name}"
        try:
            full = files.inside(self.root, folder)
            names = sorted(name for name in os.listdir(full) if name[0] != ".")
        except FileNotFoundError:
            return "", []
        except InputError as error:
            self.problems.extend(error.problems)
            return "", []
        except NotADirectoryError:
            problem = Problem(
                "not_a_folder", "this is a file where a folder belongs", folder, "Move it away."
            )
            self.problems.append(problem)
            return "", []
        except OSError as error:
            self.problems.extend(files.unreadable(folder, error).problems)
            return "", []
        for stray in [name for name in names if not files.is_text(name)]:
            names.remove(stray)
            problem = Problem("bad_name", "the name of a file here is not UTF-8", folder, "Rename that file.")
            self.problems.append(problem)
        if len(names) > MAX_FILES:
            message = f"holds {len(names):,} files; only the first {MAX_FILES:,} were read"
            self.problems.append(Problem("too_many", message, folder, "Check what put them there."))
        return full, names[:MAX_FILES]
