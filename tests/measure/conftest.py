"""A workspace with the sample that has data sources, and the command line in this process."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import SAMPLES, measured_here, run

__all__ = ["measured_here", "run", "workspace"]


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, `team`, with the sprint lead-routing and an empty `data`; temporary files go to `temp` beside it."""
    folder = tmp_path / "team"
    shutil.copytree(SAMPLES / "lead-routing", folder / "sprints" / "lead-routing")
    (folder / "data").mkdir()
    (tmp_path / "temp").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temp"))
    monkeypatch.chdir(folder)
    return folder
