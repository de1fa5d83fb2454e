"""Removing a file that is a link removes only the link: its target may be another sprint's file."""

from __future__ import annotations

import pytest

from sprintkit.errors import WriteError
from sprintkit.store import files
from sprintkit.store.save import ANY_VERSION, promote, remove_file
from sprintkit.store.workspace import Workspace
from tests.store.helpers import path_in, write_file

TARGET, LINK = "sprints/lead/draft.toml", "sprints/price/draft.toml"


@pytest.fixture
def linked_workspace(workspace: Workspace) -> Workspace:
    """A workspace in which the draft of price is a link to the draft of lead."""
    write_file(workspace, TARGET)
    path_in(workspace, LINK).parent.mkdir()
    path_in(workspace, LINK).symlink_to("../lead/draft.toml")
    return workspace


def test_removing_a_linked_draft_leaves_the_other_sprint_its_draft(linked_workspace: Workspace) -> None:
    draft = files.load_file(linked_workspace.root, LINK)
    remove_file(linked_workspace.root, LINK, expected=draft.digest)
    assert not path_in(linked_workspace, LINK).is_symlink()
    assert path_in(linked_workspace, TARGET).read_text() == "a = 1\n"


def test_promoting_a_linked_draft_leaves_the_other_sprint_its_draft(linked_workspace: Workspace) -> None:
    draft = files.load_file(linked_workspace.root, LINK)
    charter = "sprints/price/charter.toml"
    promote(linked_workspace.root, LINK, charter, {"a": 1}, expected=draft.digest, target_expected=None)
    assert path_in(linked_workspace, charter).is_file()
    assert not path_in(linked_workspace, LINK).is_symlink()
    assert path_in(linked_workspace, TARGET).read_text() == "a = 1\n"


def test_a_file_behind_a_linked_folder_is_not_removed(workspace: Workspace) -> None:
    target = write_file(workspace, "sprints/lead/checkins/week-01.toml")
    path_in(workspace, "sprints/price").mkdir()
    path_in(workspace, "sprints/price/checkins").symlink_to("../lead/checkins")
    with pytest.raises(WriteError) as caught:
        remove_file(workspace.root, "sprints/price/checkins/week-01.toml", expected=ANY_VERSION)
    assert [(problem.code, problem.path) for problem in caught.value.problems] == [
        ("link", "sprints/price/checkins")
    ]
    assert target.is_file()


def test_a_link_to_a_whole_sprint_edits_that_sprint(workspace: Workspace) -> None:
    target = write_file(workspace, TARGET)
    path_in(workspace, "sprints/price").symlink_to("lead")
    remove_file(workspace.root, LINK, expected=ANY_VERSION)
    assert not target.exists()
