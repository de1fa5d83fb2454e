"""The folder for crash logs and side copies outside of any workspace."""

from __future__ import annotations

import os
import sys


def state_folder() -> str | None:
    """sprintkit's folder for program state, where the platform expects it; None if the user has no home folder."""
    state = os.environ.get("XDG_STATE_HOME", "")
    if sys.platform == "darwin" and not state:
        base = os.path.expanduser("~/Library/Logs")
    else:
        base = state if os.path.isabs(state) else os.path.expanduser("~/.local/state")
    return os.path.join(base, "sprintkit") if os.path.isabs(base) else None
