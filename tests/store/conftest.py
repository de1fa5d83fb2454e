"""An empty workspace, and operating system calls that can be traced and made to fail."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from sprintkit.store.workspace import Workspace, find_workspace
from tests.store.helpers import TRACED_CALLS, Tracer


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """An empty workspace in `tmp_path / "work"`."""
    folder = tmp_path / "work"
    (folder / "sprints").mkdir(parents=True)
    return find_workspace(folder)


@pytest.fixture
def tracer(monkeypatch: pytest.MonkeyPatch) -> Iterator[Tracer]:
    """A tracer of the calls in TRACED_CALLS, not yet started."""
    tracer = Tracer()
    for call in TRACED_CALLS:
        monkeypatch.setattr(os, call, tracer.wrap(call, getattr(os, call)))
    yield tracer
    tracer.stop()
