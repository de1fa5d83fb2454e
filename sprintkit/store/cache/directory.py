"""The folder of this program in the user's cache, for what can be worked out again at any time."""

from __future__ import annotations

import os
import sys


def cache_folder(root: str) -> str | None:
    """The cache folder for a workspace with the full path `root`; None if it lies in there, or nowhere."""
    if sys.platform == "darwin":
        base = os.path.expanduser("~/Library/Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME", "")
        if not os.path.isabs(base):
            base = os.path.expanduser("~/.cache")
    if not os.path.isabs(base):
        return None
    found = os.path.join(os.path.realpath(base), "sprintkit")
    return None if found.startswith(os.path.join(root, "")) else found
