"""Everything about a sprint at once: a broken file is told and hides nothing, and no order of a folder matters."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from sprintkit.errors import InputError
from sprintkit.store.files import LoadedFile
from sprintkit.store.sprint import SprintFiles, charter_ids, load_sprint, parse_checkin_path
from sprintkit.store.workspace import Workspace
from tests.store.conftest import names_in

FILES = [
    "draft.toml",
    "charter.toml",
    "answers/ann.toml",
    "answers/bob.toml",
    "signatures/0123456789ab/owner-odile.toml",
    "signatures/0123456789ab/sponsor-bram.toml",
    "signatures/ba9876543210/owner-odile.toml",
    "signed/0123456789ab.toml",
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


def lay(workspace: Workspace, name: str, text: str = "") -> Path:
    path = Path(workspace.absolute_path(f"sprints/lead/{name}"))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text or f'name = "{name}"\n')
    return path


def all_of(files: SprintFiles) -> list[str]:
    found: list[str] = []
    for value in files:
        for record in value if isinstance(value, tuple) and not isinstance(value, LoadedFile) else (value,):
            if isinstance(record, LoadedFile):
                assert record.path == "sprints/lead/" + record.document["name"]
                found.append(record.document["name"])
    return found


@pytest.mark.parametrize("order", [1, -1])
def test_all_files_are_read_each_kind_in_its_order(
    workspace: Workspace, order: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in FILES:
        lay(workspace, name)
    lay(workspace, "answers/notes.md")
    lay(workspace, "answers/.hidden.toml")
    real = os.listdir
    monkeypatch.setattr(os, "listdir", lambda path: sorted(real(path))[::order])
    before = names_in(workspace.root)
    files = load_sprint(workspace, "lead")
    assert files.problems == ()
    assert all_of(files) == FILES
    assert [parse_checkin_path(record.path) for record in files.corrections] == [(2, 1), (2, 2), (2, 10)]
    assert names_in(workspace.root) == before, "reading writes nothing"


def test_an_empty_sprint_has_nothing(workspace: Workspace) -> None:
    Path(workspace.absolute_path("sprints/lead")).mkdir()
    files = load_sprint(workspace, "lead")
    assert files.charter is None
    assert all_of(files) == []
    assert files.problems == ()
    with pytest.raises(InputError, match="no sprint"):
        load_sprint(workspace, "price")


def test_what_is_broken_is_told_and_hides_nothing(workspace: Workspace, tmp_path: Path) -> None:
    for name in FILES:
        lay(workspace, name)
    lay(workspace, "charter.toml", "a = \n")
    lay(workspace, "checkins/week-02.toml", "schema = 9\n")
    lay(workspace, "checkins/week3.toml")
    lay(workspace, "reviews/april.toml")
    lay(workspace, "signatures/stray.toml")
    lay(workspace, "answers/bob.toml").unlink()
    (tmp_path / "secret.toml").write_text("a = 1")
    Path(workspace.absolute_path("sprints/lead/answers/bob.toml")).symlink_to(tmp_path / "secret.toml")
    files = load_sprint(workspace, "lead")
    assert {problem.path: problem.code for problem in files.problems} == {
        "sprints/lead/charter.toml": "broken_toml",
        "sprints/lead/checkins/week-02.toml": "newer_schema",
        "sprints/lead/checkins/week3.toml": "file_name",
        "sprints/lead/reviews/april.toml": "file_name",
        "sprints/lead/signatures/stray.toml": "file_name",
        "sprints/lead/answers/bob.toml": "outside",
    }
    assert files.unreadable_paths == {problem.path for problem in files.problems}
    gone = {"charter.toml", "checkins/week-02.toml", "answers/bob.toml"}
    assert all_of(files) == [name for name in FILES if name not in gone]


def test_a_link_that_stays_in_the_workspace_is_followed(workspace: Workspace) -> None:
    for name in FILES:
        lay(workspace, name)
    for name in ("charter.toml", "checkins/week-02.toml"):
        path = Path(workspace.absolute_path(f"sprints/lead/{name}"))
        path.rename(Path(workspace.absolute_path(path.name)))
        path.symlink_to(workspace.absolute_path(path.name))
    folder = Path(workspace.absolute_path("sprints/lead/reviews"))
    folder.rename(Path(workspace.absolute_path("kept-elsewhere")))
    folder.symlink_to(workspace.absolute_path("kept-elsewhere"))
    files = load_sprint(workspace, "lead")
    assert files.problems == ()
    assert all_of(files) == FILES


def test_a_folder_that_may_not_be_read_is_told(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in FILES:
        lay(workspace, name)
    real = os.listdir

    def listdir(path: Any) -> list[str]:
        if str(path).endswith("checkins"):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return real(path)

    monkeypatch.setattr(os, "listdir", listdir)
    files = load_sprint(workspace, "lead")
    (problem,) = files.problems
    assert (problem.code, problem.path) == ("unreadable", "sprints/lead/checkins")
    assert files.checkins == ()
    assert len(files.signatures) == 3


def test_a_file_where_a_folder_belongs_and_a_folder_elsewhere_are_told(
    workspace: Workspace, tmp_path: Path
) -> None:
    lay(workspace, "charter.toml")
    lay(workspace, "checkins")
    (tmp_path / "reviews").mkdir()
    Path(workspace.absolute_path("sprints/lead/reviews")).symlink_to(tmp_path / "reviews")
    Path(os.fsdecode(workspace.absolute_path("sprints/lead/answers").encode() + b"/\xff.toml")).parent.mkdir()
    Path(os.fsdecode(workspace.absolute_path("sprints/lead/answers").encode() + b"/\xff.toml")).touch()
    files = load_sprint(workspace, "lead")
    assert files.charter is not None
    assert {problem.path: problem.code for problem in files.problems} == {
        "sprints/lead/checkins": "not_a_folder",
        "sprints/lead/reviews": "outside",
        "sprints/lead/answers": "bad_name",
    }


def test_a_name_that_is_no_week_is_refused() -> None:
    for name in ("week-1.toml", "week-01-fix-0.toml", "week-01.toml.tmp", "Week-01.toml"):
        with pytest.raises(InputError):
            parse_checkin_path(f"sprints/lead/checkins/{name}")


def test_an_id_used_twice_shows(workspace: Workspace) -> None:
    for slug, text in (("a", '[charter]\nid = "x"'), ("b", "a = 1"), ("c", "a = \n"), ("d", "charter = 1")):
        path = Path(workspace.absolute_path(f"sprints/{slug}/charter.toml"))
        path.parent.mkdir()
        path.write_text(text)
    path = Path(workspace.absolute_path("sprints/e/draft.toml"))
    path.parent.mkdir()
    path.write_text('[charter]\nid = "x"')
    assert charter_ids(workspace) == {"x": ["a", "e"], "b": ["b"], "d": ["d"]}
