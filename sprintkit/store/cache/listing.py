"""What listing sprints worked out before, kept in the user's cache folder so that listing them again is fast.

A sprint's values hold as long as every file and folder of it has the time (mtime_ns) and size it had when they
were worked out. What is younger than two seconds is read again: a second write within one tick of the clock
would not show. Only listings use the index; whatever is signed, verified or rendered is read from its files.
"""

from __future__ import annotations

import marshal
import os
import sys
import time
from binascii import crc32

from sprintkit.store.cache import directory
from sprintkit.store.workspace import SPRINTS_FOLDER, Workspace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, BinaryIO

    Values = dict[str, bytes]
    """Values of one sprint by their keys, each as marshal writes it: most are never asked for."""
    Places = dict[str, tuple[int, int, int]]
    """Where values lie in the file: start, size, checksum."""
    Seen = list[Any]
    """path, mtime_ns, size, and so on by threes, folders before what is in them; paths from `sprints/` on."""

YOUNG = 2_000_000_000
"""Nanoseconds within which a file's time does not prove that it is unchanged."""

KEPT = 4
"""Values of one sprint; a new one beyond that drops the old ones (of other days, for instance)."""

MAX_BYTES = 64 * 1024 * 1024
FOLDERS = ("answers", "amendments", "checkins", "reviews", "signatures", "signed")
ALL_SPRINTS = ""
"""In place of a slug: a value that holds as long as nothing changed in any sprint."""

MARK = b"sprintkit index 4\n"
REST = "rest"
"""The name of the place where the values of all sprints lie together."""


class SprintIndex:
    """The index of one workspace; `slugs` are its sprints, sorted."""

    def __init__(self, workspace: Workspace, *, is_looked_at: bool = True) -> None:
        self.root = workspace.root
        self.slugs: list[str] = []
        self._path = _place(workspace.root)
        self._now = time.time_ns()
        self._changed = False
        self._seen: dict[str, Seen] = {}
        self._values: dict[str, Values] = {}
        self._young: set[str] = set()
        self._file = _File(self._path, self.root)
        self._unread: set[str] = set()
        """Sprints (and WHOLE) that are as they were, and whose values are still in the file alone."""
        if is_looked_at:
            self._look(self._file.seen)
        else:
            self._unread.add(ALL_SPRINTS)

    @classmethod
    def open(cls, workspace: Workspace) -> SprintIndex:
        """Reads the index and compares it with the disk. A broken or missing one is as good as an empty one.

        Raises InputError if `sprints/` cannot be read.
        """
        return cls(workspace)

    @classmethod
    def open_unchecked(cls, workspace: Workspace) -> SprintIndex:
        """The index without a look at the disk: what it holds of all sprints may have changed since."""
        return cls(workspace, is_looked_at=False)

    def get(self, slug: str, key: str) -> Any:
        """What was put under `slug` and `key`; None if there is nothing, or the files changed since."""
        alone = slug == ALL_SPRINTS and slug in self._unread  # a listing wants nothing else
        kept = self._file.of_whole(key) if alone else self._of(slug).get(key)
        return None if kept is None else marshal.loads(kept)

    def put(self, slug: str, key: str, value: Any) -> None:
        """Keeps `value` (None, bool, int, float, str, list, dict of such), worked out from what is on disk now.

        Does nothing for a sprint whose files are too young to tell by their time.
        """
        if slug in self._young or (slug == ALL_SPRINTS and self._young) or slug not in self._seen:
            return
        values = self._of(slug)
        if key not in values and len(values) >= KEPT:
            values.clear()
        values[key] = marshal.dumps(value)
        self._changed = True

    def file_stamp(self, path: str) -> str:
        """Time and size of another file of the workspace, to go into a key; "" if there is none."""
        return file_stamp(os.path.join(self.root, path), self._now)

    def close(self) -> None:
        """Writes the index if it has anything new. A cache that cannot be written is done without."""
        if not self._changed or self._path is None:
            return
        self._changed = False
        for slug in list(self._unread):
            self._of(slug)
        pieces = _pieces(self.root, self._seen, self._values)
        beside = f"{self._path}.{os.getpid()}.tmp"
        try:
            os.makedirs(os.path.dirname(self._path), 0o700, exist_ok=True)
            try:
                with open(beside, "wb") as file:
                    file.writelines(pieces)
                os.replace(beside, self._path)
            except OSError:
                os.unlink(beside)
        except OSError:
            pass

    def _of(self, slug: str) -> Values:
        """The values of one sprint, to be looked at or changed."""
        if slug in self._unread:
            self._unread.discard(slug)
            self._values[slug] = self._file.of(slug)
        return self._values.setdefault(slug, {})

    def _look(self, seen: dict[str, Seen]) -> None:
        """Finds out which sprints there are and which of them are as they were."""
        base = os.path.join(self.root, SPRINTS_FOLDER)
        top = _stamps(base, "")
        if seen.get(ALL_SPRINTS) == top and top[1] <= self._now - YOUNG:
            self.slugs = list(seen)[1:]
        else:
            self.slugs = Workspace(self.root).slugs()
        self._seen[ALL_SPRINTS] = top
        handle = _handle(base) if self.slugs else None
        try:
            as_was = len(seen) == len(self.slugs) + 1
            for slug in self.slugs:
                known = seen.get(slug)
                if known and _is_still(known, base, handle):
                    self._seen[slug] = known
                    self._unread.add(slug)
                else:
                    as_was = False
                    self._seen[slug] = known = _scan(base, slug)
                    self._changed = True
                    if max(known[1::3], default=0) > self._now - YOUNG:
                        self._young.add(slug)
            if as_was:
                self._unread.add(ALL_SPRINTS)
        finally:
            if handle is not None:
                os.close(handle)
        for slug in self._young:
            self._seen[slug] = []


