"""Reading never hangs, never leaves the workspace and never writes; a save changes its own file and nothing else."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from sprintkit.errors import InputError, WriteError
from sprintkit.store import files
from sprintkit.store.files import ConflictError, load_file, load_file_if_exists
from sprintkit.store.save import save_document
from sprintkit.store.workspace import Workspace
from tests.store.conftest import Tracer, names_in

PATH = "sprints/lead/draft.toml"


def lay(workspace: Workspace, path: str, text: str | bytes = "a = 1\n") -> Path:
    full = Path(workspace.absolute_path(path))
    full.parent.mkdir(parents=True, exist_ok=True)
    full.write_bytes(text.encode() if isinstance(text, str) else text)
    return full


def refusal(workspace: Workspace, path: str = PATH) -> tuple[str, str]:
    with pytest.raises(InputError) as caught:
        load_file(workspace.root, path)
    (problem,) = caught.value.problems
    assert problem.path == path
    return problem.code, problem.message


def test_a_file_comes_as_document_with_the_hash_of_its_bytes(workspace: Workspace) -> None:
    lay(workspace, PATH, b"a = 1\r\n# said\r\n")
    stored = load_file(workspace.root, PATH)
    assert stored.path == PATH
    assert stored.document == {"a": 1}
    assert stored.text == "a = 1\n# said\n"
    assert stored.digest == files.hash_bytes(b"a = 1\r\n# said\r\n")


def test_what_is_not_there_is_told_or_none(workspace: Workspace) -> None:
    assert refusal(workspace)[0] == "not_found"
    assert load_file_if_exists(workspace.root, PATH) is None
    lay(workspace, "sprints/lead")
    assert load_file_if_exists(workspace.root, PATH) is None, "a file where a folder belongs"


def test_a_pipe_does_not_hang(workspace: Workspace) -> None:
    Path(workspace.absolute_path("sprints/lead")).mkdir()
    os.mkfifo(workspace.absolute_path(PATH))
    assert refusal(workspace) == ("not_a_file", "this is a pipe or device, not a file")
    with pytest.raises(WriteError):
        save_document(workspace.root, PATH, {"a": 1}, expected=None)


def test_a_folder_is_no_file(workspace: Workspace) -> None:
    Path(workspace.absolute_path(PATH)).mkdir(parents=True)
    assert refusal(workspace) == ("not_a_file", "this is a folder")


def test_a_device_named_by_the_user_is_no_file() -> None:
    with pytest.raises(InputError, match="device"):
        load_file(None, "/dev/zero")


def test_any_regular_file_that_the_user_names_can_be_read(tmp_path: Path) -> None:
    (tmp_path / "lead.toml").write_text("a = 1\n")
    (tmp_path / "link.toml").symlink_to("lead.toml")
    assert load_file(None, str(tmp_path / "link.toml")).document == {"a": 1}


@pytest.mark.parametrize("path", ["../outside.toml", "/etc/hostname", "sprints/../../outside.toml"])
def test_a_path_out_of_the_workspace_is_refused(workspace: Workspace, tmp_path: Path, path: str) -> None:
    (tmp_path / "outside.toml").write_text("a = 1\n")
    assert refusal(workspace, path)[0] == "outside"
    with pytest.raises(WriteError, match="out of the workspace"):
        save_document(workspace.root, path, {"a": 2}, expected=None)
    assert (tmp_path / "outside.toml").read_text() == "a = 1\n"


@pytest.mark.parametrize("link", ["sprints/lead/draft.toml", "sprints/lead", "sprints"])
def test_a_link_out_of_the_workspace_is_refused(workspace: Workspace, tmp_path: Path, link: str) -> None:
    target = tmp_path / "outside" / PATH.removeprefix(link).strip("/")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text("a = 1\n")
    full = Path(workspace.absolute_path(link))
    if link == "sprints":
        full.rmdir()
    full.parent.mkdir(exist_ok=True)
    full.symlink_to(tmp_path / "outside")
    if link == PATH:
        full.unlink()
        full.symlink_to(target)
    assert refusal(workspace)[0] == "outside"
    with pytest.raises(WriteError, match="out of the workspace"):
        save_document(workspace.root, PATH, {"a": 2}, expected=None)
    assert target.read_text() == "a = 1\n"


def test_a_link_within_the_workspace_stays_a_link(workspace: Workspace) -> None:
    lay(workspace, "sprints/lead/shared.toml")
    Path(workspace.absolute_path(PATH)).symlink_to("shared.toml")
    save_document(workspace.root, PATH, {"a": 2}, expected=load_file(workspace.root, PATH).digest)
    assert Path(workspace.absolute_path(PATH)).is_symlink()
    assert load_file(workspace.root, "sprints/lead/shared.toml").document == {"a": 2}


def test_a_link_in_a_circle_is_told(workspace: Workspace) -> None:
    Path(workspace.absolute_path("sprints/lead")).mkdir()
    Path(workspace.absolute_path(PATH)).symlink_to("draft.toml")
    assert refusal(workspace)[0] == "unreadable"


def test_a_name_that_no_file_can_have_is_told(workspace: Workspace) -> None:
    assert refusal(workspace, "sprints/a\0b.toml")[0] == "bad_name"
    assert refusal(workspace, "sprints/" + "x" * 300 + ".toml")[0] == "unreadable"
    for path in ("sprints/a\0b.toml", "sprints/" + "x" * 300 + ".toml", "sprints/\udcff\ud800.toml"):
        with pytest.raises(WriteError):
            save_document(workspace.root, path, {"a": 1}, expected=None)


def test_a_file_that_may_not_be_read_is_told(workspace: Workspace, tracer: Tracer) -> None:
    full = lay(workspace, PATH)

    def at(number: int, call: str, name: str) -> None:
        if name == str(full):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    tracer.at, tracer.on = at, True
    assert refusal(workspace) == ("unreadable", "you may not read this")


def test_a_huge_file_is_refused_without_being_read(workspace: Workspace) -> None:
    full = lay(workspace, PATH)
    os.truncate(full, 10 * 1024**3)
    assert refusal(workspace)[0] == "too_large"


def test_reading_changes_nothing(workspace: Workspace) -> None:
    lay(workspace, PATH)
    before = names_in(workspace.root)
    load_file(workspace.root, PATH)
    assert names_in(workspace.root) == before


def test_the_same_content_is_not_written_again(workspace: Workspace) -> None:
    full = lay(workspace, PATH, "b={x=1}\na   =  1\n")
    stamp = full.stat().st_mtime_ns, full.stat().st_ino
    saved = save_document(workspace.root, PATH, {"a": 1, "b": {"x": 1}}, expected=load_file(workspace.root, PATH).digest)
    assert not saved.was_written
    assert saved.digest == load_file(workspace.root, PATH).digest
    assert (full.stat().st_mtime_ns, full.stat().st_ino) == stamp


def test_a_save_changes_its_own_file_and_keeps_its_mode(workspace: Workspace) -> None:
    full = lay(workspace, PATH)
    full.chmod(0o640)
    other = lay(workspace, "sprints/lead/charter.toml")
    save_document(workspace.root, PATH, {"a": 2}, expected=load_file(workspace.root, PATH).digest)
    assert full.stat().st_mode & 0o7777 == 0o640
    assert other.read_text() == "a = 1\n"
    assert names_in(workspace.root) == [".sprintkit/lock", "sprints/lead/charter.toml", PATH]


def test_a_new_file_has_the_mode_that_the_user_asks_for(workspace: Workspace) -> None:
    old = os.umask(0o027)
    try:
        save_document(workspace.root, PATH, {"a": 2}, expected=None)
    finally:
        os.umask(old)
    assert Path(workspace.absolute_path(PATH)).stat().st_mode & 0o7777 == 0o640


def test_a_read_only_file_is_left_alone(workspace: Workspace) -> None:
    full = lay(workspace, PATH)
    full.chmod(0o444)
    with pytest.raises(WriteError, match="read-only"):
        save_document(workspace.root, PATH, {"a": 2}, expected=load_file(workspace.root, PATH).digest)
    assert full.read_text() == "a = 1\n"


CHANGES = [
    ("somebody wrote", b"a = 3\n", "somebody else changed", {"a": 3}),
    ("somebody broke it", b"a = \n", "somebody else changed", None),
    ("somebody removed it", None, "somebody removed", None),
]


@pytest.mark.parametrize(
    ("data", "said", "found"), [case[1:] for case in CHANGES], ids=[case[0] for case in CHANGES]
)
def test_whoever_is_second_is_told_and_shown_what_is_there(
    workspace: Workspace, data: bytes | None, said: str, found: dict[str, int] | None
) -> None:
    full = lay(workspace, PATH)
    digest = load_file(workspace.root, PATH).digest
    if data is None:
        full.unlink()
    else:
        full.write_bytes(data)
    with pytest.raises(ConflictError, match=said) as caught:
        save_document(workspace.root, PATH, {"a": 2}, expected=digest)
    assert caught.value.problems[0].code == "changed"
    assert caught.value.current_bytes == data
    assert (caught.value.current and caught.value.current.document) == found
    assert (full.read_bytes() if full.exists() else None) == data


def test_a_new_file_overwrites_none(workspace: Workspace) -> None:
    lay(workspace, PATH)
    with pytest.raises(ConflictError, match="already") as caught:
        save_document(workspace.root, PATH, {"a": 1}, expected=None)
    assert caught.value.current is not None
    assert caught.value.current.document == {"a": 1}


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ({"a": {"b": "x" * 2_000_000}}, "a.b"),
        ({"a": "\ud800"}, "a: "),
        ({"schema": 2}, "schema"),
        ({"a": None}, "a: "),
    ],
)
def test_what_could_not_be_read_again_is_not_written(
    workspace: Workspace, document: dict[str, object], said: str
) -> None:
    full = lay(workspace, PATH)
    with pytest.raises(WriteError) as caught:
        save_document(workspace.root, PATH, document, expected=load_file(workspace.root, PATH).digest)
    assert said in caught.value.problems[0].message
    assert full.read_text() == "a = 1\n"
    assert names_in(workspace.root) == [".sprintkit/lock", PATH]


def test_a_file_of_a_newer_form_is_not_touched(workspace: Workspace) -> None:
    full = lay(workspace, PATH, "schema = 2\n")
    with pytest.raises(WriteError, match="form 2"):
        save_document(workspace.root, PATH, {"a": 1}, expected=files.hash_bytes(b"schema = 2\n"))
    assert full.read_text() == "schema = 2\n"


def test_the_comment_for_editors_is_set_kept_and_changed(workspace: Workspace) -> None:
    saved = save_document(workspace.root, PATH, {"a": 1}, expected=None, head="#:schema one\n")
    assert load_file(workspace.root, PATH).text == "#:schema one\n\na = 1\n"
    saved = save_document(workspace.root, PATH, {"a": 2}, expected=saved.digest)
    assert load_file(workspace.root, PATH).text == "#:schema one\n\na = 2\n"
    save_document(workspace.root, PATH, {"a": 3}, expected=saved.digest, head="#:schema two\n")
    assert load_file(workspace.root, PATH).text == "#:schema two\n\na = 3\n"


def test_a_path_is_shown_relative_to_its_workspace(workspace: Workspace, tmp_path: Path) -> None:
    assert files.relative(workspace.root, workspace.absolute_path(PATH)) == PATH
    assert files.relative(workspace.root, str(tmp_path / "else.toml")) is None
