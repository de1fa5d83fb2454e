"""Files written into a workspace, and operating system calls that are traced and made to fail."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sprintkit.store.workspace import Workspace

TRACED_CALLS = (
    "open",
    "write",
    "fsync",
    "replace",
    "chmod",
    "mkdir",
    "close",
    "ftruncate",
    "pwrite",
    "pread",
    "read",
)

OnCall = Callable[[int, str, str], None]
"""Called with the number of a call (from 1), its name and the name of its file, before the call is made."""


def path_in(workspace: Workspace, path: str) -> Path:
    """The absolute path of a file of the workspace."""
    return Path(workspace.absolute_path(path))


def write_file(workspace: Workspace, path: str, content: str | bytes = "a = 1\n") -> Path:
    """Writes a file of the workspace and the folders above it, without the store."""
    full_path = path_in(workspace, path)
    full_path.parent.mkdir(parents=True, exist_ok=True)
    full_path.write_bytes(content.encode() if isinstance(content, str) else content)
    return full_path


def list_files(folder: str | Path) -> list[str]:
    """Every file under a folder, hidden ones too, relative to it."""
    return sorted(str(path.relative_to(folder)) for path in Path(folder).rglob("*") if path.is_file())


class Tracer:
    """While `is_on`, records calls of `os` with the name of their file, and runs `on_call` before each of them."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, str]] = []
        self.on_call: OnCall = lambda number, call, name: None
        self.is_on = False
        self._name_of_handle: dict[int, str] = {}

    def start(self, on_call: OnCall | None = None) -> None:
        self.calls.clear()
        self.on_call = on_call or self.on_call
        self.is_on = True

    def stop(self) -> None:
        self.is_on = False

    def wrap(self, call: str, real_call: Callable[..., Any]) -> Callable[..., Any]:
        def traced(*args: Any, **options: Any) -> Any:
            if not self.is_on:
                return real_call(*args, **options)
            target = args[0]
            name = self._name_of_handle.get(target, "?") if isinstance(target, int) else os.fspath(target)
            self.calls.append((call, str(name)))
            try:
                self.on_call(len(self.calls), call, str(name))
            except OSError:
                if call == "close":
                    real_call(*args, **options)  # the system closes it even when it reports an error
                raise
            result = real_call(*args, **options)
            if call == "open":
                self._name_of_handle[result] = str(name)
            return result

        return traced


def fail_nth_call(failing: int, code: int) -> OnCall:
    """Makes the call with this number fail with the error `code`."""

    def on_call(number: int, call: str, name: str) -> None:
        if number == failing:
            raise OSError(code, os.strerror(code))

    return on_call


def fail_every(call_name: str, code: int) -> OnCall:
    """Makes every call of this name fail with the error `code`."""

    def on_call(number: int, call: str, name: str) -> None:
        if call == call_name:
            raise OSError(code, os.strerror(code))

    return on_call
