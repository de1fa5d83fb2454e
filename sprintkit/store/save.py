"""The one way to write, replace and remove a file of a workspace, in an order that loses nothing.

A save takes the lock, reads the file again, compares it with the version that the caller read, renders the document,
parses it back and compares it, and then takes the steps of `atomic`. Whatever fails before the last of them leaves
the old file as it was and raises WriteError.
"""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Callable, Iterator
from typing import Any

from sprintkit.errors import InputError, WriteError
from sprintkit.store import atomic, files, lock, output_path
from sprintkit.store.files import ConflictError, LoadedFile, SaveResult
from sprintkit.store.toml import codec, limits
from sprintkit.store.toml.tokens import find_comments, is_human_comment
from sprintkit.store.toml.values import is_identical
from sprintkit.store.workspace import SPRINTS_FOLDER
from sprintkit.text.decoding import UndecodableError, decode_text

ANY_VERSION = "*"
"""As `expected`: overwrite whatever is there. Only for files that no person writes, such as form drafts."""

HINT_BY_ERRNO = {
    errno.ENOSPC: "Make room on the disk, then save again.",
    errno.EDQUOT: "Your disk quota is used up: make room, then save again.",
    errno.EACCES: "Ask for permission to write in this folder, then save again.",
    errno.EPERM: "Ask for permission to write in this folder, then save again.",
    errno.EROFS: "The disk is read-only: save somewhere else, or have it made writable.",
}

_unconfirmed: dict[str, str] = {}
"""Files that were replaced although the disk did not confirm it, as absolute path and hash; a retry may start from them."""


def save_file(
    root: str,
    path: str,
    document: dict[str, Any],
    *,
    expected: str | None,
    header: str | None = None,
    comments_from: LoadedFile | None = None,
) -> SaveResult:
    """Writes `document` to `path` of the workspace `root`, all or nothing; returns once the disk has it.

    `expected` is the hash of the file that the caller read; None means that there must be no file yet. A file that
    already has this content is left alone. If a person wrote comments into the file, its values are edited in place;
    a new file can take over the comments of `comments_from`. `header` is the comment for editors at the top (None
    keeps the one that is there).

    Raises ConflictError if the file has changed, WriteError for anything else that prevents the save.
    """

    def make_bytes(current: bytes | None) -> bytes | None:
        old = None if current is None else files.parse_file(path, current)
        if old is not None and is_identical(old.document, document):
            return current
        return _encode_document(path, old or comments_from, document, header)

    return update_bytes(root, path, make_bytes, expected=expected)


def update_bytes(
    root: str, path: str, make_bytes: Callable[[bytes | None], bytes | None], *, expected: str | None
) -> SaveResult:
    """Replaces the bytes of `path` with what `make_bytes` returns for the current ones (None: no file).

    Every write ends here; call it directly only for files that are not documents (form drafts, Git's settings). Raises as
    `save_file` does.
    """
    with _locked_for_writing(root, path) as full_path:
        current = files.read_bytes_if_exists(root, path)
        is_unconfirmed = current is not None and _unconfirmed.get(full_path) == files.hash_bytes(current)
        if not is_unconfirmed:
            _refuse_conflict(path, current, expected)
        data = make_bytes(current)
        if data is None or (data == current and not is_unconfirmed):
            return SaveResult(path, files.hash_bytes(data or b""), False)
        mode = None if current is None else os.stat(full_path).st_mode
        if mode is not None and not mode & 0o222:
            raise WriteError(
                "the file is read-only",
                code="read_only",
                path=path,
                hint="Make it writable (chmod u+w), then save again.",
            )

        def refuse_late_change() -> None:
            latest = files.read_bytes_if_exists(root, path)
            if latest != current:
                raise _conflict_error(path, latest, is_new_file=current is None)

        digest = files.hash_bytes(data)
        with contextlib.ExitStack() as unless_saved:
            for folder in atomic.make_folders(os.path.dirname(full_path)):
                unless_saved.callback(_remove_folder_if_empty, folder)
            lock.note_target_folder(root, os.path.dirname(full_path))
            atomic.remove_leftovers(os.path.dirname(full_path))
            try:
                atomic.replace_file(full_path, data, mode, refuse_late_change)
            except atomic.DurabilityError:
                unless_saved.pop_all()
                _unconfirmed[full_path] = digest
                raise
            unless_saved.pop_all()
        _unconfirmed.pop(full_path, None)
        return SaveResult(path, digest, True)


