"""Where sprintkit's folder in the user's cache lies."""

from __future__ import annotations

import os
import sys


def cache_folder(root: str) -> str | None:
    """sprintkit's cache folder; None if the user has none, or if it would lie inside the workspace at `root`."""
    if sys.platform == "darwin":
        base = os.path.expanduser("~/Library/Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME", "")
        if not os.path.isabs(base):
            base = os.path.expanduser("~/.cache")
    if not os.path.isabs(base):
        return None
    folder = os.path.join(os.path.realpath(base), "sprintkit")
    return None if folder.startswith(os.path.join(root, "")) else folder
