"""Lists the SSH keys in the home folder, by the names of their public files."""

from __future__ import annotations

from pathlib import Path
from typing import Final

MAX_KEYS: Final = 20
_FOLDER: Final = "~/.ssh"


def list_key_files() -> tuple[str, ...]:
    """The public keys in `~/.ssh`, as `~/.ssh/id_ed25519.pub`, sorted; none where there is no such folder."""
    try:
        names = sorted(
            path.name
            for path in Path(_FOLDER).expanduser().iterdir()
            if path.suffix == ".pub" and path.is_file()
        )
    except (OSError, RuntimeError):  # there is no such folder, or no such home
        return ()
    return tuple(f"{_FOLDER}/{name}" for name in names[:MAX_KEYS] if name.isprintable())