def require_unchanged(root: str, path: str, *, expected: str | None) -> None:
    """Raises ConflictError as `save_file` does, without writing; InputError if the file cannot be read."""
    _refuse_conflict(path, files.read_bytes_if_exists(root, path), expected)


def remove_file(root: str, path: str, *, expected: str, successor: str | None = None) -> None:
    """Removes the file at `path` if its hash is still `expected`. Of a link, only the link is removed.

    Raises WriteError if a person's comment would be lost because the file `successor` does not have it too, or if a
    folder inside the sprint's is a link, so that the file may belong elsewhere; ConflictError if the file has changed.
    """
    with _locked_for_writing(root, path):
        own_path = _path_below_own_folder(root, path)
        current = files.read_bytes_if_exists(root, path)
        _refuse_conflict(path, current, expected)
        if current is not None:
            remaining = None if successor is None else files.read_bytes_if_exists(root, successor)
            _refuse_comment_loss(path, _human_comments(current), _human_comments(remaining or b""))
        atomic.delete_file(own_path)


def promote(
    root: str,
    path: str,
    target: str,
    document: dict[str, Any],
    *,
    expected: str,
    target_expected: str | None,
    header: str | None = None,
) -> SaveResult:
    """Saves `document` to `target`, then removes `path`, which it came from (a draft that becomes a charter).

    Comments in either file are preserved. If the power fails in between, both files exist with the same content.
    Raises as `save_file` does; then both files are as they were.
    """
    with _locked_for_writing(root, path):
        current = files.read_bytes_if_exists(root, path)
        _refuse_conflict(path, current, expected)
        source = files.parse_file(path, current or b"")
        target_current = files.read_bytes_if_exists(root, target)
        _refuse_conflict(target, target_current, target_expected)
        source_comments = _human_comments(current or b"")
        target_comments = _human_comments(target_current or b"")
        if source_comments == target_comments or not source_comments:
            result = save_file(
                root, target, document, expected=target_expected, header=header, comments_from=source
            )
        else:
            _refuse_comment_loss(target, target_comments, source_comments)
            data = _encode_document(target, source, document, header)
            result = update_bytes(root, target, lambda _: data, expected=target_expected)
        remove_file(root, path, expected=expected, successor=target)
        return result


def _encode_document(
    path: str, old: LoadedFile | None, document: dict[str, Any], header: str | None
) -> bytes:
    """The bytes of `document`: in sprintkit's own form, or `old` with its values edited if it has comments.

    They are parsed back and compared before they are returned.
    """
    comments = find_comments(old.text) if old else []
    if header is None:
        header = "".join(f"{comment}\n" for comment in comments if not is_human_comment(comment))
    spaced_header = header + "\n" if header and not header.endswith("\n\n") else header
    text = codec.dump(document, spaced_header, path)
    if not is_identical(codec.parse(text.encode(), path), document):
        raise WriteError("this document would not read back unchanged", code="round_trip", path=path)
    if old and any(map(is_human_comment, comments)):
        # Imported here because few files have comments, and tomlkit loads slower than all of this module.
        from sprintkit.store.toml.edit import edit_text

        text = edit_text(path, _replace_header(old.text, header), old.document, document)
        limits.refuse_too_large(len(text.encode()), document, path)
    return text.encode()


def _replace_header(text: str, header: str) -> str:
    """A file's text with `header` in place of sprintkit's own comments at its top."""
    lines = text.splitlines(keepends=True)
    while lines and lines[0].startswith("#:"):
        del lines[0]
    return header.rstrip("\n") + "\n" * bool(header) + "".join(lines)


