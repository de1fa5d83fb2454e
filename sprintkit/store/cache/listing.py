"""An index of values computed from each sprint, so that listing sprints again is fast.

A sprint's values are valid as long as each of its files and folders has the mtime and size it had when they were
computed. A file modified less than two seconds ago is always read again: a second write within one tick of the clock
would not show. Only listings use the index; whatever is signed, verified or rendered is read from its files.
"""

from __future__ import annotations

import marshal
import os
import time
from binascii import crc32

from sprintkit import user_cache
from sprintkit.program_stamp import program_stamp
from sprintkit.records.kinds import FOLDERS
from sprintkit.store.sprint_folder import CHARTER_NAME, is_sprint_folder
from sprintkit.store.workspace import SPRINTS_FOLDER, Workspace, leads_out

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, BinaryIO, TypeVar

    Result = TypeVar("Result")

    Values = dict[str, bytes]
    """The values of one sprint by key, still encoded by marshal: most are never asked for."""
    Location = tuple[int, int, int]
    """Where a value lies in the index file: offset, size, checksum."""
    Snapshot = list[Any]
    """path, mtime_ns, size, path, mtime_ns, size, … with folders before their content; paths relative to `sprints/`."""

RECENT_NS = 2_000_000_000
"""The mtime of a file proves nothing for this many nanoseconds."""

MAX_VALUES_PER_SPRINT = 4
"""A further value replaces all old ones (of other days, for instance)."""

MAX_BYTES = 64 * 1024 * 1024
ALL_SPRINTS = ""
"""Stands in place of a slug for values that are valid as long as no sprint has changed."""

_RECORD_FOLDERS = (*FOLDERS, "signed")
_MAGIC = b"sprintkit index 5\n"
_PER_SPRINT = "rest"
"""The name of the entry that holds the values of every single sprint."""


class SprintIndex:
    """The index of one workspace. `slugs` are its sprints, sorted."""

    def __init__(self, workspace: Workspace, *, is_checked: bool = True) -> None:
        self.root = workspace.root
        self.slugs: list[str] = []
        self._path = _index_path(workspace.root)
        self._now = time.time_ns()
        self._is_changed = False
        self._snapshots: dict[str, Snapshot] = {}
        self._values: dict[str, Values] = {}
        self._recent: set[str] = set()
        """Sprints with a file too recent for its mtime to prove anything."""
        self._file = _IndexFile(self._path, self.root)
        self._unread: set[str] = set()
        """Unchanged sprints (and ALL_SPRINTS) whose values have not been read from the index file yet."""
        if is_checked:
            self._compare_with_disk(self._file.snapshots)
        else:
            self._unread.add(ALL_SPRINTS)

    @classmethod
    def open(cls, workspace: Workspace) -> SprintIndex:
        """Reads the index and compares it with the disk. A missing or broken one counts as empty.

        Raises InputError if `sprints/` cannot be read.
        """
        return cls(workspace)

    @classmethod
    def open_unchecked(cls, workspace: Workspace) -> SprintIndex:
        """Reads the index without looking at the disk: its values for all sprints may be out of date."""
        return cls(workspace, is_checked=False)

    def get(self, slug: str, key: str) -> Any:
        """The value stored under `slug` and `key`; None if there is none, or if the files have changed since."""
        if slug == ALL_SPRINTS and slug in self._unread:
            encoded = self._file.read_shared_value(key)
        else:
            encoded = self._values_of(slug).get(key)
        return None if encoded is None else user_cache.decode(encoded)

    def can_store(self, slug: str) -> bool:
        """Whether a value may be stored: none of the sprint's files is too recent for its mtime to prove anything."""
        is_recent = slug in self._recent or (slug == ALL_SPRINTS and bool(self._recent))
        return not is_recent and slug in self._snapshots

    def put(self, slug: str, key: str, value: Any) -> None:
        """Stores `value` (None, bool, int, float, str, or lists and dicts of them), computed from what is on disk now.

        Does nothing unless `can_store(slug)`.
        """
        if not self.can_store(slug):
            return
        values = self._values_of(slug)
        if key not in values and len(values) >= MAX_VALUES_PER_SPRINT:
            values.clear()
        values[key] = marshal.dumps(value)
        self._is_changed = True

    def file_stamp(self, path: str) -> str:
        """The stamp of another file of the workspace, to be made part of a key; see the function `file_stamp`."""
        return file_stamp(os.path.join(self.root, path), self._now)

    def close(self) -> None:
        """Writes the index if it has anything new. Does nothing if the cache cannot be written."""
        if not self._is_changed or self._path is None:
            return
        self._is_changed = False
        for slug in list(self._unread):
            self._values_of(slug)
        chunks = _encode_index(self.root, self._snapshots, self._values)
        user_cache.write_private(self._path, chunks)

    def forget_values(self) -> None:
        """Treats every value as missing, for a caller who found one that makes no sense."""
        self._values.clear()
        self._unread.clear()
        self._is_changed = True

    def _values_of(self, slug: str) -> Values:
        """The values of one sprint, read from the index file on first use."""
        if slug in self._unread:
            self._unread.discard(slug)
            self._values[slug] = self._file.read_values(slug)
        return self._values.setdefault(slug, {})

    def _compare_with_disk(self, snapshots: dict[str, Snapshot]) -> None:
        """Finds the sprints among the folders, and which folders still match their snapshot."""
        folder = os.path.join(self.root, SPRINTS_FOLDER)
        current = _stamp(folder, "")
        if snapshots.get(ALL_SPRINTS) == current and current[1] <= self._now - RECENT_NS:
            names = list(snapshots)[1:]
        else:
            names = Workspace(self.root).folder_names()
        self._snapshots[ALL_SPRINTS] = current
        handle = _open_folder(folder) if names else None
        try:
            is_unchanged = len(snapshots) == len(names) + 1
            for slug in names:
                snapshot = snapshots.get(slug)
                if snapshot and _is_current(snapshot, folder, handle):
                    self._snapshots[slug] = snapshot
                    self._unread.add(slug)
                else:
                    is_unchanged = False
                    self._snapshots[slug] = snapshot = _take_snapshot(folder, slug)
                    self._is_changed = True
                    if max(snapshot[1::3], default=0) > self._now - RECENT_NS:
                        self._recent.add(slug)
                if _is_of_sprint(snapshot, slug):
                    self.slugs.append(slug)
            if is_unchanged:
                self._unread.add(ALL_SPRINTS)
        finally:
            if handle is not None:
                os.close(handle)
        for slug in self._recent:
            self._snapshots[slug] = []


