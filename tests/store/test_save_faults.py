"""A save is all or nothing, even if any call fails, the process is killed at any call, or two processes save."""

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
from sprintkit.store.files import ConflictError, LoadedFile, load_file
from sprintkit.store.save import promote, save_file
from sprintkit.store.workspace import Workspace
from tests.conftest import soak
from tests.store.helpers import Tracer, fail_every, fail_nth_call, list_files, path_in

OLD = {"schema": 1, "charter": {"title": "old"}}
NEW = {"schema": 1, "charter": {"title": "new\nwith lines"}}
PATH = "sprints/lead/draft.toml"
OTHER_PATH = "sprints/other/checkins/week-01.toml"


@pytest.fixture
def old(workspace: Workspace) -> LoadedFile:
    """The file that the tests save over."""
    save_file(workspace.root, PATH, OLD, expected=None)
    path_in(workspace, PATH).chmod(0o640)
    return load_file(workspace.root, PATH)


def current_bytes(workspace: Workspace, path: str = PATH) -> bytes:
    return path_in(workspace, path).read_bytes()


def bytes_of_new(workspace: Workspace) -> bytes:
    """The bytes of a file that holds NEW."""
    save_file(workspace.root, "sprints/other/draft.toml", NEW, expected=None)
    return current_bytes(workspace, "sprints/other/draft.toml")


def temporary_files(workspace: Workspace) -> list[str]:
    return [name for name in list_files(workspace.root) if name.endswith(".tmp")]


def calls_of_a_save(workspace: Workspace, old: LoadedFile, tracer: Tracer) -> list[tuple[str, str]]:
    """The calls that saving NEW over the old file makes, each with the name of its file."""
    tracer.start()
    save_file(workspace.root, PATH, NEW, expected=old.digest)
    tracer.stop()
    return list(tracer.calls)


def test_file_and_folder_are_synced_in_order(workspace: Workspace, old: LoadedFile, tracer: Tracer) -> None:
    folder = str(path_in(workspace, PATH).parent)
    calls = calls_of_a_save(workspace, old, tracer)
    assert calls[0] == ("mkdir", workspace.absolute_path(".sprintkit"))
    assert calls[1] == ("open", workspace.absolute_path(".sprintkit/lock"))
    steps = [step for step in calls if step[0] in ("write", "fsync", "replace", "chmod")]
    temporary = steps[0][1]
    assert steps == [
        ("chmod", temporary),
        ("write", temporary),
        ("fsync", temporary),
        ("replace", temporary),
        ("fsync", folder),
    ]
    assert str(Path(temporary).parent) == folder
    assert not temporary.endswith(".toml")
    reading = calls.index(("open", workspace.absolute_path(PATH)))
    assert reading < calls.index(("open", temporary)), "the file is read again before writing"


def test_a_new_folder_is_synced_in_its_parent(workspace: Workspace, tracer: Tracer) -> None:
    tracer.start()
    save_file(workspace.root, "sprints/lead/checkins/week-01.toml", NEW, expected=None)
    synced = [name for call, name in tracer.calls if call == "fsync"]
    sprints = workspace.absolute_path("sprints")
    assert synced[:2] == [sprints, f"{sprints}/lead"]
    assert synced[-1] == f"{sprints}/lead/checkins"


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EROFS, errno.EACCES])
def test_a_failing_call_leaves_the_old_file_whole(
    workspace: Workspace, old: LoadedFile, tracer: Tracer, code: int
) -> None:
    before, after = current_bytes(workspace), bytes_of_new(workspace)
    calls = calls_of_a_save(workspace, old, tracer)
    replaced = [call for call, _ in calls].index("replace") + 1
    silent_failures = []
    for failing in range(1, len(calls) + 1):
        path_in(workspace, PATH).write_bytes(before)
        path_in(workspace, PATH).chmod(0o640)
        tracer.start(fail_nth_call(failing, code))
        try:
            save_file(workspace.root, PATH, NEW, expected=old.digest)
            silent_failures.append(tracer.calls[failing - 1])
        except WriteError as error:
            (problem,) = error.problems
            assert problem.path in (PATH, ".sprintkit/lock")
            assert problem.hint
            assert os.strerror(code) in problem.message or problem.code == "unreadable"
            assert (problem.code == "not_durable") == (failing > replaced)
            assert current_bytes(workspace) == (after if failing > replaced else before)
        finally:
            tracer.stop()
        assert path_in(workspace, PATH).stat().st_mode & 0o777 == 0o640
        assert temporary_files(workspace) == []
        save_file(workspace.root, PATH, NEW, expected=load_file(workspace.root, PATH).digest)
        assert current_bytes(workspace) == after
    # Only the note in the lock and the release of the lock may fail silently.
    assert {(call, Path(name).name) for call, name in silent_failures} <= {
        ("ftruncate", "lock"),
        ("pwrite", "lock"),
        ("pread", "lock"),
        ("close", "lock"),
    }


