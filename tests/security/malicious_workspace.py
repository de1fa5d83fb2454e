"""Builds what somebody who means harm could put into a repository: one trap a function.

`build` makes a folder with `cloned/`, the workspace that holds most traps; a workspace of its own for every trap that
takes the place of something a workspace has only once; `outside/`, which nobody may read or write; `home/`;
and `bin/`, with the command that no shell or program may ever run.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import NamedTuple

from tests.security import file_traps, house_traps, text_traps  # noqa: F401 (they declare the traps)
from tests.security.trap import CANARY_COMMAND, SECRET, TRAPS, Place


class MaliciousWorkspace(NamedTuple):
    """What `build` made."""

    base: Path
    root: Path
    singles: dict[str, Path]
    """The workspaces of the traps that stand alone, by the trap's name."""

    @property
    def outside(self) -> Path:
        return self.base / "outside"

    @property
    def home(self) -> Path:
        return self.base / "home"

    @property
    def temporary(self) -> Path:
        return self.base / "tmp"

    @property
    def slugs(self) -> list[str]:
        """The names of the folders in `sprints/` of the workspace that holds most traps."""
        return sorted(path.name for path in (self.root / "sprints").iterdir())

    @property
    def environment(self) -> dict[str, str]:
        """Environment of a run: the canary command is found first, and stands in for every helper program."""
        canary = str(self.base / "bin" / CANARY_COMMAND)
        helpers = dict.fromkeys(("EDITOR", "VISUAL", "PAGER", "BROWSER", "GIT_PAGER", "GIT_EDITOR"), canary)
        folders = {"XDG_CACHE_HOME": ".cache", "XDG_STATE_HOME": ".local/state", "XDG_CONFIG_HOME": ".config"}
        home = {name: str(self.home / folder) for name, folder in folders.items()}
        return {
            "PATH": f"{self.base / 'bin'}:{os.environ['PATH']}",
            "HOME": str(self.home),
            "TMPDIR": str(self.temporary),
            "PYTHONPATH": str(Path(__file__).parents[2]),
            "PYTHONDONTWRITEBYTECODE": "1",
            **home,
            **helpers,
        }

    @property
    def was_canary_run(self) -> bool:
        return (self.base / "ran").exists()


def build(base: Path) -> MaliciousWorkspace:
    """Lay every trap below the folder `base`."""
    outside = base / "outside"
    for folder in ("outside/sprint", "outside/folder", "home/.config", "tmp", "bin"):
        (base / folder).mkdir(parents=True)
    command = base / "bin" / CANARY_COMMAND
    command.write_text(f"#!/bin/sh\necho ran > '{base / 'ran'}'\n", "utf-8")
    command.chmod(0o755)
    for name in ("victim.toml", "folder/victim.txt", "sprint/charter.toml"):
        (outside / name).write_text(f'schema = 1\n[charter]\ntitle = "{SECRET}"\n', "utf-8")
    (base / "home/.bashrc").write_text("# untouched\n", "utf-8")
    cloned = Place(base / "cloned", outside)
    _begin(cloned)
    singles: dict[str, Path] = {}
    for trap in TRAPS:
        place = cloned
        if trap.is_single:
            place = Place(base / "singles" / trap.name, outside)
            _begin(place)
            singles[trap.name] = place.root
        trap.lay(place)
    return MaliciousWorkspace(base, cloned.root, singles)


def _begin(place: Place) -> None:
    """A workspace with a good sprint, in a repository whose hooks and settings run the canary command."""
    place.add_charter("lead", checkins=2)
    place.write(".git/HEAD", "ref: refs/heads/main\n")
    place.write(".git/config", f"[core]\n\tfsmonitor = {CANARY_COMMAND}\n\tpager = {CANARY_COMMAND}\n")
    place.write(".git/hooks/post-commit", f"#!/bin/sh\n{CANARY_COMMAND}\n").chmod(0o755)
    place.write(".gitattributes", "*.toml text eol=lf\n")
    place.write(".gitignore", ".sprintkit/\n")


def free(base: Path) -> None:
    """Give back the modes that keep a folder from being removed."""
    for folder, _, _ in os.walk(base):
        with contextlib.suppress(OSError):
            Path(folder).chmod(0o700)
