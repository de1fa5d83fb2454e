"""The one saving function, its order, and the one way to remove a file.

Lock, read again, compare with what the caller saw, dump, parse back and compare, then the steps of `atomic`.
Whatever fails before the last step leaves the old file as it was and raises WriteError.
"""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Callable, Iterator
from typing import Any

from sprintkit.errors import InputError, WriteError
from sprintkit.store import atomic, files, lock
from sprintkit.store.files import ConflictError, LoadedFile, SaveResult
from sprintkit.store.toml import codec
from sprintkit.store.toml.tokens import comments, is_of_a_person
from sprintkit.store.workspace import SPRINTS_FOLDER

ANY_VERSION = "*"
"""As `expected`: write whatever stands there (only for what a person does not write, such as form drafts)."""

HINT_BY_ERRNO = {
    errno.ENOSPC: "Make room on the disk, then save again.",
    errno.EDQUOT: "Your share of the disk is used up: make room, then save again.",
    errno.EACCES: "Ask for the right to write in this folder, then save again.",
    errno.EPERM: "Ask for the right to write in this folder, then save again.",
    errno.EROFS: "The disk is read-only: save in another place, or have it made writable.",
}

_unconfirmed: dict[str, str] = {}
"""Full name and hash of what was put in place without the disk confirming it: a second try may go out from it."""


def save_document(
    root: str,
    path: str,
    document: dict[str, Any],
    *,
    expected: str | None,
    head: str | None = None,
    like: LoadedFile | None = None,
) -> SaveResult:
    """Writes `document` to `path` of the workspace `root`, all or nothing; returns once the disk has it.

    `expected` is the hash of the file that the caller read, None if there must be none yet. A file that holds the
    same content already is left alone. Where a person wrote comments into the file its values are edited in
    place; a new file may take over the comments of another one (`like`). `head` is the comment for editors on
    top of a file that sprintkit writes as a whole (None: the one that is there).

    Raises Changed if the file is another one by now, WriteError for whatever else stops it.
    """

    def new_bytes(now: bytes | None) -> bytes | None:
        before = None if now is None else files.parse_file(path, now)
        if before is not None and codec.is_identical(before.document, document):
            return now
        return _bytes(path, before or like, document, head)

    return update_bytes(root, path, new_bytes, expected=expected)


def update_bytes(
    root: str, path: str, new_bytes: Callable[[bytes | None], bytes | None], *, expected: str | None
) -> SaveResult:
    """Replaces the bytes of `path` by those that `new_bytes` makes of the ones there now (None: no file).

    All writing ends here: `save` for documents, forms and settings of Git with bytes of their own. Raises as
    `save` does.
    """
    with _writing(root, path) as full:
        now = files.read_bytes_if_exists(root, path)
        unsure = now is not None and _unconfirmed.get(full) == files.hash_bytes(now)
        if not unsure:
            _compare(path, now, expected)
        data = new_bytes(now)
        if data is None or (data == now and not unsure):
            return SaveResult(path, files.hash_bytes(data or b""), False)
        mode = None if now is None else os.stat(full).st_mode
        if mode is not None and not mode & 0o222:
            raise WriteError(
                "the file is read-only",
                code="read_only",
                path=path,
                hint="Give yourself the right to write it (chmod u+w), then save again.",
            )

        def recheck() -> None:
            if files.read_bytes_if_exists(root, path) != now:
                _compare(path, files.read_bytes_if_exists(root, path), None if now is None else "another")

        digest = files.hash_bytes(data)
        with contextlib.ExitStack() as unless_saved:
            for folder in atomic.make_folders(os.path.dirname(full)):
                unless_saved.callback(_remove_if_empty, folder)
            lock.note(root, os.path.dirname(full))
            atomic.sweep(os.path.dirname(full))
            try:
                atomic.replace_file(full, data, mode, recheck)
            except atomic.DurabilityError:
                unless_saved.pop_all()
                _unconfirmed[full] = digest
                raise
            unless_saved.pop_all()
        _unconfirmed.pop(full, None)
        return SaveResult(path, digest, True)


def _remove_if_empty(folder: str) -> None:
    with contextlib.suppress(OSError):
        os.rmdir(folder)


def require_unchanged(root: str, path: str, *, expected: str | None) -> None:
    """Raises Changed as `put` does, for those who have nothing to write yet. Raises InputError where it cannot be read."""
    _compare(path, files.read_bytes_if_exists(root, path), expected)


def remove_file(root: str, path: str, *, expected: str, kept_in: str | None = None) -> None:
    """Removes the file at `path` if it is still the one with the hash `expected`.

    Comments of a person go only if the file `kept_in` has them too. Raises Changed or WriteError.
    """
    with _writing(root, path) as full:
        now = files.read_bytes_if_exists(root, path)
        _compare(path, now, expected)
        if now is not None:
            kept = None if kept_in is None else files.read_bytes_if_exists(root, kept_in)
            _refuse_comment_loss(path, _of_a_person(now), _of_a_person(kept or b""))
        atomic.remove(full)


