"""Loads all files of a sprint. One that cannot be read never hides the others."""

from __future__ import annotations

import errno
import os
import re
from itertools import chain
from typing import NamedTuple

from sprintkit.errors import InputError, Problem
from sprintkit.records.kinds import FOLDERS, KINDS, RecordKind
from sprintkit.store import files
from sprintkit.store.files import LoadedFile
from sprintkit.store.sprint_folder import (
    CHARTER_NAME,
    DRAFT_NAME,
    EXPECTED_NAMES,
    NAMES_AFTER_CHARTER,
    SIGNED_FOLDER,
    is_later_record,
    likely_charter,
    original_among,
    original_of_sync_copy,
)
from sprintkit.store.workspace import Workspace
from sprintkit.text.numbers import natural_order

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

MAX_FILES = 5_000
"""Most files read from one folder of a sprint."""

_SIGNED_NAME = re.compile(r"[0-9a-f]{12}\.toml")


class SprintFiles(NamedTuple):
    """The documents of a sprint, not yet parsed into models."""

    slug: str
    draft: LoadedFile | None
    charter: LoadedFile | None
    signed: tuple[LoadedFile, ...]
    """The charters exactly as they were signed."""
    records: dict[str, tuple[LoadedFile, ...]]
    """The records by the name of their kind; see `records_of`."""
    problems: tuple[Problem, ...]
    """One entry for everything that could not be read; `path` names the file or folder."""
    notices: tuple[Problem, ...] = ()
    """Odd files next to the sprint's own, such as copies that a sync left. They do not matter otherwise."""
    names: frozenset[str] = frozenset()
    """Everything in the sprint's folder, by name."""

    @property
    def unreadable_paths(self) -> frozenset[str]:
        """The files and folders that could not be read."""
        return frozenset(problem.path for problem in self.problems if problem.path)

    def records_of(self, kind: RecordKind) -> tuple[LoadedFile, ...]:
        """The records of a kind, in the natural order of their file names."""
        return self.records.get(kind.name, ())

    @property
    def loaded(self) -> list[LoadedFile]:
        """All files that could be read."""
        files = (self.draft, self.charter, *self.signed, *chain.from_iterable(self.records.values()))
        return [file for file in files if file is not None]

    @property
    def file_count(self) -> int:
        """How many files the sprint has, including those that could not be read."""
        return len(self.loaded) + len(self.unreadable_paths)


def load_sprint(workspace: Workspace, slug: str, *, is_known: bool = False) -> SprintFiles:
    """Loads all files of the sprint `slug`. Raises InputError only if there is no such sprint.

    `is_known` skips that check, for a slug that comes from `workspace.slugs()`.
    """
    return _SprintLoader(workspace, slug if is_known else workspace.require_sprint(slug)).load()


