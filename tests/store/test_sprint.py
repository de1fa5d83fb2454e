"""Loading a sprint: a broken file is a problem that hides no other file, and the order of a folder does not matter."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from sprintkit.errors import InputError
from sprintkit.records.kinds import CHECKIN, KINDS, SIGNATURE
from sprintkit.store.sprint_files import SprintFiles, load_sprint
from sprintkit.store.workspace import Workspace
from tests.store.helpers import list_files, path_in, write_file

FILES = [
    "draft.toml",
    "charter.toml",
    "signed/0123456789ab.toml",
    "answers/ann.toml",
    "answers/bob.toml",
    "signatures/0123456789ab/owner-odile.toml",
    "signatures/0123456789ab/sponsor-bram.toml",
    "signatures/ba9876543210/owner-odile.toml",
    "amendments/2027-04-02-scope-ann.toml",
    "checkins/week-01.toml",
    "checkins/week-02.toml",
    "checkins/week-100.toml",
    "checkins/week-02-fix-1.toml",
    "checkins/week-02-fix-2.toml",
    "checkins/week-02-fix-10.toml",
    "closing.toml",
    "reviews/2027-04.toml",
    "reviews/2027-05.toml",
    "readiness.toml",
]


def write_record(workspace: Workspace, name: str, text: str = "") -> Path:
    """Writes a file of the sprint `lead`; its document is its own name unless `text` is given."""
    return write_file(workspace, f"sprints/lead/{name}", text or f'name = "{name}"\n')


def write_all_records(workspace: Workspace) -> None:
    for name in FILES:
        write_record(workspace, name)


def loaded_names(sprint: SprintFiles) -> list[str]:
    """The name in every loaded document, in the order of `FILES`; each must be the file's own name."""
    files = [sprint.draft, sprint.charter, *sprint.signed]
    for kind in KINDS:
        files += sprint.records_of(kind)
    names = []
    for file in files:
        if file is not None:
            assert file.path == "sprints/lead/" + file.document["name"]
            names.append(file.document["name"])
    return names