def recover_from_odd_values(index: SprintIndex, work: Callable[[SprintIndex], Result]) -> Result:
    """Returns what `work` returns. If it fails, perhaps over a cached value of an unexpected shape, it runs without them."""
    try:
        return work(index)
    except (LookupError, TypeError, ValueError, AttributeError):
        index.forget_values()
        return work(index)


def file_stamp(path: str, now: int) -> str:
    """The mtime and size of a file as text; empty if there is no such file.

    The stamp of a file too recent for its mtime to prove anything is never the same twice.
    """
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return ""
    unique = f"@{now}" if status.st_mtime_ns > now - RECENT_NS else ""
    return f"{status.st_mtime_ns}:{status.st_size}{unique}"


def _open_folder(folder: str) -> int | None:
    """A handle for `os.stat` relative to `sprints/`, which costs a third less; None where that is unsupported."""
    try:
        return os.open(folder, os.O_RDONLY) if os.stat in os.supports_dir_fd else None
    except OSError:
        return None


def _is_current(snapshot: Snapshot, folder: str, handle: int | None) -> bool:
    """Whether every file and folder still has its mtime and size. The one loop of a listing that must be fast."""
    stat, values = os.stat, iter(snapshot)
    try:
        if handle is None:
            for path, modified, size in zip(values, values, values, strict=True):
                status = stat(os.path.join(folder, path))
                if status.st_mtime_ns != modified or status.st_size != size:
                    return False
        else:
            for path, modified, size in zip(values, values, values, strict=True):
                status = stat(path, dir_fd=handle)
                if status.st_mtime_ns != modified or status.st_size != size:
                    return False
    except (OSError, ValueError, TypeError):
        return False
    return True


def _take_snapshot(base: str, slug: str) -> Snapshot:
    """The sprint's folder, its folders of records, and every TOML file in them, with mtime and size."""
    snapshot: Snapshot = []
    folders = [slug]
    while folders:
        folder = folders.pop()
        # The folder's mtime before its names: a file that is added in between makes it look changed next time.
        snapshot += _stamp(base, folder)
        # A folder that cannot be listed counts as a sprint, and is checked again each time.
        names = [CHARTER_NAME] if folder == slug else []
        full_path = os.path.join(base, folder)
        try:
            if not leads_out(os.path.dirname(base), full_path):
                names = os.listdir(full_path)
        except OSError:
            pass
        depth = folder.count("/")
        for name in sorted(names):
            if name.casefold().endswith(".toml"):
                snapshot += _stamp(base, f"{folder}/{name}")
            elif (depth == 0 and name.casefold() in _RECORD_FOLDERS) or (
                folder == f"{slug}/signatures" and name[0] != "."
            ):
                folders.append(f"{folder}/{name}")
    return snapshot


def _is_of_sprint(snapshot: Snapshot, slug: str) -> bool:
    """Whether the folder of a snapshot is a sprint."""
    start = len(slug) + 1
    return is_sprint_folder(path[start:] for path in snapshot[3::3])


def _stamp(base: str, path: str) -> Snapshot:
    try:
        status = os.stat(os.path.join(base, path) if path else base)
    except OSError:
        return [path, -1, -1]
    return [path, status.st_mtime_ns, status.st_size]