def test_a_full_disk_during_the_first_save_leaves_no_sprint_behind(
    workspace: Workspace, tracer: Tracer
) -> None:
    tracer.start(fail_every("write", errno.ENOSPC))
    with pytest.raises(WriteError, match="No space left"):
        save_file(workspace.root, PATH, NEW, expected=None)
    tracer.stop()
    assert workspace.slugs() == []
    save_file(workspace.root, PATH, NEW, expected=None)


def test_a_short_write_is_continued(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    real_write = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: real_write(handle, bytes(data)[:7]))
    save_file(workspace.root, PATH, NEW, expected=None)
    assert load_file(workspace.root, PATH).document == NEW


def test_a_save_that_the_disk_did_not_confirm_can_be_repeated(
    workspace: Workspace, old: LoadedFile, tracer: Tracer
) -> None:
    folder = str(path_in(workspace, PATH).parent)

    def fail_sync_of_folder(number: int, call: str, name: str) -> None:
        if (call, name) == ("fsync", folder):
            raise OSError(errno.EIO, os.strerror(errno.EIO))

    tracer.start(fail_sync_of_folder)
    for _ in range(2):
        with pytest.raises(WriteError, match="did not confirm"):
            save_file(workspace.root, PATH, NEW, expected=old.digest)
    tracer.stop()
    assert save_file(workspace.root, PATH, NEW, expected=old.digest).was_written
    with pytest.raises(ConflictError):
        save_file(workspace.root, PATH, OLD, expected=old.digest)


def fork(work: Callable[[], Any]) -> int:
    """Starts a child process that runs `work`; returns its id."""
    child = os.fork()
    if child == 0:
        try:
            work()
            os._exit(0)
        except BaseException:
            os._exit(1)
    return child


def wait_for(child: int) -> int:
    """The exit status of a child process, once it has ended."""
    return os.waitpid(child, 0)[1]


@pytest.mark.slow
def test_a_kill_at_any_call_leaves_the_old_or_the_new_file_whole(
    workspace: Workspace, old: LoadedFile, tracer: Tracer
) -> None:
    before, after = current_bytes(workspace), bytes_of_new(workspace)
    count = len(calls_of_a_save(workspace, old, tracer))
    kills_with_leftovers = 0

    def save_and_die(last_call: int) -> None:
        def kill(number: int, call: str, name: str) -> None:
            if number == last_call:
                os.kill(os.getpid(), signal.SIGKILL)

        tracer.start(kill)
        save_file(workspace.root, PATH, NEW, expected=old.digest)

    for last_call in range(1, count + 1):
        path_in(workspace, PATH).write_bytes(before)
        assert wait_for(fork(lambda last_call=last_call: save_and_die(last_call))) == signal.SIGKILL  # type: ignore[misc]
        assert current_bytes(workspace) in (before, after)
        kills_with_leftovers += bool(temporary_files(workspace))
        # The next writer, even of another sprint, is not blocked and cleans up.
        exists = path_in(workspace, OTHER_PATH).exists()
        digest = load_file(workspace.root, OTHER_PATH).digest if exists else None
        save_file(workspace.root, OTHER_PATH, {"n": last_call}, expected=digest)
        assert temporary_files(workspace) == []
    assert kills_with_leftovers


