"""Where sprintkit's folder for crash logs and side copies lies, outside of any workspace."""

from __future__ import annotations

import os
import sys


def state_folder() -> str | None:
    """The user's folder for program state, as the platform has it; None if the user has no home."""
    state = os.environ.get("XDG_STATE_HOME", "")
    if sys.platform == "darwin" and not state:
        base = os.path.expanduser("~/Library/Logs")
    else:
        base = state if os.path.isabs(state) else os.path.expanduser("~/.local/state")
    return os.path.join(base, "sprintkit") if os.path.isabs(base) else None
