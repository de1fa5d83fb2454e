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

from sprintkit.store.workspace import SPRINTS, Workspace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Seen = list[Any]
    """path, mtime_ns, size, and so on by threes, folders before what is in them; paths from `sprints/` on."""

YOUNG = 2_000_000_000
"""Nanoseconds within which a file's time does not prove that it is unchanged."""

KEPT = 4
"""Values of one sprint; a new one beyond that drops the old ones (of other days, for instance)."""

MAX_BYTES = 64 * 1024 * 1024
FOLDERS = ("answers", "amendments", "checkins", "reviews", "signatures", "signed")
WHOLE = ""
"""In place of a slug: a value that holds as long as nothing changed in any sprint."""

MARK = b"sprintkit index 2\n"


class Index:
    """The index of one workspace; `slugs` are its sprints, sorted."""

    def __init__(self, workspace: Workspace) -> None:
        self.root = workspace.root
        self.slugs: list[str] = []
        self._path = _place(workspace.root)
        self._now = time.time_ns()
        self._changed = False
        self._seen: dict[str, Seen] = {}
        self._values: dict[str, dict[str, bytes]] = {}
        self._young: set[str] = set()
        self._look(*_load(self._path, self.root))

    @classmethod
    def open(cls, workspace: Workspace) -> Index:
        """Reads the index and compares it with the disk. A broken or missing one is as good as an empty one.

        Raises Unusable if `sprints/` cannot be read.
        """
        return cls(workspace)

    def get(self, slug: str, key: str) -> Any:
        """What was put under `slug` and `key`; None if there is nothing, or the files changed since."""
        kept = self._values.get(slug, {}).get(key)
        return None if kept is None else marshal.loads(kept)

    def put(self, slug: str, key: str, value: Any) -> None:
        """Keeps `value` (None, bool, int, float, str, list, dict of such), worked out from what is on disk now.

        Does nothing for a sprint whose files are too young to tell by their time.
        """
        if slug in self._young or (slug == WHOLE and self._young) or slug not in self._seen:
            return
        values = self._values.setdefault(slug, {})
        if key not in values and len(values) >= KEPT:
            values.clear()
        values[key] = marshal.dumps(value)  # read on its own when it is asked for, and most never are
        self._changed = True

    def stamp(self, path: str) -> str:
        """Time and size of another file of the workspace, to go into a key; "" if there is none."""
        try:
            status = os.stat(os.path.join(self.root, path))
        except (OSError, ValueError):
            return ""
        young = f"@{self._now}" if status.st_mtime_ns > self._now - YOUNG else ""
        return f"{status.st_mtime_ns}:{status.st_size}{young}"

    def close(self) -> None:
        """Writes the index if it has anything new. A cache that cannot be written is done without."""
        if not self._changed or self._path is None:
            return
        self._changed = False
        content = marshal.dumps((self.root, self._seen, self._values))
        beside = f"{self._path}.{os.getpid()}.tmp"
        try:
            os.makedirs(os.path.dirname(self._path), 0o700, exist_ok=True)
            try:
                with open(beside, "wb") as file:
                    file.write(_seal(content))
                    file.write(content)
                os.replace(beside, self._path)
            except OSError:
                os.unlink(beside)
        except OSError:
            pass

    def _look(self, seen: dict[str, Seen], values: dict[str, dict[str, bytes]]) -> None:
        """Finds out which sprints there are and which of them are as they were."""
        base = os.path.join(self.root, SPRINTS)
        top = _stamps(base, "")
        if seen.get(WHOLE) == top and top[1] <= self._now - YOUNG:
            self.slugs = list(seen)[1:]
        else:
            self.slugs = Workspace(self.root).slugs()
        self._seen[WHOLE] = top
        handle = _handle(base) if self.slugs else None
        try:
            as_was = bool(values.get(WHOLE)) and len(seen) == len(self.slugs) + 1
            for slug in self.slugs:
                known = seen.get(slug)
                if known and _is_still(known, base, handle):
                    self._seen[slug] = known
                    if slug in values:
                        self._values[slug] = values[slug]
                else:
                    as_was = False
                    self._seen[slug] = known = _scan(base, slug)
                    self._changed = True
                    if max(known[1::3], default=0) > self._now - YOUNG:
                        self._young.add(slug)
            if as_was:
                self._values[WHOLE] = values[WHOLE]
        finally:
            if handle is not None:
                os.close(handle)
        for slug in self._young:
            self._seen[slug] = []


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
    if sys.platform == "darwin":
        folder = os.path.expanduser("~/Library/Caches")
    else:
        folder = os.environ.get("XDG_CACHE_HOME", "")
        if not os.path.isabs(folder):
            folder = os.path.expanduser("~/.cache")
    if not os.path.isabs(folder):
        return None
    folder = os.path.join(os.path.realpath(folder), "sprintkit")
    if folder.startswith(os.path.join(root, "")):
        return None
    name = "".join(sign if sign.isalnum() and sign.isascii() else "-" for sign in os.path.basename(root))
    return os.path.join(folder, f"{name[:40]}-{crc32(os.fsencode(root)):08x}.index")


def _seal(content: bytes) -> bytes:
    """What stands before the content: its form, the Python that can read it, and its checksum."""
    return MARK + sys.hexversion.to_bytes(4, "big") + crc32(content).to_bytes(4, "big")


def _load(path: str | None, root: str) -> tuple[dict[str, Seen], dict[str, dict[str, bytes]]]:
    """Marshal, as in Python's own cache files: three times as fast as JSON, and json's import is spared.

    It is as trusted as those: the folder is the user's, and the checksum keeps a damaged file from the decoder.
    """
    try:
        if path is None or os.path.getsize(path) > MAX_BYTES:
            return {}, {}
        with open(path, "rb") as file:
            data = file.read()
        content = data[len(MARK) + 8 :]
        if data[: len(MARK) + 8] == _seal(content):
            of, seen, values = marshal.loads(content)
            if of == root:
                return seen, values
    except (OSError, ValueError, EOFError, TypeError):
        pass
    return {}, {}
