"""The process that reads an extract ends as soon as its answer is no longer wanted."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from sprintkit.measure import process
from sprintkit.measure.worker.job import ExtractSource


def test_an_interrupted_job_ends_its_silent_process(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    started: list[subprocess.Popen[bytes]] = []

    class RecordedProcess(subprocess.Popen[bytes]):
        def __init__(self, *args: Any, **options: Any) -> None:
            super().__init__(*args, **options)
            started.append(self)

    def interrupt(stage: str, share: float) -> None:
        if stage:
            raise KeyboardInterrupt

    monkeypatch.setattr(process, "_START", "import sys; sys.stdin.buffer.read()")
    monkeypatch.setattr(subprocess, "Popen", RecordedProcess)
    job = ExtractSource(path="a", label="a", form="csv", columns=None, spill_folder=str(tmp_path))
    with (tmp_path / "lock").open("w") as lock, pytest.raises(KeyboardInterrupt):
        process.run_job(job, lock=lock.fileno(), label="a", on_progress=interrupt)
    (child,) = started
    assert child.returncode is not None
