"""What happens with a bug: a log that can be sent on, and one message."""

from __future__ import annotations

import os
import platform
import sys
import time
import traceback
from pathlib import Path

from sprintkit import __version__
from sprintkit.errors import Problem


def told(error: BaseException, args: list[str]) -> Problem:
    """Write the crash log; the problem that tells where it lies."""
    what = f"{type(error).__name__}: {error}"
    path = _written(error, args)
    if path is None:
        return Problem(
            "bug", f"this is a bug in sprintkit: {what}", hint="The crash log could not be written."
        )
    return Problem(
        "bug",
        f"this is a bug in sprintkit: {what}",
        hint=f"Please report it with {path}; your files are as they were.",
    )


def folder() -> Path:
    """Where crash logs go: the user's folder for the state of programs."""
    state = Path(os.environ.get("XDG_STATE_HOME") or "~/.local/state").expanduser()
    if sys.platform == "darwin" and not os.environ.get("XDG_STATE_HOME"):
        return Path("~/Library/Logs/sprintkit").expanduser()
    return (state if state.is_absolute() else Path("~/.local/state").expanduser()) / "sprintkit"


def _written(error: BaseException, args: list[str]) -> Path | None:
    try:
        path = folder() / time.strftime(f"crash-%Y%m%d-%H%M%S-{os.getpid()}.log")
        path.parent.mkdir(0o700, parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", errors="backslashreplace") as log:
            log.write(f"sprintkit {__version__}, Python {platform.python_version()}, {platform.platform()}\n")
            log.write(f"arguments: {args!r}\n\n")
            log.write("".join(traceback.format_exception(error)))
    except (OSError, RuntimeError):
        return None
    return path
