"""Drafts of forms: a half-filled check-in or closing that outlives the program. They are not records.

Text that cannot be saved as a draft is set aside by `side_copies`.
"""

from __future__ import annotations

import contextlib
import json
from typing import Any

from sprintkit.errors import InputError, WriteError
from sprintkit.store import files, lock, save
from sprintkit.store.toml import limits
from sprintkit.store.workspace import form_draft_path


def save_form_draft(root: str, name: str, content: dict[str, Any]) -> None:
    """Saves what has been filled in so far, as safely as any file; the latest draft wins.

    `content` is anything that JSON can hold. Raises WriteError.
    """
    path = form_draft_path(name)
    data = json.dumps(content, ensure_ascii=True, indent=1).encode()
    if len(data) > limits.MAX_BYTES:
        raise WriteError(
            "the form holds more than a record can", code="too_large", path=path, hint="Shorten it."
        )
    lock.ensure_private_folder(root)
    save.update_bytes(root, path, lambda _: data, expected=save.ANY_VERSION)


def load_form_draft(root: str, name: str) -> dict[str, Any] | None:
    """What has been filled in so far; None if the form has no draft, or none that can be read."""
    with contextlib.suppress(InputError, ValueError, RecursionError):
        data = files.read_bytes_if_exists(root, form_draft_path(name))
        content = None if data is None else json.loads(data)
        if isinstance(content, dict):
            return content
    return None


def delete_form_draft(root: str, name: str) -> None:
    """Deletes a form's draft, if there is one, once its record is on disk. Raises WriteError."""
    path = form_draft_path(name)
    with contextlib.suppress(InputError):
        if files.read_bytes_if_exists(root, path) is None:
            return
    save.remove_file(root, path, expected=save.ANY_VERSION)