@contextlib.contextmanager
def _locked_for_writing(root: str, path: str) -> Iterator[str]:
    """Holds the lock and yields the absolute path of `path`; turns every failure into WriteError."""
    try:
        if not os.path.isdir(root):
            raise WriteError(
                "the workspace is gone: its folder was moved, deleted or unmounted",
                code="no_workspace",
                path=path,
                hint="Put it back, then save again.",
            )
        full_path = files.resolve_inside(root, path)
        if os.path.islink(os.path.join(root, path)) and not _is_shared_record(root, path, full_path):
            raise output_path.link_error(path, "Put the file itself there.")
        output_path.refuse_git_folder(os.path.realpath(root), full_path, path)
        with lock.workspace_lock(root):
            yield full_path
    except InputError as error:
        raise WriteError.from_problems(error.problems) from None
    except ValueError:
        raise WriteError("this is not a valid file name", code="bad_name", path=path) from None
    except atomic.DurabilityError as error:
        raise WriteError(
            f"was written, but the disk did not confirm it: {error.strerror}",
            code="not_durable",
            path=path,
            hint="Save again; until then, a power cut could bring back the previous version.",
        ) from None
    except OSError as error:
        raise WriteError(
            f"could not be written: {error.strerror or error}; nothing was changed",
            code="not_written",
            path=path,
            hint=HINT_BY_ERRNO.get(error.errno or 0, "Check the disk, then save again."),
        ) from None


def _is_shared_record(root: str, path: str, full_path: str) -> bool:
    """Whether `path`, a file of a sprint, still lies among the sprints with its links followed."""
    sprints = os.path.join(os.path.realpath(os.path.join(root, SPRINTS_FOLDER)), "")
    return path.startswith(f"{SPRINTS_FOLDER}/") and full_path.startswith(sprints)


def _path_below_own_folder(root: str, path: str) -> str:
    """The absolute path of `path`, without following it if it is a link itself.

    Raises WriteError if a folder in it is a link, other than the sprint's own folder.
    """
    parts = path.split("/")
    top = 2 if parts[0] == SPRINTS_FOLDER and len(parts) > 2 else 0
    base = os.path.realpath(os.path.join(root, *parts[:top]))
    for end in range(top + 1, len(parts)):
        if os.path.islink(os.path.join(base, *parts[top:end])):
            raise output_path.link_error(
                "/".join(parts[:end]), f"Delete {parts[-1]} where the link leads to."
            )
    return os.path.join(base, *parts[top:])


def _remove_folder_if_empty(folder: str) -> None:
    with contextlib.suppress(OSError):
        os.rmdir(folder)


def _refuse_conflict(path: str, current: bytes | None, expected: str | None) -> None:
    """Raises ConflictError if the hash of `current` (None: no file) is not `expected`."""
    if expected == ANY_VERSION or (None if current is None else files.hash_bytes(current)) == expected:
        return
    raise _conflict_error(path, current, is_new_file=expected is None)


def _conflict_error(path: str, current: bytes | None, *, is_new_file: bool) -> ConflictError:
    """`is_new_file`: whether the caller expected no file at `path`."""
    if current is None:
        message, hint = "somebody removed this file since it was read", "Save it again as a new file."
    elif is_new_file:
        message, hint = "this file exists already", "Look at its content; nothing was overwritten."
    else:
        message = "somebody else changed this file since it was read"
        hint = "Compare the two, then save again; nothing was overwritten."
    error = ConflictError(message, code="changed", path=path, hint=hint)
    error.current_bytes = current
    if current is not None:
        with contextlib.suppress(InputError):
            error.current = files.parse_file(path, current)
    return error


def _human_comments(data: bytes) -> list[str]:
    try:
        text = decode_text(data)
    except UndecodableError:
        text = data.decode("utf-8", "replace")
    return list(filter(is_human_comment, find_comments(text)))


def _refuse_comment_loss(path: str, at_risk: list[str], remaining: list[str]) -> None:
    """Raises WriteError if a comment in `at_risk` is not in `remaining`."""
    unclaimed = list(remaining)
    for comment in at_risk:
        if comment not in unclaimed:
            raise WriteError(
                f"a comment would be lost: {comment}",
                code="comments",
                path=path,
                hint="Move the comment into a field (a note, for instance) or delete it, then save again.",
            )
        unclaimed.remove(comment)
