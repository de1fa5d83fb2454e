"""Loads everything that is on disk about one sprint; what cannot be read never hides the rest."""

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
"""Files that are read from one folder of a sprint."""

_CHECKIN_NAME = re.compile(r"week-(\d{2,3})(?:-fix-([1-9]\d{0,2}))?\.toml")
_REVIEW_NAME = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])\.toml")
_DIGEST_FOLDER = re.compile(r"[0-9a-f]{12}")
_DIGEST_NAME = re.compile(r"[0-9a-f]{12}\.toml")
_ANY_NAME = re.compile(r".+\.toml")


class SprintFiles(NamedTuple):
    """The documents of a sprint, not yet parsed into models. Each kind is in the order of its file names."""

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
        """The files and folders that could not be read."""
        return frozenset(problem.path for problem in self.problems if problem.path)


def load_sprint(workspace: Workspace, slug: str, *, is_known: bool = False) -> SprintFiles:
    """Loads all files of the sprint `slug`. Raises InputError only if there is no such sprint.

    `is_known` skips that check, for a slug that comes from `workspace.slugs()`.
    """
    return _SprintLoader(workspace, slug if is_known else workspace.require_sprint(slug)).load()


def parse_checkin_path(path: str) -> tuple[int, int]:
    """The week and the number of the correction (0: the check-in itself) in a check-in's file name.

    Raises InputError if it is not the name of a check-in.
    """
    match = _CHECKIN_NAME.fullmatch(path.rpartition("/")[2])
    if match is None:
        raise InputError("this is not a valid file name for a check-in", code="file_name", path=path)
    return int(match[1]), int(match[2] or 0)


class _SprintLoader:
    """Reads the files one by one and collects the problems."""

    def __init__(self, workspace: Workspace, slug: str) -> None:
        self.root = workspace.root
        self.slug = slug
        self.folder = workspace.sprint_folder(slug)
        self.problems: list[Problem] = []
        self.real_folder = ""
        self.entries: frozenset[str] = frozenset()
        """The names in the sprint's folder, in lower case: some file systems ignore it."""

    def load(self) -> SprintFiles:
        if not self.list_sprint_folder():
            none: tuple[LoadedFile, ...] = ()
            problems = tuple(self.problems)
            return SprintFiles(
                self.slug, None, None, none, none, none, none, none, none, None, none, None, problems
            )
        weeks = self.read_folder("checkins", _CHECKIN_NAME, "week-03.toml, week-03-fix-1.toml")
        weeks.sort(key=lambda record: parse_checkin_path(record.path))
        return SprintFiles(
            slug=self.slug,
            draft=self.read_own("draft.toml"),
            charter=self.read_own("charter.toml"),
            answers=tuple(self.read_folder("answers", _ANY_NAME, "ann.toml")),
            signatures=tuple(self.read_signatures()),
            signed=tuple(self.read_folder("signed", _DIGEST_NAME, "<12 hex digits>.toml")),
            amendments=tuple(self.read_folder("amendments", _ANY_NAME, "2027-04-02-scope-ann.toml")),
            checkins=tuple(record for record in weeks if parse_checkin_path(record.path)[1] == 0),
            corrections=tuple(record for record in weeks if parse_checkin_path(record.path)[1] > 0),
            closing=self.read_own("closing.toml"),
            reviews=tuple(self.read_folder("reviews", _REVIEW_NAME, "2027-04.toml")),
            readiness=self.read_own("readiness.toml"),
            problems=tuple(self.problems),
        )

    def list_sprint_folder(self) -> bool:
        """Returns whether the sprint's folder can be read; if not, that is one problem, not one for each file."""
        try:
            self.real_folder = files.resolve_inside(self.root, self.folder)
            if os.access(self.real_folder, os.R_OK | os.X_OK):
                self.entries = frozenset(map(str.casefold, os.listdir(self.real_folder)))
                return True
            denied = PermissionError(errno.EACCES, "")
            self.problems.extend(files.unreadable_error(self.folder, denied).problems)
        except InputError as error:
            self.problems.extend(error.problems)
        except OSError as error:
            self.problems.extend(files.unreadable_error(self.folder, error).problems)
        return False

    def read_own(self, name: str) -> LoadedFile | None:
        """Reads a file that lies directly in the sprint's folder."""
        return self.read(f"{self.folder}/{name}", self.real_folder) if name in self.entries else None

    def read(self, path: str, real_folder: str) -> LoadedFile | None:
        try:
            return files.load_file_if_exists(self.root, path, real_folder)
        except InputError as error:
            self.problems.extend(error.problems)
            return None

    def read_folder(self, name: str, pattern: re.Pattern[str], example: str) -> list[LoadedFile]:
        """Reads the records in a folder of the sprint; a name unlike `pattern` is a problem."""
        records = []
        real_folder, entries = self.list_folder(name)
        for entry in entries:
            if not entry.endswith(".toml"):
                continue
            path = f"{self.folder}/{name}/{entry}"
            if not pattern.fullmatch(entry):
                message = "not a valid file name here; the file was not read"
                self.problems.append(Problem("file_name", message, path, f"Name it like {example}."))
            elif record := self.read(path, real_folder):
                records.append(record)
        return records

    def read_signatures(self) -> Iterator[LoadedFile]:
        for name in self.list_folder("signatures")[1]:
            if _DIGEST_FOLDER.fullmatch(name):
                yield from self.read_folder(f"signatures/{name}", _ANY_NAME, "sponsor-ann.toml")
            else:
                path = f"{self.folder}/signatures/{name}"
                message = "not named after a digest; it was not read"
                hint = "Signatures lie in a folder named after the first 12 hex digits of the signed digest."
                self.problems.append(Problem("file_name", message, path, hint))

    def list_folder(self, name: str) -> tuple[str, list[str]]:
        """The real path of a folder of the sprint, and its entries, sorted, without hidden ones."""
        if name.partition("/")[0] not in self.entries:
            return "", []
        folder = f"{self.folder}/{name}"
        try:
            real_folder = files.resolve_inside(self.root, folder)
            entries = sorted(entry for entry in os.listdir(real_folder) if entry[0] != ".")
        except FileNotFoundError:
            return "", []
        except InputError as error:
            self.problems.extend(error.problems)
            return "", []
        except NotADirectoryError:
            message = "this is a file where a folder belongs"
            self.problems.append(Problem("not_a_folder", message, folder, "Move it elsewhere."))
            return "", []
        except OSError as error:
            self.problems.extend(files.unreadable_error(folder, error).problems)
            return "", []
        for entry in [entry for entry in entries if not files.is_utf8_name(entry)]:
            entries.remove(entry)
            message = "the name of a file in this folder is not UTF-8"
            self.problems.append(Problem("bad_name", message, folder, "Rename that file."))
        if len(entries) > MAX_FILES:
            message = f"holds {len(entries):,} files; only the first {MAX_FILES:,} were read"
            self.problems.append(Problem("too_many", message, folder, "Check where they come from."))
        return real_folder, entries[:MAX_FILES]
