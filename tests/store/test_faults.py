"""A save is all or nothing: with every call failing, with the process killed at every call, with two writers."""

from __future__ import annotations

import errno
import os
import random
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sprintkit.errors import WriteError
from sprintkit.store import lock
from sprintkit.store.files import ConflictError, LoadedFile, load_file
from sprintkit.store.save import promote, remove_file, save_document
from sprintkit.store.workspace import Workspace
from tests.store.conftest import Tracer, names_in

OLD = {"schema": 1, "charter": {"title": "old"}}
NEW = {"schema": 1, "charter": {"title": "new\nwith lines"}}
PATH = "sprints/lead/draft.toml"


@pytest.fixture
def old(workspace: Workspace) -> LoadedFile:
    save_document(workspace.root, PATH, OLD, expected=None)
    Path(workspace.absolute_path(PATH)).chmod(0o640)
    return load_file(workspace.root, PATH)


def data_of(workspace: Workspace, path: str = PATH) -> bytes:
    return Path(workspace.absolute_path(path)).read_bytes()


def new_data(workspace: Workspace, old: LoadedFile) -> bytes:
    save_document(workspace.root, "sprints/other/draft.toml", NEW, expected=None)
    return data_of(workspace, "sprints/other/draft.toml")


def calls_of_a_save(workspace: Workspace, old: LoadedFile, tracer: Tracer) -> list[tuple[str, str]]:
    tracer.on = True
    save_document(workspace.root, PATH, NEW, expected=old.digest)
    tracer.on = False
    return tracer.seen


def test_file_and_folder_are_synced_in_order(workspace: Workspace, old: LoadedFile, tracer: Tracer) -> None:
    folder = str(Path(workspace.absolute_path(PATH)).parent)
    seen = calls_of_a_save(workspace, old, tracer)
    assert seen[0] == ("mkdir", workspace.absolute_path(".sprintkit"))
    assert seen[1] == ("open", workspace.absolute_path(".sprintkit/lock"))
    steps = [step for step in seen if step[0] in ("write", "fsync", "replace", "chmod")]
    beside = steps[0][1]
    assert steps == [
        ("chmod", beside),
        ("write", beside),
        ("fsync", beside),
        ("replace", beside),
        ("fsync", folder),
    ]
    assert str(Path(beside).parent) == folder
    assert not beside.endswith(".toml")
    assert seen.index(("open", workspace.absolute_path(PATH))) < seen.index(("open", beside)), (
        "read again before writing"
    )


def test_a_new_folder_is_synced_into_the_one_that_holds_it(workspace: Workspace, tracer: Tracer) -> None:
    tracer.on = True
    save_document(workspace.root, "sprints/lead/checkins/week-01.toml", NEW, expected=None)
    synced = [name for call, name in tracer.seen if call == "fsync"]
    sprints = workspace.absolute_path("sprints")
    assert synced[:2] == [sprints, f"{sprints}/lead"]
    assert synced[-1] == f"{sprints}/lead/checkins"


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EROFS, errno.EACCES])
def test_any_call_that_fails_leaves_the_old_file_whole(
    workspace: Workspace, old: LoadedFile, tracer: Tracer, code: int
) -> None:
    before, after = data_of(workspace), new_data(workspace, old)
    count = len(calls_of_a_save(workspace, old, tracer))
    replaced = [call for call, _ in tracer.seen].index("replace") + 1
    untold = []
    for failing in range(1, count + 1):
        Path(workspace.absolute_path(PATH)).write_bytes(before)
        Path(workspace.absolute_path(PATH)).chmod(0o640)
        tracer.seen.clear()
        tracer.at = fail_at(failing, code)
        tracer.on = True
        try:
            save_document(workspace.root, PATH, NEW, expected=old.digest)
            untold.append(tracer.seen[failing - 1])
        except WriteError as error:
            (problem,) = error.problems
            assert problem.path in (PATH, ".sprintkit/lock")
            assert problem.hint
            assert os.strerror(code) in problem.message or problem.code == "unreadable"
            assert (problem.code == "not_durable") == (failing > replaced)
            assert data_of(workspace) == (after if failing > replaced else before)
        finally:
            tracer.on = False
        assert Path(workspace.absolute_path(PATH)).stat().st_mode & 0o777 == 0o640
        assert not [name for name in names_in(workspace.root) if name.endswith(".tmp")]
        again = load_file(workspace.root, PATH)
        save_document(workspace.root, PATH, NEW, expected=again.digest)
        assert data_of(workspace) == after
    # Only what serves nothing but tidiness may fail in silence: the note in the lock, and its end.
    assert {(call, Path(name).name) for call, name in untold} <= {
        ("ftruncate", "lock"),
        ("pwrite", "lock"),
        ("pread", "lock"),
        ("close", "lock"),
    }