def file_stamp(full: str, now: int) -> str:
    """Time and size of a file; "" if there is none. Where it is too young to tell by its time, no other is equal."""
    try:
        status = os.stat(full)
    except (OSError, ValueError):
        return ""
    young = f"@{now}" if status.st_mtime_ns > now - YOUNG else ""
    return f"{status.st_mtime_ns}:{status.st_size}{young}"


def _handle(base: str) -> int | None:
    """For names relative to `sprints/`, which cost a third less; None where the system does not know that."""
    try:
        return os.open(base, os.O_RDONLY) if os.stat in os.supports_dir_fd else None
    except OSError:
        return None


def _is_still(known: Seen, base: str, handle: int | None) -> bool:
    """Whether every file and folder has the time and size it had; the one loop that must be fast."""
    stat, each = os.stat, iter(known)
    try:
        if handle is None:
            for path, modified, size in zip(each, each, each, strict=True):
                status = stat(os.path.join(base, path))
                if status.st_mtime_ns != modified or status.st_size != size:
                    return False
        else:
            for path, modified, size in zip(each, each, each, strict=True):
                status = stat(path, dir_fd=handle)
                if status.st_mtime_ns != modified or status.st_size != size:
                    return False
    except OSError:
        return False
    return True


def _scan(base: str, slug: str) -> Seen:
    """Time and size of the sprint's folder, of the folders of records in it, and of every TOML file in those."""
    seen: Seen = []
    folders = [slug]
    while folders:
        folder = folders.pop()
        # The folder's time before its names: a file that comes in between makes it look changed next time.
        seen += _stamps(base, folder)
        try:
            names = os.listdir(os.path.join(base, folder))
        except OSError:
            continue
        depth = folder.count("/")
        for name in sorted(names):
            if name.endswith(".toml"):
                seen += _stamps(base, f"{folder}/{name}")
            elif (depth == 0 and name in FOLDERS) or (folder == f"{slug}/signatures" and name[0] != "."):
                folders.append(f"{folder}/{name}")
    return seen


