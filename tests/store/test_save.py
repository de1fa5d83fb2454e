"""A save changes its own file and nothing else, and overwrites nothing that the caller has not seen."""

from __future__ import annotations

import os

import pytest

from sprintkit.errors import WriteError
from sprintkit.store import files
from sprintkit.store.files import ConflictError, LoadedFile, load_file
from sprintkit.store.save import remove_file, save_file
from sprintkit.store.workspace import Workspace
from tests.store.helpers import list_files, path_in, write_file

PATH = "sprints/lead/draft.toml"


def test_the_same_content_is_not_written_again(workspace: Workspace) -> None:
    full_path = write_file(workspace, PATH, "b={x=1}\na   =  1\n")
    before = full_path.stat()
    digest = load_file(workspace.root, PATH).digest
    result = save_file(workspace.root, PATH, {"a": 1, "b": {"x": 1}}, expected=digest)
    assert not result.was_written
    assert result.digest == load_file(workspace.root, PATH).digest
    after = full_path.stat()
    assert (after.st_mtime_ns, after.st_ino) == (before.st_mtime_ns, before.st_ino)


def test_a_save_changes_its_own_file_and_keeps_its_mode(workspace: Workspace) -> None:
    full_path = write_file(workspace, PATH)
    full_path.chmod(0o640)
    other = write_file(workspace, "sprints/lead/charter.toml")
    save_file(workspace.root, PATH, {"a": 2}, expected=load_file(workspace.root, PATH).digest)
    assert full_path.stat().st_mode & 0o7777 == 0o640
    assert other.read_text() == "a = 1\n"
    assert list_files(workspace.root) == [".sprintkit/lock", "sprints/lead/charter.toml", PATH]


def test_a_new_file_gets_the_mode_of_the_users_umask(workspace: Workspace) -> None:
    old_umask = os.umask(0o027)
    try:
        save_file(workspace.root, PATH, {"a": 2}, expected=None)
    finally:
        os.umask(old_umask)
    assert path_in(workspace, PATH).stat().st_mode & 0o7777 == 0o640


def test_a_read_only_file_is_left_alone(workspace: Workspace) -> None:
    full_path = write_file(workspace, PATH)
    full_path.chmod(0o444)
    with pytest.raises(WriteError, match="read-only"):
        save_file(workspace.root, PATH, {"a": 2}, expected=load_file(workspace.root, PATH).digest)
    assert full_path.read_text() == "a = 1\n"


FOREIGN_CHANGES = [
    ("somebody wrote", b"a = 3\n", "somebody else changed", {"a": 3}),
    ("somebody broke it", b"a = \n", "somebody else changed", None),
    ("somebody removed it", None, "somebody removed", None),
]


@pytest.mark.parametrize(
    ("data", "message", "document"),
    [case[1:] for case in FOREIGN_CHANGES],
    ids=[case[0] for case in FOREIGN_CHANGES],
)
def test_whoever_saves_second_gets_a_conflict_that_holds_the_current_file(
    workspace: Workspace, data: bytes | None, message: str, document: dict[str, int] | None
) -> None:
    full_path = write_file(workspace, PATH)
    digest = load_file(workspace.root, PATH).digest
    if data is None:
        full_path.unlink()
    else:
        full_path.write_bytes(data)
    with pytest.raises(ConflictError, match=message) as caught:
        save_file(workspace.root, PATH, {"a": 2}, expected=digest)
    assert caught.value.problems[0].code == "changed"
    assert caught.value.current_bytes == data
    assert (caught.value.current and caught.value.current.document) == document
    assert (full_path.read_bytes() if full_path.exists() else None) == data


def test_a_new_file_does_not_overwrite_an_existing_one(workspace: Workspace) -> None:
    write_file(workspace, PATH)
    with pytest.raises(ConflictError, match="already") as caught:
        save_file(workspace.root, PATH, {"a": 1}, expected=None)
    assert caught.value.current is not None
    assert caught.value.current.document == {"a": 1}


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ({"a": {"b": "x" * 2_000_000}}, "a.b"),
        ({"a": "\ud800"}, "a: "),
        ({"schema": 2}, "schema"),
        ({"a": None}, "a: "),
    ],
)
def test_a_document_that_could_not_be_read_back_is_not_written(
    workspace: Workspace, document: dict[str, object], message: str
) -> None:
    full_path = write_file(workspace, PATH)
    with pytest.raises(WriteError) as caught:
        save_file(workspace.root, PATH, document, expected=load_file(workspace.root, PATH).digest)
    assert message in caught.value.problems[0].message
    assert full_path.read_text() == "a = 1\n"
    assert list_files(workspace.root) == [".sprintkit/lock", PATH]


def test_a_file_of_a_newer_format_is_not_overwritten(workspace: Workspace) -> None:
    full_path = write_file(workspace, PATH, "schema = 2\n")
    with pytest.raises(WriteError, match="format 2"):
        save_file(workspace.root, PATH, {"a": 1}, expected=files.hash_bytes(b"schema = 2\n"))
    assert full_path.read_text() == "schema = 2\n"


def test_the_header_for_editors_is_written_preserved_and_replaced(workspace: Workspace) -> None:
    result = save_file(workspace.root, PATH, {"a": 1}, expected=None, header="#:schema one\n")
    assert load_file(workspace.root, PATH).text == "#:schema one\n\na = 1\n"
    result = save_file(workspace.root, PATH, {"a": 2}, expected=result.digest)
    assert load_file(workspace.root, PATH).text == "#:schema one\n\na = 2\n"
    save_file(workspace.root, PATH, {"a": 3}, expected=result.digest, header="#:schema two\n")
    assert load_file(workspace.root, PATH).text == "#:schema two\n\na = 3\n"


def test_a_file_is_removed_only_if_it_is_the_one_that_was_read(workspace: Workspace) -> None:
    save_file(workspace.root, PATH, {"a": 1}, expected=None)
    old: LoadedFile = load_file(workspace.root, PATH)
    new = save_file(workspace.root, PATH, {"a": 2}, expected=old.digest)
    with pytest.raises(ConflictError):
        remove_file(workspace.root, PATH, expected=old.digest)
    assert load_file(workspace.root, PATH).document == {"a": 2}
    remove_file(workspace.root, PATH, expected=new.digest)
    assert list_files(workspace.absolute_path("sprints")) == []
    with pytest.raises(ConflictError, match="removed"):
        remove_file(workspace.root, PATH, expected=new.digest)
