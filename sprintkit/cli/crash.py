"""Reporting a bug: a crash log that can be sent on, and one message."""

from __future__ import annotations

import os
import platform
import sys
import time
import traceback
from pathlib import Path

from sprintkit import __version__
from sprintkit.errors import Problem


def report_bug(error: BaseException, args: list[str]) -> Problem:
    """Write the crash log, and return the problem that names it."""
    message = f"this is a bug in sprintkit: {type(error).__name__}: {error}"
    path = _write_crash_log(error, args)
    if path is None:
        return Problem("bug", message, hint="The crash log could not be written.")
    return Problem("bug", message, hint=f"Please report it with {path}; your files are unchanged.")


def crash_log_folder() -> Path:
    """The user's folder for program state, as the platform has it."""
    state = os.environ.get("XDG_STATE_HOME")
    if sys.platform == "darwin" and not state:
        return Path("~/Library/Logs/sprintkit").expanduser()
    folder = Path(state or "~/.local/state").expanduser()
    if not folder.is_absolute():
        folder = Path("~/.local/state").expanduser()
    return folder / "sprintkit"


def _write_crash_log(error: BaseException, args: list[str]) -> Path | None:
    """The path of the log; None if it could not be written."""
    try:
        path = crash_log_folder() / time.strftime(f"crash-%Y%m%d-%H%M%S-{os.getpid()}.log")
        path.parent.mkdir(0o700, parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", errors="backslashreplace") as log:
            log.write(f"sprintkit {__version__}, Python {platform.python_version()}, {platform.platform()}\n")
            log.write(f"arguments: {args!r}\n\n")
            log.write("".join(traceback.format_exception(error)))
    except (OSError, RuntimeError):
        return None
    return path