def fail_at(failing: int, code: int) -> Callable[[int, str, str], None]:
    def at(number: int, call: str, name: str) -> None:
        if number == failing:
            raise OSError(code, os.strerror(code))

    return at


def test_a_full_disk_during_the_first_save_leaves_no_sprint_behind(
    workspace: Workspace, tracer: Tracer
) -> None:
    def full(number: int, call: str, name: str) -> None:
        if call == "write":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    tracer.at, tracer.on = full, True
    with pytest.raises(WriteError, match="No space left"):
        save_document(workspace.root, PATH, NEW, expected=None)
    tracer.on = False
    assert workspace.slugs() == []
    save_document(workspace.root, PATH, NEW, expected=None)


def test_a_short_write_is_gone_on_with(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: real(handle, bytes(data)[:7]))
    save_document(workspace.root, PATH, NEW, expected=None)
    assert load_file(workspace.root, PATH).document == NEW


def test_what_the_disk_did_not_confirm_can_be_saved_again(
    workspace: Workspace, old: LoadedFile, tracer: Tracer
) -> None:
    folder = str(Path(workspace.absolute_path(PATH)).parent)

    def at(number: int, call: str, name: str) -> None:
        if (call, name) == ("fsync", folder):
            raise OSError(errno.EIO, os.strerror(errno.EIO))

    tracer.at, tracer.on = at, True
    for _ in range(2):
        with pytest.raises(WriteError, match="did not confirm"):
            save_document(workspace.root, PATH, NEW, expected=old.digest)
    tracer.on = False
    assert save_document(workspace.root, PATH, NEW, expected=old.digest).was_written
    with pytest.raises(ConflictError):
        save_document(workspace.root, PATH, OLD, expected=old.digest)


def in_a_child(work: Callable[[], Any]) -> int:
    """Runs `work` in a process of its own; its status when it has ended."""
    child = os.fork()
    if child == 0:
        try:
            work()
            os._exit(0)
        except BaseException:
            os._exit(1)
    return os.waitpid(child, 0)[1]


def test_a_kill_at_any_call_leaves_the_old_or_the_new_file_whole(
    workspace: Workspace, old: LoadedFile, tracer: Tracer
) -> None:
    before, after = data_of(workspace), new_data(workspace, old)
    count = len(calls_of_a_save(workspace, old, tracer))
    left_over = 0

    def kill(failing: int) -> None:
        def at(number: int, call: str, name: str) -> None:
            if number == failing:
                os.kill(os.getpid(), signal.SIGKILL)

        tracer.seen.clear()
        tracer.at, tracer.on = at, True
        save_document(workspace.root, PATH, NEW, expected=old.digest)

    for failing in range(1, count + 1):
        Path(workspace.absolute_path(PATH)).write_bytes(before)
        assert in_a_child(lambda at=failing: kill(at)) == signal.SIGKILL  # type: ignore[misc]
        assert data_of(workspace) in (before, after)
        left_over += any(name.endswith(".tmp") for name in names_in(workspace.root))
        # The next one that writes, be it another sprint, is not held up and tidies.
        save_document(workspace.root, "sprints/other/checkins/week-01.toml", {"n": failing}, expected=other(workspace))
        assert not [name for name in names_in(workspace.root) if name.endswith(".tmp")]
    assert left_over


def other(workspace: Workspace) -> str | None:
    path = "sprints/other/checkins/week-01.toml"
    return load_file(workspace.root, path).digest if Path(workspace.absolute_path(path)).exists() else None


def test_a_kill_at_any_moment_loses_nothing_that_was_called_saved(workspace: Workspace) -> None:
    chance = random.Random(7)
    saved = 0
    for _ in range(12):
        out, into = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(out)
            digest = load_file(workspace.root, PATH).digest if saved else None
            number = saved
            while True:
                number += 1
                document = {"n": number, "text": "x" * number}
                digest = save_document(workspace.root, PATH, document, expected=digest).digest
                os.write(into, b"%d\n" % number)
        os.close(into)
        first = os.read(out, 1)
        time.sleep(chance.uniform(0, 0.05))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        with os.fdopen(out) as said:
            told = int((first.decode() + said.read()).split()[-1])
        document = load_file(workspace.root, PATH).document
        assert told <= document["n"] <= told + 1
        assert document["text"] == "x" * document["n"]
        saved = document["n"]