def _stamps(base: str, path: str) -> Seen:
    try:
        status = os.stat(os.path.join(base, path) if path else base)
    except OSError:
        return [path, -1, -1]
    return [path, status.st_mtime_ns, status.st_size]


def _place(root: str) -> str | None:
    """The index file of the workspace `root`; None if the cache lies in the workspace or nowhere."""
    folder = directory.cache_folder(root)
    if folder is None:
        return None
    name = "".join(sign if sign.isalnum() and sign.isascii() else "-" for sign in os.path.basename(root))
    return os.path.join(folder, f"{name[:40]}-{crc32(os.fsencode(root)):08x}.index")


class _File:
    """The index file: what was seen, and values that are read when they are asked for.

    Marshal, as in Python's own cache files: three times as fast as JSON, and json's import is spared. It is as
    trusted as those: the folder is the user's, and checksums keep a damaged file from the decoder.
    """

    def __init__(self, path: str | None, root: str) -> None:
        self.seen: dict[str, Seen] = {}
        self._places: Places = {}
        self._rest: dict[str, Values] | None = None
        self._file: BinaryIO | None = None
        self._base = 0
        """Where the head ends; values lie so far behind it as their places say."""
        try:
            if path is None or os.path.getsize(path) > MAX_BYTES:
                return
            file = open(path, "rb")  # noqa: SIM115 (kept open: its name may be given to a newer index meanwhile)
            mark = file.read(len(MARK) + 12)
            head = file.read(int.from_bytes(mark[-4:], "big"))
            if mark == _seal(head):
                of, seen, places = marshal.loads(head)
                size = sum(place[1] for place in places.values())
                if of == root and os.fstat(file.fileno()).st_size == len(mark) + len(head) + size:
                    self.seen, self._places, self._file = seen, places, file
                    self._base = len(mark) + len(head)
                    return
            file.close()
        except (OSError, ValueError, EOFError, TypeError):
            self.seen, self._places = {}, {}

    def __del__(self) -> None:
        if self._file is not None:
            self._file.close()

    def of_whole(self, key: str) -> bytes | None:
        """One value that holds for all sprints together."""
        place = self._places.get(f"{ALL_SPRINTS}:{key}")
        return None if place is None else self._read(place)

    def of(self, slug: str) -> Values:
        """All values of one sprint."""
        if slug == ALL_SPRINTS:
            keys = [name[1:] for name in self._places if name.startswith(":")]
            return {key: value for key in keys if (value := self.of_whole(key)) is not None}
        if self._rest is None:
            content = self._read(self._places.get(REST, (0, 0, 0)))
            self._rest = marshal.loads(content) if content else {}
        values: Values = (self._rest or {}).get(slug, {})
        return values

    def _read(self, place: tuple[int, int, int]) -> bytes | None:
        start, size, checksum = place
        if self._file is None or not size:
            return None
        try:
            self._file.seek(self._base + start)
            content = self._file.read(size)
        except (OSError, ValueError):
            return None
        return content if crc32(content) == checksum else None


def _pieces(root: str, seen: dict[str, Seen], values: dict[str, Values]) -> list[bytes]:
    """The content of an index file: mark, head, and the values one after the other."""
    blobs = {f":{key}": value for key, value in values.get(ALL_SPRINTS, {}).items()}
    blobs[REST] = marshal.dumps({slug: of for slug, of in values.items() if slug != ALL_SPRINTS and of})
    # The head says where each value lies, counted from its own end, as its length is known only then.
    places, at = {}, 0
    for name, blob in blobs.items():
        places[name] = (at, len(blob), crc32(blob))
        at += len(blob)
    head = marshal.dumps((root, seen, places))
    return [_seal(head), head, *blobs.values()]


def _seal(head: bytes) -> bytes:
    """What stands before the head: its form, the Python that can read it, its checksum and length."""
    sums = (sys.hexversion, crc32(head), len(head))
    return MARK + b"".join(number.to_bytes(4, "big") for number in sums)