def _index_path(root: str) -> str | None:
    """The index file of the workspace `root`; None if there is no cache folder for it."""
    folder = user_cache.cache_folder(root)
    if folder is None:
        return None
    basename = os.path.basename(root)
    name = "".join(letter if letter.isalnum() and letter.isascii() else "-" for letter in basename)
    return os.path.join(folder, f"{name[:40]}-{crc32(os.fsencode(root)):08x}.index")


class _IndexFile:
    """The index file: snapshots of the sprints, and values that are read only on request.

    Its format is marshal, as in Python's own cache files: three times as fast as JSON, and without importing json. It
    is trusted like those: the folder belongs to the user, and checksums keep a damaged file from the decoder.
    """

    def __init__(self, path: str | None, root: str) -> None:
        self.snapshots: dict[str, Snapshot] = {}
        self._locations: dict[str, Location] = {}
        self._values_by_slug: dict[str, Values] | None = None
        self._file: BinaryIO | None = None
        self._values_start = 0
        """Where the head ends; the offsets of values count from there."""
        try:
            if path is None:
                return
            file = user_cache.open_private(
                path, MAX_BYTES
            )  # stays open: a newer index may replace the file meanwhile
            prefix = file.read(len(_head_prefix(b"")))
            head = file.read(min(int.from_bytes(prefix[-4:], "big"), MAX_BYTES))
            if prefix == _head_prefix(head):
                head_root, snapshots, locations = user_cache.decode(head)
                _require_well_formed(snapshots, locations)
                values_size = sum(size for _, size, _ in locations.values())
                expected_size = len(prefix) + len(head) + values_size
                if head_root == root and os.fstat(file.fileno()).st_size == expected_size:
                    self.snapshots, self._locations, self._file = snapshots, locations, file
                    self._values_start = len(prefix) + len(head)
                    return
            file.close()
        except (OSError, ValueError, TypeError):
            self.snapshots, self._locations = {}, {}

    def __del__(self) -> None:
        if self._file is not None:
            self._file.close()

    def read_shared_value(self, key: str) -> bytes | None:
        """One value of all sprints together, encoded."""
        location = self._locations.get(f"{ALL_SPRINTS}:{key}")
        return None if location is None else self._read(location)

    def read_values(self, slug: str) -> Values:
        """All values of one sprint."""
        if slug == ALL_SPRINTS:
            keys = [name[1:] for name in self._locations if name.startswith(":")]
            return {key: value for key in keys if (value := self.read_shared_value(key)) is not None}
        if self._values_by_slug is None:
            content = self._read(self._locations.get(_PER_SPRINT, (0, 0, 0)))
            values_by_slug = user_cache.decode(content) if content else None
            self._values_by_slug = values_by_slug if isinstance(values_by_slug, dict) else {}
        values = self._values_by_slug.get(slug)
        return values if isinstance(values, dict) and all(map(_is_bytes, values.values())) else {}

    def _read(self, location: Location) -> bytes | None:
        offset, size, checksum = location
        if self._file is None or not size:
            return None
        try:
            self._file.seek(self._values_start + offset)
            content = self._file.read(size)
        except (OSError, ValueError):
            return None
        return content if crc32(content) == checksum else None


def _require_well_formed(snapshots: object, locations: object) -> None:
    """Raises TypeError for anything that `_encode_index` does not write."""
    is_well_formed = (
        isinstance(snapshots, dict)
        and isinstance(locations, dict)
        and all(isinstance(slug, str) and isinstance(snapshot, list) for slug, snapshot in snapshots.items())
        and all(isinstance(path, str) for snapshot in snapshots.values() for path in snapshot[::3])
        and all(isinstance(name, str) and len(location) == 3 for name, location in locations.items())
        and all(isinstance(number, int) and number >= 0 for place in locations.values() for number in place)
    )
    if not is_well_formed:
        raise TypeError("no index")


def _is_bytes(value: object) -> bool:
    return isinstance(value, bytes)


def _encode_index(root: str, snapshots: dict[str, Snapshot], values: dict[str, Values]) -> list[bytes]:
    """The content of an index file: prefix, head, and the values one after the other."""
    contents = {f":{key}": value for key, value in values.get(ALL_SPRINTS, {}).items()}
    contents[_PER_SPRINT] = marshal.dumps(
        {
            slug: sprint_values
            for slug, sprint_values in values.items()
            if slug != ALL_SPRINTS and sprint_values
        }
    )
    locations, offset = {}, 0
    for name, content in contents.items():
        locations[name] = (offset, len(content), crc32(content))
        offset += len(content)
    head = marshal.dumps((root, snapshots, locations))
    return [_head_prefix(head), head, *contents.values()]


def _head_prefix(head: bytes) -> bytes:
    """What precedes the head: the file format, the program that wrote it, its checksum and length."""
    checksum, length = crc32(head).to_bytes(4, "big"), len(head).to_bytes(4, "big")
    return _MAGIC + program_stamp().encode() + checksum + length
