"""The fingerprint changes with every change to a file that a screen shows, and with nothing else."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest

from sprintkit.store.fingerprint import workspace_fingerprint
from sprintkit.store.workspace import Workspace
from tests.store.helpers import path_in, write_file

CHARTER = "sprints/lead/charter.toml"
SIGNATURE = "sprints/lead/signatures/0123456789ab/owner-ann.toml"

CHANGES: list[tuple[str, Callable[[Workspace], object]]] = [
    ("a file added", lambda w: write_file(w, "sprints/lead/checkins/week-01.toml")),
    ("a file removed", lambda w: path_in(w, SIGNATURE).unlink()),
    ("another size", lambda w: write_file(w, CHARTER, "a = 22\n")),
    ("another time", lambda w: os.utime(path_in(w, CHARTER), (1, 1))),
    ("a folder added", lambda w: path_in(w, "sprints/price").mkdir()),
    ("settings added", lambda w: write_file(w, "sprintkit.toml")),
]


@pytest.mark.parametrize("change", [case[1] for case in CHANGES], ids=[case[0] for case in CHANGES])
def test_every_change_gives_another_fingerprint(
    workspace: Workspace, change: Callable[[Workspace], object]
) -> None:
    write_file(workspace, CHARTER)
    write_file(workspace, SIGNATURE)
    before = workspace_fingerprint(workspace)
    assert workspace_fingerprint(workspace) == before
    change(workspace)
    assert workspace_fingerprint(workspace) != before


@pytest.mark.parametrize("name", ["a", "sprints/a", "sprints/lead/a.toml", "sprints/lead/checkins"])
def test_a_circular_link_does_not_hide_a_change_beside_it(workspace: Workspace, name: str) -> None:
    write_file(workspace, CHARTER)
    path_in(workspace, name).symlink_to(path_in(workspace, name))
    before = workspace_fingerprint(workspace)
    write_file(workspace, CHARTER, "a = 22\n")
    assert workspace_fingerprint(workspace) != before


def test_a_sprints_fingerprint_ignores_other_sprints_and_hidden_files(workspace: Workspace) -> None:
    write_file(workspace, CHARTER)
    before = workspace_fingerprint(workspace, "lead")
    write_file(workspace, "sprints/price/charter.toml")
    write_file(workspace, "sprints/lead/.sprintkit-1-0123abcd.tmp")
    write_file(workspace, "sprints/lead/notes.md")
    assert workspace_fingerprint(workspace, "lead") == before