@pytest.mark.parametrize("order", [1, -1])
def test_all_files_are_loaded_in_the_order_of_their_kind(
    workspace: Workspace, order: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_all_records(workspace)
    write_record(workspace, "answers/notes.md")
    write_record(workspace, "answers/.hidden.toml")
    real_listdir = os.listdir
    monkeypatch.setattr(os, "listdir", lambda path: sorted(real_listdir(path))[::order])
    before = list_files(workspace.root)
    sprint = load_sprint(workspace, "lead")
    assert sprint.problems == ()
    assert loaded_names(sprint) == FILES
    assert list_files(workspace.root) == before, "reading writes nothing"


def test_an_empty_sprint_has_no_files(workspace: Workspace) -> None:
    path_in(workspace, "sprints/lead/checkins").mkdir(parents=True)
    sprint = load_sprint(workspace, "lead")
    assert sprint.charter is None
    assert loaded_names(sprint) == []
    with pytest.raises(InputError, match="no sprint"):
        load_sprint(workspace, "price")


def test_broken_files_are_problems_and_hide_no_other(workspace: Workspace, tmp_path: Path) -> None:
    write_all_records(workspace)
    write_record(workspace, "charter.toml", "a = \n")
    write_record(workspace, "checkins/week-02.toml", "schema = 9\n")
    write_record(workspace, "checkins/week3.toml")
    write_record(workspace, "reviews/april.toml")
    write_record(workspace, "signatures/stray.toml")
    write_record(workspace, "answers/bob.toml").unlink()
    (tmp_path / "secret.toml").write_text("a = 1")
    path_in(workspace, "sprints/lead/answers/bob.toml").symlink_to(tmp_path / "secret.toml")
    sprint = load_sprint(workspace, "lead")
    assert {problem.path: problem.code for problem in sprint.problems} == {
        "sprints/lead/charter.toml": "broken_toml",
        "sprints/lead/checkins/week-02.toml": "newer_schema",
        "sprints/lead/checkins/week3.toml": "file_name",
        "sprints/lead/reviews/april.toml": "file_name",
        "sprints/lead/signatures/stray.toml": "file_name",
        "sprints/lead/answers/bob.toml": "outside",
    }
    assert sprint.unreadable_paths == {problem.path for problem in sprint.problems}
    unreadable = {"charter.toml", "checkins/week-02.toml", "answers/bob.toml"}
    assert loaded_names(sprint) == [name for name in FILES if name not in unreadable]


def test_a_link_that_stays_in_the_workspace_is_followed(workspace: Workspace) -> None:
    write_all_records(workspace)
    for name in ("charter.toml", "checkins/week-02.toml"):
        path = path_in(workspace, f"sprints/lead/{name}")
        moved = path_in(workspace, path.name)
        path.rename(moved)
        path.symlink_to(moved)
    folder = path_in(workspace, "sprints/lead/reviews")
    moved_folder = path_in(workspace, "moved-reviews")
    folder.rename(moved_folder)
    folder.symlink_to(moved_folder)
    sprint = load_sprint(workspace, "lead")
    assert sprint.problems == ()
    assert loaded_names(sprint) == FILES


def test_an_unreadable_folder_is_one_problem(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    write_all_records(workspace)
    real_listdir = os.listdir

    def listdir(path: Any) -> list[str]:
        if str(path).endswith("checkins"):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return real_listdir(path)

    monkeypatch.setattr(os, "listdir", listdir)
    sprint = load_sprint(workspace, "lead")
    (problem,) = sprint.problems
    assert (problem.code, problem.path) == ("unreadable", "sprints/lead/checkins")
    assert sprint.records_of(CHECKIN) == ()
    assert len(sprint.records_of(SIGNATURE)) == 3


def test_a_file_in_place_of_a_folder_and_a_folder_outside_are_problems(
    workspace: Workspace, tmp_path: Path
) -> None:
    write_record(workspace, "charter.toml")
    write_record(workspace, "checkins")
    (tmp_path / "reviews").mkdir()
    path_in(workspace, "sprints/lead/reviews").symlink_to(tmp_path / "reviews")
    answers = path_in(workspace, "sprints/lead/answers")
    answers.mkdir()
    (answers / os.fsdecode(b"\xff.toml")).touch()
    sprint = load_sprint(workspace, "lead")
    assert sprint.charter is not None
    assert {problem.path: problem.code for problem in sprint.problems} == {
        "sprints/lead/checkins": "not_a_folder",
        "sprints/lead/reviews": "outside",
        "sprints/lead/answers": "bad_name",
    }


def test_a_sync_copy_is_noticed_and_never_loaded(workspace: Workspace) -> None:
    write_all_records(workspace)
    copies = {
        "checkins/week-02 (conflicted copy).toml": "week-02.toml",
        "checkins/week-02 (Ann's conflicted copy 2026-03-02).toml": "week-02.toml",
        "checkins/week-02 (1).toml": "week-02.toml",
        "checkins/week-02 - Copy.toml": "week-02.toml",
        "checkins/week-02 2.toml": "week-02.toml",
        "checkins/week-02.sync-conflict-20260302-101500-ABCDEF7.toml": "week-02.toml",
        "answers/ann (1).toml": "ann.toml",
        "amendments/2027-04-02-scope-ann copy.toml": "2027-04-02-scope-ann.toml",
        "signatures/0123456789ab/owner-odile (1).toml": "owner-odile.toml",
        "signed/0123456789ab (1).toml": "0123456789ab.toml",
        "charter (1).toml": "charter.toml",
        "closing (conflicted copy 2026-10-02).toml": "closing.toml",
    }
    for name in copies:
        write_record(workspace, name)
    sprint = load_sprint(workspace, "lead")
    assert sprint.problems == ()
    assert loaded_names(sprint) == FILES
    assert {notice.path for notice in sprint.notices} == {f"sprints/lead/{name}" for name in copies}
    for notice in sprint.notices:
        original = copies[str(notice.path).removeprefix("sprints/lead/")]
        assert notice.code == "sync_copy" and "looks like a sync copy" in notice.message
        assert notice.hint == f"Compare it with {original}, then delete it."


def test_a_copy_without_its_original_is_a_problem(workspace: Workspace) -> None:
    write_record(workspace, "charter.toml")
    write_record(workspace, "checkins/week-02 (1).toml")
    sprint = load_sprint(workspace, "lead")
    (problem,) = sprint.problems
    assert problem.path == "sprints/lead/checkins/week-02 (1).toml"
    assert problem.hint is not None and "to week-02.toml" in problem.hint


@pytest.mark.parametrize(
    "name", ["draft.toml", "charter.toml", "checkins/week-01.toml", "checkins", "answers"]
)
def test_a_link_that_leads_nowhere_is_a_problem(workspace: Workspace, name: str) -> None:
    write_record(workspace, "charter.toml")
    link = path_in(workspace, f"sprints/lead/{name}")
    link.unlink(missing_ok=True)
    link.parent.mkdir(exist_ok=True)
    link.symlink_to("nowhere")
    (problem,) = load_sprint(workspace, "lead").problems
    assert (problem.path, problem.code) == (f"sprints/lead/{name}", "unreadable")
    assert "leads nowhere" in problem.message


def test_a_sprint_folder_that_is_a_link_to_nowhere_is_a_broken_sprint(workspace: Workspace) -> None:
    path_in(workspace, "sprints/lead").symlink_to("nowhere")
    assert workspace.slugs() == ["lead"]
    (problem,) = load_sprint(workspace, "lead").problems
    assert problem.path == "sprints/lead"
