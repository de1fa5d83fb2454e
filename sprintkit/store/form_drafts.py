"""Drafts of forms: half a check-in, half a closing. They outlive the program, and are nobody's record."""

from __future__ import annotations

import contextlib
import json
from typing import Any

from sprintkit.errors import InputError, WriteError
from sprintkit.store import files, lock, save
from sprintkit.store.toml import codec
from sprintkit.store.workspace import form_draft_path


def save_form_draft(root: str, name: str, content: dict[str, Any]) -> None:
    """Keeps what stands in a form, through the same steps as any save; the latest one wins.

    `content` is anything that JSON can hold. Raises WriteError.
    """
    path = form_draft_path(name)
    data = json.dumps(content, ensure_ascii=True, indent=1).encode()
    if len(data) > codec.MAX_BYTES:
        raise WriteError(
            "the form holds more than a record may", code="too_large", path=path, hint="Shorten it."
        )
    lock.ensure_private_folder(root)
    save.update_bytes(root, path, lambda _: data, expected=save.ANY_VERSION)


def load_form_draft(root: str, name: str) -> dict[str, Any] | None:
    """What stood in a form; None if there is no draft of it, or none that can be read."""
    with contextlib.suppress(InputError, ValueError, RecursionError):
        data = files.read_bytes_if_exists(root, form_draft_path(name))
        content = None if data is None else json.loads(data)
        if isinstance(content, dict):
            return content
    return None


def delete_form_draft(root: str, name: str) -> None:
    """Forgets a form's draft, once its record is on disk. Nothing happens if there is none. Raises WriteError."""
    path = form_draft_path(name)
    with contextlib.suppress(InputError):
        if files.read_bytes_if_exists(root, path) is None:
            return
    save.remove_file(root, path, expected=save.ANY_VERSION)
