"""Removing a file that is a link removes the link: what it leads to may be another sprint's."""

from __future__ import annotations

import pytest

from sprintkit.errors import WriteError
from sprintkit.store import files
from sprintkit.store.save import ANY_VERSION, promote, remove_file
from sprintkit.store.workspace import Workspace
from tests.store.helpers import path_in, write_file

TARGET, LINK = "sprints/lead/draft.toml", "sprints/price/draft.toml"


@pytest.fixture
def linked(workspace: Workspace) -> Workspace:
    """A workspace in which one sprint's draft is a link to another's."""
    write_file(workspace, TARGET)
    path_in(workspace, LINK).parent.mkdir()
    path_in(workspace, LINK).symlink_to("../lead/draft.toml")
    return workspace


def test_a_linked_draft_loses_its_name_and_the_other_sprint_nothing(linked: Workspace) -> None:
    remove_file(linked.root, LINK, expected=files.load_file(linked.root, LINK).digest)
    assert not path_in(linked, LINK).is_symlink()
    assert path_in(linked, TARGET).read_text() == "a = 1\n"


def test_a_charter_made_of_a_linked_draft_leaves_the_other_sprint_its_draft(linked: Workspace) -> None:
    draft = files.load_file(linked.root, LINK)
    charter = "sprints/price/charter.toml"
    promote(linked.root, LINK, charter, {"a": 1}, expected=draft.digest, target_expected=None)
    assert path_in(linked, charter).is_file() and not path_in(linked, LINK).is_symlink()
    assert path_in(linked, TARGET).read_text() == "a = 1\n"


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


def test_a_sprint_reached_through_a_link_to_all_of_it_is_edited_as_that_sprint(workspace: Workspace) -> None:
    target = write_file(workspace, TARGET)
    path_in(workspace, "sprints/price").symlink_to("lead")
    remove_file(workspace.root, LINK, expected=ANY_VERSION)
    assert not target.exists()