class _SprintLoader:
    """Reads the files one by one and collects problems."""

    def __init__(self, workspace: Workspace, slug: str) -> None:
        self.root = workspace.root
        self.slug = slug
        self.folder = workspace.sprint_folder(slug)
        self.problems: list[Problem] = []
        self.real_folder = ""
        self.notices: list[Problem] = []
        self.names: frozenset[str] = frozenset()
        """The names in the sprint's folder."""
        self.folded_names: frozenset[str] = frozenset()
        """The same case-folded, since some file systems ignore case."""

    def load(self) -> SprintFiles:
        if not self.list_sprint_folder():
            return SprintFiles(self.slug, None, None, (), {}, tuple(self.problems))
        records: dict[str, list[LoadedFile]] = {kind.name: [] for kind in KINDS}
        for kind in KINDS:
            if kind.path and not kind.folder and (record := self.read_own(kind.path)):
                records[kind.name].append(record)
        self.read_later_records(records)
        for folder in FOLDERS:
            self.read_records(folder, records)
        draft, charter = self.read_own(DRAFT_NAME), self.read_own(CHARTER_NAME)
        signed = tuple(self.read_signed())
        self.check_names()
        if charter is None:
            self.add_missing_charter()
        return SprintFiles(
            slug=self.slug,
            draft=draft,
            charter=charter,
            signed=signed,
            records={name: tuple(files_of_kind) for name, files_of_kind in records.items()},
            problems=tuple(self.problems),
            notices=tuple(self.notices),
            names=self.names,
        )

    def check_names(self) -> None:
        """Report files in the sprint's folder that nearly have the right name."""
        for name in sorted(self.names - EXPECTED_NAMES):
            path = f"{self.folder}/{name}"
            expected = name.casefold()
            if expected in EXPECTED_NAMES and not os.path.lexists(os.path.join(self.real_folder, expected)):
                if expected != CHARTER_NAME:  # `add_missing_charter` reports that one
                    message = "was not read, because capitals count in names"
                    self.problems.append(Problem("file_name", message, path, f"Rename {path} to {expected}."))
            elif expected in EXPECTED_NAMES and expected in self.names:
                message = f"was not read: macOS and Windows take it for {expected}"
                self.notices.append(
                    Problem("merging_names", message, path, "Compare the two, then delete this one.")
                )
            else:
                self.add_sync_copy(path, self.names)

    def read_later_records(self, records: dict[str, list[LoadedFile]]) -> None:
        """Reads the second and later records of kinds that keep them in the sprint's folder; a wrong name is a problem."""
        for name in sorted(filter(is_later_record, self.names), key=natural_order):
            path = f"{self.folder}/{name}"
            if original_among(name, self.names) is not None:
                continue  # `check_names` reports it
            kind = next((kind for kind in KINDS if kind.later_path and kind.match_path(path)), None)
            if kind is None:
                examples = [kind.example for kind in KINDS if kind.later_path]
                self.add_name_problem(path, ", ".join(examples))
            elif record := self.read(path, self.real_folder):
                records[kind.name].append(record)

    def add_sync_copy(self, path: str, names: Collection[str]) -> bool:
        """Report `path` if it looks like a copy of another of the `names` in its folder; return whether it does."""
        original = original_among(path.rpartition("/")[2], names)
        if original is None:
            return False
        message = f"looks like a sync copy of {original}; it was not read"
        hint = f"Compare it with {original}, then delete it."
        self.notices.append(Problem("sync_copy", message, path, hint))
        return True

    def add_missing_charter(self) -> None:
        """Report that there is no charter although records need one, or that a file nearly has its name."""
        path = f"{self.folder}/{CHARTER_NAME}"
        if any(problem.path == path for problem in self.problems):
            return
        records = sorted(
            (NAMES_AFTER_CHARTER & self.folded_names) | set(filter(is_later_record, self.names)),
            key=natural_order,
        )
        likely = likely_charter(self.names)
        if not records and (likely is None or likely.casefold() != CHARTER_NAME):
            return
        needed_by = f", but there is what only an agreement has: {', '.join(records)}" if records else ""
        if likely is not None:
            hint = f"Rename {self.folder}/{likely} to {CHARTER_NAME}."
        elif SIGNED_FOLDER in self.names:
            hint = f"Put it back: {self.folder}/{SIGNED_FOLDER} has it as it was approved."
        else:
            hint = "Put it back, from Git or a backup. Nothing is begun beside these records."
        self.problems.append(Problem("charter_missing", f"there is no {CHARTER_NAME}{needed_by}", path, hint))

    def list_sprint_folder(self) -> bool:
        """List the sprint's folder and return whether it can be read; if not, that is one problem, not one per file."""
        try:
            self.real_folder = files.resolve_inside(self.root, self.folder)
            if os.access(self.real_folder, os.R_OK | os.X_OK):
                self.names = frozenset(os.listdir(self.real_folder))
                self.folded_names = frozenset(map(str.casefold, self.names))
                return True
            denied = PermissionError(errno.EACCES, "")
            self.problems.extend(files.unreadable_error(self.folder, denied).problems)
        except InputError as error:
            self.problems.extend(error.problems)
        except OSError as error:
            self.problems.extend(files.unreadable_error(self.folder, error).problems)
        return False

    def read_own(self, name: str) -> LoadedFile | None:
        """Reads a file directly in the sprint's folder; None if it does not exist or cannot be read."""
        return self.read(f"{self.folder}/{name}", self.real_folder) if name in self.folded_names else None

    def read(self, path: str, real_folder: str) -> LoadedFile | None:
        try:
            return files.load_file_if_exists(self.root, path, real_folder)
        except InputError as error:
            self.problems.extend(error.problems)
            return None

    def read_records(self, folder: str, records: dict[str, list[LoadedFile]]) -> None:
        """Reads the files in a folder into `records`, by kind; a name that fits no kind is a problem."""
        kinds = [kind for kind in KINDS if kind.folder == folder.partition("/")[0]]
        has_subfolders = "/" not in folder and any(kind.has_subfolders for kind in kinds)
        real_folder, entries = self.list_folder(folder)
        for entry in sorted(entries, key=natural_order):
            path = f"{self.folder}/{folder}/{entry}"
            if has_subfolders and any(kind.match_subfolder(path) for kind in kinds):
                self.read_records(f"{folder}/{entry}", records)
                continue
            if not entry.endswith(".toml") and not has_subfolders:
                continue
            if self.add_sync_copy(path, entries):
                continue
            kind = next((kind for kind in kinds if kind.match_path(path)), None)
            if kind is None:
                self.add_name_problem(path, ", ".join(kind.example for kind in kinds))
            elif record := self.read(path, real_folder):
                records[kind.name].append(record)

    def read_signed(self) -> Iterator[LoadedFile]:
        real_folder, entries = self.list_folder(SIGNED_FOLDER)
        for entry in entries:
            path = f"{self.folder}/{SIGNED_FOLDER}/{entry}"
            if not entry.endswith(".toml"):
                continue
            if self.add_sync_copy(path, entries):
                continue
            if not _SIGNED_NAME.fullmatch(entry):
                self.add_name_problem(path, "<12 hex digits>.toml")
            elif record := self.read(path, real_folder):
                yield record

    def add_name_problem(self, path: str, example: str) -> None:
        message = "not a valid name here; it was not read"
        original = original_of_sync_copy(path.rpartition("/")[2])
        rename = f"Rename it to {original}" if original else f"Name it like {example}"
        self.problems.append(
            Problem("file_name", message, path, f"{rename}, unless there is such a file already.")
        )

    def list_folder(self, name: str) -> tuple[str, list[str]]:
        """The real path of a folder of the sprint, and its entries, sorted, without hidden ones; no entries if it is missing."""
        if name.partition("/")[0] not in self.folded_names:
            return "", []
        folder = f"{self.folder}/{name}"
        try:
            real_folder = files.resolve_inside(self.root, folder)
            entries = sorted(entry for entry in os.listdir(real_folder) if entry[0] != ".")
        except FileNotFoundError as error:
            if os.path.islink(os.path.join(self.real_folder, *name.split("/"))):
                self.problems.extend(files.unreadable_error(folder, error).problems)
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