def test_a_kill_at_any_moment_loses_nothing_reported_as_saved(workspace: Workspace) -> None:
    randomness = random.Random(7)
    last_saved = 0

    def save_forever(reports: int) -> None:
        digest = load_file(workspace.root, PATH).digest if last_saved else None
        number = last_saved
        while True:
            number += 1
            document = {"n": number, "text": "x" * number}
            digest = save_file(workspace.root, PATH, document, expected=digest).digest
            os.write(reports, b"%d\n" % number)

    for _ in range(soak(120)):
        reader, writer = os.pipe()
        child = fork(lambda writer=writer: save_forever(writer))  # type: ignore[misc]
        os.close(writer)
        first_byte = os.read(reader, 1)
        time.sleep(randomness.uniform(0, 0.05))
        os.kill(child, signal.SIGKILL)
        wait_for(child)
        with os.fdopen(reader) as reports:
            last_reported = int((first_byte.decode() + reports.read()).split()[-1])
        document = load_file(workspace.root, PATH).document
        assert last_reported <= document["n"] <= last_reported + 1
        assert document["text"] == "x" * document["n"]
        last_saved = document["n"]


def test_two_processes_saving_one_sprint_lose_nothing(workspace: Workspace) -> None:
    save_file(workspace.root, PATH, {"entries": []}, expected=None)
    count = soak(400)

    def add_entries(who: str) -> None:
        for number in range(count):
            while True:
                loaded = load_file(workspace.root, PATH)
                document = {"entries": [*loaded.document["entries"], f"{who}{number}"]}
                try:
                    save_file(workspace.root, PATH, document, expected=loaded.digest)
                    break
                except ConflictError:
                    continue

    children = [fork(lambda who=who: add_entries(who)) for who in "ab"]  # type: ignore[misc]
    assert [wait_for(child) for child in children] == [0, 0]
    entries = load_file(workspace.root, PATH).document["entries"]
    assert sorted(entries) == sorted(f"{who}{number}" for who in "ab" for number in range(count))
    assert [entry for entry in entries if entry[0] == "a"] == [f"a{number}" for number in range(count)]


def test_a_change_just_before_the_file_is_replaced_is_a_conflict(
    workspace: Workspace, old: LoadedFile, tracer: Tracer
) -> None:
    """For example by Git, which does not know the lock."""

    def write_as_git(number: int, call: str, name: str) -> None:
        if call == "fsync" and name.endswith(".tmp"):
            tracer.stop()
            path_in(workspace, PATH).write_text('who = "git"\n')

    tracer.start(write_as_git)
    with pytest.raises(ConflictError) as caught:
        save_file(workspace.root, PATH, NEW, expected=old.digest)
    assert caught.value.current is not None
    assert caught.value.current.document == {"who": "git"}
    assert current_bytes(workspace) == b'who = "git"\n'
    assert temporary_files(workspace) == []


def test_a_promoted_draft_is_either_a_charter_or_still_a_draft(
    workspace: Workspace, old: LoadedFile, tracer: Tracer
) -> None:
    before = current_bytes(workspace)
    target = "sprints/lead/charter.toml"

    def promote_draft() -> None:
        promote(workspace.root, PATH, target, NEW, expected=old.digest, target_expected=None)

    tracer.start()
    promote_draft()
    tracer.stop()
    count = len(tracer.calls)
    assert list_files(workspace.absolute_path("sprints")) == ["lead/charter.toml"]
    for failing in range(1, count + 1):
        path_in(workspace, target).unlink(missing_ok=True)
        path_in(workspace, PATH).write_bytes(before)
        tracer.start(fail_nth_call(failing, errno.EIO))
        try:
            promote_draft()
        except WriteError:
            pass
        finally:
            tracer.stop()
        if not path_in(workspace, target).exists():
            assert current_bytes(workspace) == before
        else:
            assert load_file(workspace.root, target).document == NEW
