"""A workspace, and operating system calls that fail or are counted."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from sprintkit.store.workspace import Workspace, find_workspace

CALLS = (
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


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    folder = tmp_path / "work"
    (folder / "sprints").mkdir(parents=True)
    return find_workspace(folder)


class Tracer:
    """Counts calls of `os`, notes them with the name of their file, and lets `at` act at each one."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, str]] = []
        self.at: Callable[[int, str, str], None] = lambda number, call, name: None
        self.on = False
        self._names: dict[int, str] = {}

    def wrap(self, call: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def traced(*args: Any, **named: Any) -> Any:
            if not self.on:
                return real(*args, **named)
            first = args[0]
            name = self._names.get(first, "?") if isinstance(first, int) else os.fspath(first)
            self.seen.append((call, str(name)))
            try:
                self.at(len(self.seen), call, str(name))
            except OSError:
                if call == "close":
                    real(*args, **named)  # the system closes it even when it reports an error
                raise
            result = real(*args, **named)
            if call == "open":
                self._names[result] = str(name)
            return result

        return traced


@pytest.fixture
def tracer(monkeypatch: pytest.MonkeyPatch) -> Iterator[Tracer]:
    tracer = Tracer()
    for call in CALLS:
        monkeypatch.setattr(os, call, tracer.wrap(call, getattr(os, call)))
    yield tracer
    tracer.on = False


def names_in(folder: str | Path) -> list[str]:
    """Every file under a folder, hidden ones too, relative to it."""
    return sorted(str(path.relative_to(folder)) for path in Path(folder).rglob("*") if path.is_file())
