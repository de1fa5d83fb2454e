"""Loading a file never hangs, never leaves the workspace and never writes."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from sprintkit.errors import InputError, WriteError
from sprintkit.store import files
from sprintkit.store.files import load_file, load_file_if_exists
from sprintkit.store.save import save_file
from sprintkit.store.workspace import Workspace
from tests.store.helpers import Tracer, list_files, path_in, write_file

PATH = "sprints/lead/draft.toml"


def load_error(workspace: Workspace, path: str = PATH) -> tuple[str, str]:
    """Code and message of the one problem that loading a file raises."""
    with pytest.raises(InputError) as caught:
        load_file(workspace.root, path)
    (problem,) = caught.value.problems
    assert problem.path == path
    return problem.code, problem.message


def test_a_loaded_file_has_its_document_its_text_and_the_hash_of_its_bytes(workspace: Workspace) -> None:
    write_file(workspace, PATH, b"a = 1\r\n# comment\r\n")
    loaded = load_file(workspace.root, PATH)
    assert loaded.path == PATH
    assert loaded.document == {"a": 1}
    assert loaded.text == "a = 1\n# comment\n"
    assert loaded.digest == files.hash_bytes(b"a = 1\r\n# comment\r\n")


def test_a_missing_file_is_an_error_or_none(workspace: Workspace) -> None:
    assert load_error(workspace)[0] == "not_found"
    assert load_file_if_exists(workspace.root, PATH) is None
    write_file(workspace, "sprints/lead")
    assert load_file_if_exists(workspace.root, PATH) is None, "a file where a folder belongs"


def test_a_pipe_does_not_hang(workspace: Workspace) -> None:
    path_in(workspace, "sprints/lead").mkdir()
    os.mkfifo(path_in(workspace, PATH))
    assert load_error(workspace) == ("not_a_file", "this is a pipe or device, not a file")
    with pytest.raises(WriteError):
        save_file(workspace.root, PATH, {"a": 1}, expected=None)


def test_a_folder_is_not_loaded_as_a_file(workspace: Workspace) -> None:
    path_in(workspace, PATH).mkdir(parents=True)
    assert load_error(workspace) == ("not_a_file", "this is a folder, not a file")


def test_a_device_is_not_a_file() -> None:
    with pytest.raises(InputError, match="device"):
        load_file(None, "/dev/zero")


def test_without_a_root_any_regular_file_can_be_loaded(tmp_path: Path) -> None:
    (tmp_path / "lead.toml").write_text("a = 1\n")
    (tmp_path / "link.toml").symlink_to("lead.toml")
    assert load_file(None, str(tmp_path / "link.toml")).document == {"a": 1}


@pytest.mark.parametrize("path", ["../outside.toml", "/etc/hostname", "sprints/../../outside.toml"])
def test_a_path_out_of_the_workspace_is_refused(workspace: Workspace, tmp_path: Path, path: str) -> None:
    (tmp_path / "outside.toml").write_text("a = 1\n")
    assert load_error(workspace, path)[0] == "outside"
    with pytest.raises(WriteError, match="out of the workspace"):
        save_file(workspace.root, path, {"a": 2}, expected=None)
    assert (tmp_path / "outside.toml").read_text() == "a = 1\n"


@pytest.mark.parametrize("link", ["sprints/lead/draft.toml", "sprints/lead", "sprints"])
def test_a_link_out_of_the_workspace_is_refused(workspace: Workspace, tmp_path: Path, link: str) -> None:
    target = tmp_path / "outside" / PATH.removeprefix(link).strip("/")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text("a = 1\n")
    link_path = path_in(workspace, link)
    if link == "sprints":
        link_path.rmdir()
    link_path.parent.mkdir(exist_ok=True)
    link_path.symlink_to(tmp_path / "outside")
    if link == PATH:
        link_path.unlink()
        link_path.symlink_to(target)
    assert load_error(workspace)[0] == "outside"
    with pytest.raises(WriteError, match="out of the workspace"):
        save_file(workspace.root, PATH, {"a": 2}, expected=None)
    assert target.read_text() == "a = 1\n"


def test_a_link_within_the_workspace_stays_a_link(workspace: Workspace) -> None:
    write_file(workspace, "sprints/lead/shared.toml")
    path_in(workspace, PATH).symlink_to("shared.toml")
    save_file(workspace.root, PATH, {"a": 2}, expected=load_file(workspace.root, PATH).digest)
    assert path_in(workspace, PATH).is_symlink()
    assert load_file(workspace.root, "sprints/lead/shared.toml").document == {"a": 2}


def test_a_circular_link_is_unreadable(workspace: Workspace) -> None:
    path_in(workspace, "sprints/lead").mkdir()
    path_in(workspace, PATH).symlink_to("draft.toml")
    assert load_error(workspace)[0] == "unreadable"


def test_an_invalid_file_name_is_an_error(workspace: Workspace) -> None:
    assert load_error(workspace, "sprints/a\0b.toml")[0] == "bad_name"
    assert load_error(workspace, "sprints/" + "x" * 300 + ".toml")[0] == "unreadable"
    for path in ("sprints/a\0b.toml", "sprints/" + "x" * 300 + ".toml", "sprints/\udcff\ud800.toml"):
        with pytest.raises(WriteError):
            save_file(workspace.root, path, {"a": 1}, expected=None)


def test_a_file_without_read_permission_is_unreadable(workspace: Workspace, tracer: Tracer) -> None:
    full_path = write_file(workspace, PATH)

    def deny(number: int, call: str, name: str) -> None:
        if name == str(full_path):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    tracer.start(deny)
    assert load_error(workspace) == ("unreadable", "you do not have permission to read this")


def test_a_huge_file_is_refused_without_being_read(workspace: Workspace) -> None:
    full_path = write_file(workspace, PATH)
    os.truncate(full_path, 10 * 1024**3)
    assert load_error(workspace)[0] == "too_large"


def test_reading_changes_nothing(workspace: Workspace) -> None:
    write_file(workspace, PATH)
    before = list_files(workspace.root)
    load_file(workspace.root, PATH)
    assert list_files(workspace.root) == before