def test_two_processes_saving_one_sprint_lose_nothing(workspace: Workspace) -> None:
    save_document(workspace.root, PATH, {"entries": []}, expected=None)

    def add(who: str) -> None:
        for number in range(200):
            while True:
                now = load_file(workspace.root, PATH)
                document = {"entries": [*now.document["entries"], f"{who}{number}"]}
                try:
                    save_document(workspace.root, PATH, document, expected=now.digest)
                    break
                except ConflictError:
                    continue

    children = []
    for who in ("a", "b"):
        child = os.fork()
        if child == 0:
            try:
                add(who)
                os._exit(0)
            except BaseException:
                os._exit(1)
        children.append(child)
    assert [os.waitpid(child, 0)[1] for child in children] == [0, 0]
    entries = load_file(workspace.root, PATH).document["entries"]
    assert sorted(entries) == sorted(f"{who}{number}" for who in "ab" for number in range(200))
    assert [entry for entry in entries if entry[0] == "a"] == [f"a{number}" for number in range(200)]


def test_a_change_between_reading_again_and_replacing_is_seen(
    workspace: Workspace, old: LoadedFile, tracer: Tracer
) -> None:
    """As when Git writes the file, which knows nothing of the lock."""

    def at(number: int, call: str, name: str) -> None:
        if call == "fsync" and name.endswith(".tmp"):
            tracer.on = False
            Path(workspace.absolute_path(PATH)).write_text('who = "git"\n')

    tracer.at, tracer.on = at, True
    with pytest.raises(ConflictError) as caught:
        save_document(workspace.root, PATH, NEW, expected=old.digest)
    assert caught.value.current is not None
    assert caught.value.current.document == {"who": "git"}
    assert data_of(workspace) == b'who = "git"\n'
    assert not [name for name in names_in(workspace.root) if name.endswith(".tmp")]


def test_a_lock_of_a_living_process_is_waited_for_and_told(workspace: Workspace, old: LoadedFile) -> None:
    out, into = os.pipe()
    child = os.fork()
    if child == 0:
        with lock.workspace_lock(workspace.root):
            os.write(into, b"x")
            time.sleep(30)
        os._exit(0)
    os.read(out, 1)
    start = time.monotonic()
    with pytest.raises(WriteError, match="another sprintkit"), lock.workspace_lock(workspace.root, patience=0.2):
        pass
    assert 0.2 <= time.monotonic() - start < 2
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    assert save_document(workspace.root, PATH, NEW, expected=old.digest).was_written, "a dead process blocks nobody"
    os.close(out)
    os.close(into)


def test_a_link_in_place_of_the_lock_costs_no_file_its_content(workspace: Workspace, tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.write_text("kept")
    Path(workspace.absolute_path(".sprintkit")).mkdir()
    Path(workspace.absolute_path(".sprintkit/lock")).symlink_to(precious)
    with pytest.raises(WriteError, match="locked"):
        save_document(workspace.root, PATH, NEW, expected=None)
    assert precious.read_text() == "kept"


def test_a_link_in_place_of_the_own_folder_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    Path(workspace.absolute_path(".sprintkit")).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(WriteError, match="no folder of its own"):
        save_document(workspace.root, PATH, NEW, expected=None)
    assert names_in(tmp_path / "elsewhere") == []


def test_the_own_folder_may_be_deleted_while_nothing_runs(workspace: Workspace, old: LoadedFile) -> None:
    Path(workspace.absolute_path(".sprintkit/lock")).unlink()
    Path(workspace.absolute_path(".sprintkit")).rmdir()
    assert save_document(workspace.root, PATH, NEW, expected=old.digest).was_written


def test_a_draft_becomes_a_charter_or_stays_one(
    workspace: Workspace, old: LoadedFile, tracer: Tracer
) -> None:
    before = data_of(workspace)
    target = "sprints/lead/charter.toml"

    def turn() -> None:
        promote(workspace.root, PATH, target, NEW, expected=old.digest, target_expected=None)

    tracer.on = True
    turn()
    tracer.on = False
    count = len(tracer.seen)
    assert names_in(workspace.absolute_path("sprints")) == ["lead/charter.toml"]
    for failing in range(1, count + 1):
        Path(workspace.absolute_path(target)).unlink(missing_ok=True)
        Path(workspace.absolute_path(PATH)).write_bytes(before)
        tracer.seen.clear()
        tracer.at, tracer.on = fail_at(failing, errno.EIO), True
        try:
            turn()
        except WriteError:
            pass
        finally:
            tracer.on = False
        if not Path(workspace.absolute_path(target)).exists():
            assert data_of(workspace) == before
        else:
            assert load_file(workspace.root, target).document == NEW


def test_a_file_is_removed_only_as_it_was_seen(workspace: Workspace, old: LoadedFile) -> None:
    newer = save_document(workspace.root, PATH, NEW, expected=old.digest)
    with pytest.raises(ConflictError):
        remove_file(workspace.root, PATH, expected=old.digest)
    assert load_file(workspace.root, PATH).document == NEW
    remove_file(workspace.root, PATH, expected=newer.digest)
    assert names_in(workspace.absolute_path("sprints")) == []
    with pytest.raises(ConflictError, match="removed"):
        remove_file(workspace.root, PATH, expected=newer.digest)
