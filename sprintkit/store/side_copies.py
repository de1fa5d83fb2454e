"""Side copies: text that could not be saved, kept where the next start finds it.

They lie in `.sprintkit/unsaved`, or in the user's state folder if the workspace cannot be written or its disk does
not answer. The workspace is not locked: each process writes a file of its own, and locks that as long as it runs, so
that no other process offers it.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import secrets
import stat
from datetime import date, datetime, time
from typing import Any, NamedTuple

from sprintkit.errors import InputError, WriteError
from sprintkit.store import atomic, files
from sprintkit.store.lock import ensure_private_folder
from sprintkit.store.state_folder import state_folder
from sprintkit.store.toml import limits
from sprintkit.store.workspace import PRIVATE_FOLDER, safe_slug

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

FOLDER = "unsaved"
MAX_BYTES = 8 * 1024 * 1024
"""More than a record may have, because text that is too large for a file of the workspace is set aside as well."""
MAX_COPIES = 100
"""Most side copies read from one folder."""
OUTSIDE_MARK = ".outside"
"""Ends the name, before the extension, of a copy that was written because the workspace's disk did not answer."""
_DATE_KEY = "$date"
"""Key of the table that stands for a date in JSON."""


class StoredCopy(NamedTuple):
    """A side copy left behind by a process that has ended."""

    full_path: str
    shown_path: str
    """Relative to the workspace if it is inside."""
    name: str
    """Name of the form or session that it belongs to."""
    content: dict[str, Any]
    modified_at: float
    """When it was written, in seconds since the epoch."""
    older_paths: tuple[str, ...] = ()
    """Absolute paths of earlier copies that the same process wrote elsewhere."""


class SideCopy:
    """The side copy of one form or session of this process."""

    def __init__(self, root: str, name: str) -> None:
        self.root = root
        self.name = name
        self._file_name = f"{safe_slug(name, 'form')}.{secrets.token_hex(6)}.json"
        self._full_path: str | None = None
        self._handle: int | None = None
        self._taken_copies: list[StoredCopy] = []
        self._outside_folder: str | None = None
        """The only folder to write to; None to try the workspace first."""

    def outside(self) -> SideCopy | None:
        """The same side copy in the user's state folder, which never touches the workspace; None without such a folder.

        Save it in another thread if the workspace's disk may keep this one waiting for ever.
        """
        folder = _state_folder_of(self.root)
        if folder is None:
            return None
        outside = SideCopy(self.root, self.name)
        outside._outside_folder = folder
        outside._file_name = self._file_name.removesuffix(".json") + f"{OUTSIDE_MARK}.json"
        return outside

    def save(self, content: dict[str, Any]) -> str:
        """Write `content`, replacing what was written before; returns the path to show.

        `content` is anything that JSON can hold, and dates. Raises WriteError if neither the workspace nor the
        user's state folder can be written.
        """
        data = json.dumps({"name": self.name, "content": content}, default=_encode_date).encode()
        if len(data) > MAX_BYTES:
            raise WriteError("what was typed is too large to be set aside", code="too_large")
        if self._outside_folder is not None:
            return self._save_outside(self._outside_folder, data)
        try:
            self._write(os.path.join(_workspace_folder(self.root), self._file_name), data)
        except (OSError, WriteError):
            return self._save_outside(_state_folder_of(self.root), data)
        return f"{PRIVATE_FOLDER}/{FOLDER}/{self._file_name}"

    def _save_outside(self, folder: str | None, data: bytes) -> str:
        if folder is None:
            raise WriteError("there is no folder to set it aside in", code="not_written")
        try:
            os.makedirs(os.path.dirname(folder), 0o700, exist_ok=True)
            _make_folder(folder)
            self._write(os.path.join(folder, self._file_name), data)
        except OSError as error:
            raise WriteError(
                f"could not be set aside: {error.strerror or error}", code="not_written", path=folder
            ) from None
        return f"{folder}/{self._file_name}"

    def _write(self, full_path: str, data: bytes) -> None:
        with contextlib.suppress(atomic.DurabilityError):
            atomic.replace_file(full_path, data, 0o100600, lambda: None)
        if self._full_path not in (None, full_path):
            self._remove_own()
        self.release()
        self._full_path, self._handle = full_path, _hold(full_path)

    def adopt(self, copy: StoredCopy) -> None:
        """Remove `copy`, of an earlier process, together with this one, which includes its content."""
        self._taken_copies.append(copy)

    def remove(self) -> None:
        """Remove the file, and those taken over: what they hold is saved, or not wanted. Never fails."""
        while self._taken_copies:
            with contextlib.suppress(WriteError):
                delete_side_copy(self._taken_copies.pop())
        self._remove_own()

    def _remove_own(self) -> None:
        if self._full_path is not None:
            with contextlib.suppress(OSError):
                os.unlink(self._full_path)
        self._full_path = None
        self.release()

    def release(self) -> None:
        """Leave the file, if there is one, to the next start."""
        handle, self._handle = self._handle, None
        if handle is not None:
            with contextlib.suppress(OSError):
                os.close(handle)


