"""A name on the command line is a sprint, a file of a sprint, or any other file."""

from __future__ import annotations

from pathlib import Path

import pytest

from sprintkit.errors import InputError
from sprintkit.store.targets import Target, TargetResolver
from sprintkit.store.workspace import Workspace
from tests.store.helpers import write_file


def test_a_name_is_resolved_to_a_sprint_or_a_file(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    charter = "sprints/lead/charter.toml"
    checkin = "sprints/lead/checkins/week-01.toml"
    write_file(workspace, charter)
    write_file(workspace, checkin)
    write_file(workspace, "loose.toml")
    (tmp_path / "outside.toml").touch()
    (tmp_path / "link.toml").symlink_to(workspace.absolute_path(charter))
    monkeypatch.chdir(workspace.root)
    expected = {
        "lead": Target(None, "lead", False),
        charter: Target(charter, "lead", True),
        checkin: Target(checkin, "lead", False),
        "sprints/lead/../lead/charter.toml": Target(charter, "lead", True),
        str(tmp_path / "link.toml"): Target(charter, "lead", True),
        "loose.toml": Target("loose.toml", None, True),
        str(tmp_path / "outside.toml"): Target(None, None, True),
        "missing.toml": Target("missing.toml", None, True),
    }
    resolver = TargetResolver(workspace, list(expected))
    assert {name: resolver.resolve(name) for name in expected} == expected


def test_a_name_that_is_neither_a_sprint_nor_a_file_suggests_the_closest_sprint(workspace: Workspace) -> None:
    write_file(workspace, "sprints/lead-routing/draft.toml")
    with pytest.raises(InputError) as caught:
        TargetResolver(workspace, ["lead-routng"])
    assert caught.value.problems[0].hint == "Did you mean lead-routing?"
