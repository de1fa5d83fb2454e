"""Workspaces of any size, made of copies of the three samples, for measuring."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

SAMPLES = Path(__file__).resolve().parent.parent.parent / "sprints"


def make_workspace(folder: Path, count: int, *, records: bool = True) -> Path:
    """Makes a workspace of `count` sprints in `folder`, each with its own id and title; without records if told so.

    Returns the folder.
    """
    samples = sorted(path for path in SAMPLES.iterdir() if path.is_dir())
    (folder / "sprints").mkdir(parents=True, exist_ok=True)
    for number in range(count):
        sample = samples[number % len(samples)]
        target = folder / "sprints" / f"{sample.name}-{number:04d}"
        if target.exists():
            continue
        if records:
            shutil.copytree(sample, target)
        else:
            target.mkdir()
            shutil.copy(sample / "charter.toml", target)
        charter = target / "charter.toml"
        text = charter.read_text("utf-8")
        text = text.replace(f'id = "{sample.name}"', f'id = "{target.name}"', 1)
        charter.write_text(text.replace('title = "', f'title = "{target.name}: ', 1), "utf-8")
    return folder


def make_files_old(workspace: Path) -> None:
    """Makes every file old enough for a listing to be cached."""
    for path in (workspace, *workspace.rglob("*")):
        os.utime(path, (1_700_000_000, 1_700_000_000))


if __name__ == "__main__":
    make_workspace(Path(sys.argv[1]), int(sys.argv[2]))