def find_side_copies(root: str, prefix: str) -> list[StoredCopy]:
    """The side copies whose name begins with `prefix` and whose process has ended, the latest first.

    If a process wrote two, the later one is returned. Those that cannot be read are left out.
    """
    copies: dict[str, StoredCopy] = {}
    is_private_ours = not os.path.islink(os.path.join(root, PRIVATE_FOLDER))
    private = os.path.join(root, PRIVATE_FOLDER, FOLDER) if is_private_ours else None
    outside = _state_folder_of(root)
    for folder, shown_folder in ((private, f"{PRIVATE_FOLDER}/{FOLDER}"), (outside, outside)):
        if folder is None or shown_folder is None or os.path.islink(folder):
            continue
        with contextlib.suppress(OSError):
            names = [name for name in sorted(os.listdir(folder)) if name.endswith(".json")]
            for file_name in names[:MAX_COPIES]:
                copy = _load(os.path.join(folder, file_name), f"{shown_folder}/{file_name}")
                if copy is not None and copy.name.startswith(prefix):
                    process_name = file_name.replace(f"{OUTSIDE_MARK}.json", ".json")
                    copies[process_name] = _later_of(copies.get(process_name), copy)
    return sorted(copies.values(), key=lambda copy: copy.modified_at, reverse=True)


def _later_of(copy: StoredCopy | None, other: StoredCopy) -> StoredCopy:
    """The later of two side copies of one process; deleting it deletes the other too."""
    if copy is None:
        return other
    earlier, later = sorted((copy, other), key=lambda stored: stored.modified_at)
    return later._replace(older_paths=(*later.older_paths, earlier.full_path, *earlier.older_paths))


def delete_side_copy(copy: StoredCopy) -> None:
    """Delete a side copy whose content was used or is not wanted. Raises WriteError."""
    for full_path in (*copy.older_paths, copy.full_path):
        try:
            os.unlink(full_path)
        except FileNotFoundError:
            pass
        except OSError as error:
            raise WriteError(
                f"could not be deleted: {error.strerror}", code="not_written", path=copy.shown_path
            ) from None


def _load(full_path: str, shown_path: str) -> StoredCopy | None:
    with contextlib.suppress(OSError, InputError, ValueError, RecursionError):
        if stat.S_ISREG(os.lstat(full_path).st_mode) and not _is_held(full_path):
            data = json.loads(files.read_bytes(None, full_path, MAX_BYTES), object_hook=_decode_date)
            name, content = data["name"], data["content"]
            if isinstance(name, str) and isinstance(content, dict) and is_within_limits(content):
                return StoredCopy(full_path, shown_path, name, content, os.stat(full_path).st_mtime)
    return None


def is_within_limits(content: dict[str, Any]) -> bool:
    """Whether a document's depth and lists are within the limits of a file; its size and characters may not be."""
    stack: list[tuple[object, int]] = [(content, 0)]
    while stack:
        value, depth = stack.pop()
        if isinstance(value, dict | list):
            if depth > limits.MAX_DEPTH + 3 or len(value) > limits.MAX_LIST:
                return False
            stack.extend(
                (inner, depth + 1) for inner in (value.values() if isinstance(value, dict) else value)
            )
    return True


def _workspace_folder(root: str) -> str:
    folder = os.path.join(ensure_private_folder(root), FOLDER)
    _make_folder(folder)
    return folder


def _state_folder_of(root: str) -> str | None:
    base = state_folder()
    key = hashlib.sha256(os.fsencode(os.path.realpath(root))).hexdigest()[:16]
    return None if base is None else os.path.join(base, FOLDER, key)


def _make_folder(folder: str) -> None:
    """Creates `folder` if it is missing. Raises NotADirectoryError for a link or a file in its place."""
    with contextlib.suppress(FileExistsError):
        os.mkdir(folder, 0o700)
    if not stat.S_ISDIR(os.lstat(folder).st_mode):
        raise NotADirectoryError(20, "is not a folder, or is a link to one", folder)


def _hold(full_path: str) -> int | None:
    """A handle that locks the file until the process ends; None if that is not possible."""
    if fcntl is None:
        return None
    with contextlib.suppress(OSError):
        handle = os.open(full_path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(handle)
        else:
            return handle
    return None


def _is_held(full_path: str) -> bool:
    """Whether the process that wrote the file still runs, as far as the platform can tell."""
    handle = _hold(full_path) if fcntl is not None else -1
    if handle is None:
        return True
    if handle >= 0:
        os.close(handle)
    return False


def _encode_date(value: object) -> dict[str, str]:
    if isinstance(value, date | time):
        return {_DATE_KEY: value.isoformat()}
    raise TypeError(f"{type(value).__name__} cannot be set aside")


def _decode_date(table: dict[str, Any]) -> Any:
    text = table.get(_DATE_KEY)
    if len(table) == 1 and isinstance(text, str):
        for kind in (date, datetime, time):
            with contextlib.suppress(ValueError):
                return kind.fromisoformat(text)
    return table