def promote(
    root: str,
    path: str,
    target: str,
    document: dict[str, Any],
    *,
    expected: str,
    target_expected: str | None,
    head: str | None = None,
) -> SaveResult:
    """Saves `document` to `target` and then removes `path`, which it came from (a draft that became a charter).

    Comments in either file stay. If the power fails in between both files are there and hold the same. Raises as
    `save` does; then both files are as they were.
    """
    with _writing(root, path):
        now = files.read_bytes_if_exists(root, path)
        _compare(path, now, expected)
        source = files.parse_file(path, now or b"")
        there = files.read_bytes_if_exists(root, target)
        _compare(target, there, target_expected)
        ours, theirs = _of_a_person(now or b""), _of_a_person(there or b"")
        if ours == theirs or not ours:
            saved = save_document(root, target, document, expected=target_expected, head=head, like=source)
        else:
            _refuse_comment_loss(target, theirs, ours)
            data = _bytes(target, source, document, head)
            saved = update_bytes(root, target, lambda _: data, expected=target_expected)
        remove_file(root, path, expected=expected, kept_in=target)
        return saved


def sweep(root: str) -> None:
    """Removes what saves of dead processes left anywhere in the workspace. Raises WriteError without the lock.

    Every save does so in its own folder and in that of the last save that was cut off; this is for a session that
    begins.
    """
    sprints = os.path.join(root, SPRINTS_FOLDER)
    with _writing(root, SPRINTS_FOLDER):
        for folder, inner, _ in os.walk(sprints):
            atomic.sweep(folder)
            if folder.removeprefix(sprints).count(os.sep) >= 3:
                inner.clear()


def _bytes(path: str, before: LoadedFile | None, document: dict[str, Any], head: str | None) -> bytes:
    """What `document` is in a file, read back and compared: canonical, or `before` with its values edited."""
    said = comments(before.text) if before else []
    if head is None:
        head = "".join(f"{comment}\n" for comment in said if not is_of_a_person(comment))
    text = codec.dump(document, head + "\n" if head and not head.endswith("\n\n") else head, path)
    if not codec.is_identical(codec.parse(text.encode(), path), document):
        raise WriteError("would not be read back as it is now", code="round_trip", path=path)
    if before and any(map(is_of_a_person, said)):
        # tomlkit takes longer to load than everything else here together; few files have comments.
        from sprintkit.store.toml.edit import edited

        text = edited(path, _with_head(before.text, head), before.document, document)
        codec.refuse_large(len(text.encode()), document, path)
    return text.encode()


def _with_head(text: str, head: str) -> str:
    """A file's text under `head` instead of the tool's own comments that it begins with."""
    lines = text.splitlines(keepends=True)
    while lines and lines[0].startswith("#:"):
        del lines[0]
    return head.rstrip("\n") + "\n" * bool(head) + "".join(lines)


@contextlib.contextmanager
def _writing(root: str, path: str) -> Iterator[str]:
    """Holds the lock and gives the full name of `path`; turns every failure into WriteError."""
    try:
        full = files.inside(root, path)
        with lock.workspace_lock(root):
            yield full
    except InputError as error:
        raise WriteError.of(error.problems) from None
    except ValueError:
        raise WriteError("no file can have this name", code="bad_name", path=path) from None
    except atomic.DurabilityError as error:
        raise WriteError(
            f"was written, but the disk did not confirm it: {error.strerror}",
            code="not_durable",
            path=path,
            hint="Save again; until then a power cut could bring back the version before.",
        ) from None
    except OSError as error:
        raise WriteError(
            f"could not be written: {error.strerror or error}; nothing was changed",
            code="not_written",
            path=path,
            hint=HINT_BY_ERRNO.get(error.errno or 0, "Check the disk, then save again."),
        ) from None


def _compare(path: str, now: bytes | None, expected: str | None) -> None:
    """Raises Changed if the bytes `now` on disk are not those with the hash `expected`."""
    if expected == ANY_VERSION or (None if now is None else files.hash_bytes(now)) == expected:
        return
    if now is None:
        message, hint = "somebody removed this file since it was read", "Save it again as a new file."
    elif expected is None:
        message, hint = "there is such a file already", "Look at what it says; nothing was overwritten."
    else:
        message = "somebody else changed this file since it was read"
        hint = "Compare the two, then save again; nothing was overwritten."
    error = ConflictError(message, code="changed", path=path, hint=hint)
    error.current_bytes = now
    if now is not None:
        with contextlib.suppress(InputError):
            error.current = files.parse_file(path, now)
    raise error


def _of_a_person(data: bytes) -> list[str]:
    return list(filter(is_of_a_person, comments(data.decode("utf-8-sig", "replace"))))


def _refuse_comment_loss(path: str, losing: list[str], kept: list[str]) -> None:
    """Raises WriteError if a comment in `losing` is not in `kept`."""
    rest = list(kept)
    for comment in losing:
        if comment not in rest:
            raise WriteError(
                f"a comment would be lost: {comment}",
                code="comments",
                path=path,
                hint="Move the comment into a field (a note, for instance) or delete it, then save again.",
            )
        rest.remove(comment)
