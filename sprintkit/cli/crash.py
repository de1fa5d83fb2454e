"""Reports a bug: writes a crash log that can be attached to a report, and returns one message."""

from __future__ import annotations

import os
import platform
import time
import traceback
from pathlib import Path

from sprintkit import __version__
from sprintkit.errors import Problem
from sprintkit.store.state_folder import state_folder


def report_bug(error: BaseException, args: list[str]) -> Problem:
    """Write the crash log, and return the problem that names it."""
    message = f"this is a bug in sprintkit: {type(error).__name__}: {error}"
    path = _write_crash_log(error, args)
    if path is None:
        return Problem("bug", message, hint="The crash log could not be written.")
    return Problem("bug", message, hint=f"Please report it with {path}; your files are unchanged.")


def _write_crash_log(error: BaseException, args: list[str]) -> Path | None:
    """The path of the log; None if it could not be written."""
    folder = state_folder()
    if folder is None:
        return None
    try:
        path = Path(folder) / time.strftime(f"crash-%Y%m%d-%H%M%S-{os.getpid()}.log")
        path.parent.mkdir(0o700, parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", errors="backslashreplace") as log:
            log.write(f"sprintkit {__version__}, Python {platform.python_version()}, {platform.platform()}\n")
            log.write(f"arguments: {args!r}\n\n")
            log.write("".join(traceback.format_exception(error)))
    except (OSError, RuntimeError):
        return None
    return path
