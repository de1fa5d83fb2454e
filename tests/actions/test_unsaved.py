"""What cannot be saved is set aside within a second, offered at the next start, and never called saved."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from sprintkit.actions.background_writer import BackgroundWriter, SaveStatus
from sprintkit.actions.form.draft import FormDraft
from sprintkit.actions.session.autosave import begin_sprint
from sprintkit.actions.session.find_unsaved import find_begun_sprints, find_unsaved
from sprintkit.actions.session.new_title import NewTitle
from sprintkit.actions.session.session import Session
from sprintkit.errors import WriteError
from sprintkit.store import atomic
from sprintkit.store.side_copies import SideCopy
from tests.actions.session_helpers import (
    TODAY,
    Clock,
    begin_session,
    load_draft,
    make_context,
    reopen_session,
    wait_until,
)

HELD_BACK = ("conflict", "lock", "full", "read-only")

LOCK_HOLDER = """
import fcntl, os, sys
handle = os.open(sys.argv[1], os.O_RDWR | os.O_CREAT, 0o666)
fcntl.flock(handle, fcntl.LOCK_EX)
print("held", flush=True)
sys.stdin.read()
"""


@contextmanager
def held_lock(root: str) -> Iterator[None]:
    """Another process holds the lock of the workspace."""
    private = Path(root, ".sprintkit")
    private.mkdir(exist_ok=True)
    command = [sys.executable, "-c", LOCK_HOLDER, str(private / "lock")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None and process.stdout.readline() == b"held\n"
        yield
        process.communicate(b"")


def change_by_hand(session: Session, old: str, new: str) -> None:
    """Somebody else changes the draft in an editor."""
    path = Path(session.context.root, session.draft_file.path)
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


@contextmanager
def held_back(session: Session, how: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nothing can be saved in the workspace; with "full" and "read-only" no side copy in it either."""
    session.answer("charter.sponsor", "Bram Yellowby")
    assert session.draft_file.flush() is None
    root = session.context.root
    with monkeypatch.context() as patch:
        if how == "lock":
            with held_lock(root):
                yield
            return
        if how == "conflict":
            change_by_hand(session, "Every hire enquiry", "Their enquiry")
            session.answer("charter.title", "My title")
            session.draft_file.flush()
            assert session.draft_file.state == "conflict"
        else:
            real = atomic.replace_file
            code = errno.ENOSPC if how == "full" else errno.EROFS

            def fail(target: str, *arguments: object) -> None:
                if target.startswith(root):
                    raise OSError(code, os.strerror(code))
                real(target, *arguments)  # type: ignore[arg-type]

            patch.setattr(atomic, "replace_file", fail)
        yield


def all_text(*folders: Path | str) -> str:
    """Everything that the files in these folders hold, but for saves that were never finished."""
    return "\n".join(
        path.read_text("utf-8", "replace")
        for folder in folders
        for path in Path(folder).rglob("*")
        if path.is_file() and not atomic.TEMPORARY_NAME.fullmatch(path.name)
    )


@pytest.mark.parametrize("how", HELD_BACK)
def test_what_is_typed_while_nothing_can_be_saved_is_on_disk_soon(
    how: str, tmp_path: Path, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = begin_session(make_context(tmp_path))
    with held_back(session, how, monkeypatch):
        for text in ("Typed while held back", "Typed while held back, and on"):
            session.type("use_case.current_way", text)
            wait_until(lambda text=text: text in all_text(tmp_path, own_home), 8)
        wait_until(lambda: session.draft_file.status.side_copy)
        assert session.draft_file.state in ("conflict", "failed")
        session.draft_file.close(0.5)


@pytest.mark.parametrize("how", HELD_BACK)
def test_the_next_start_offers_what_was_set_aside(
    how: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = begin_session(make_context(tmp_path))
    with held_back(session, how, monkeypatch):
        session.type("use_case.current_way", "Typed while held back")
        session.answer("timeline.start", "16 Feb 2026")
        session.draft_file.flush()
        assert find_unsaved(reopen_session(session.context, session.slug)) is None, "its session still runs"
        session.draft_file.close(5)
    again = reopen_session(session.context, session.slug)
    assert again.text("use_case.current_way") == ""
    unsaved = find_unsaved(again)
    assert unsaved is not None
    again.take_unsaved(unsaved)
    assert again.text("use_case.current_way") == "Typed while held back"
    assert again.document["timeline"]["start"] == date(2026, 2, 16)
    assert again.close() is None
    assert load_draft(again)["use_case"]["current_way"] == "Typed while held back"
    assert find_unsaved(reopen_session(session.context, session.slug)) is None, "it is offered once"
    again.undo()
    assert again.text("use_case.current_way") == ""


def test_what_was_set_aside_is_merged_with_what_the_file_says_now(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = begin_session(make_context(tmp_path))
    with held_back(session, "conflict", monkeypatch):
        change_by_hand(session, "Bram Yellowby", "Brana Yellowby")
        session.close()
    for chosen, title in (
        (frozenset[int](), "My title"),
        (frozenset({0}), "Their enquiry to one rep in minutes"),
    ):
        again = reopen_session(session.context, session.slug)
        unsaved = find_unsaved(again)
        assert unsaved is not None
        merged = again.merge_with_unsaved(unsaved)
        assert [conflict.path for conflict in merged.conflicts] == ["charter.title"]
        again.take_unsaved(unsaved, chosen)
        assert again.document["charter"]["title"] == title
        assert again.document["people"]["bram"]["name"] == "Brana Yellowby"


def test_what_was_set_aside_can_be_discarded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    session = begin_session(make_context(tmp_path))
    with held_back(session, "conflict", monkeypatch):
        session.close()
    again = reopen_session(session.context, session.slug)
    unsaved = find_unsaved(again)
    assert unsaved is not None
    again.discard_unsaved(unsaved)
    assert find_unsaved(again) is None
    assert again.document["charter"]["title"].startswith("Their enquiry")


def test_the_side_copy_goes_once_its_answers_are_saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = begin_session(make_context(tmp_path))
    with held_back(session, "conflict", monkeypatch):
        path = session.draft_file.status.side_copy
        assert path is not None and Path(session.context.root, path).exists()
        session.apply_merge(session.merge_with_theirs())
        assert session.draft_file.flush() is None
        assert not Path(session.context.root, path).exists()
        assert session.draft_file.status == SaveStatus("saved")
    session.close()


def test_a_side_copy_that_was_removed_is_written_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = begin_session(make_context(tmp_path))
    with held_back(session, "conflict", monkeypatch):
        Path(session.context.root, session.draft_file.status.side_copy or "").unlink()
        session.type("use_case.current_way", "on")
        session.draft_file.flush()
        assert Path(session.context.root, session.draft_file.status.side_copy or "").exists()
    session.close()


def test_an_answer_too_long_for_any_file_is_set_aside_as_well(tmp_path: Path) -> None:
    session = begin_session(make_context(tmp_path))
    session.type("use_case.current_way", "x" * 1_100_000)
    assert session.draft_file.flush() is not None
    assert "x" * 1_100_000 in all_text(tmp_path / ".sprintkit")
    session.close()
    again = Session(session.context, begin_sprint(session.context, "Another", session.slug), Clock())
    unsaved = find_unsaved(again)
    assert unsaved is not None and unsaved.mine["use_case"]["current_way"] == "x" * 1_100_000


def test_a_sprint_that_never_got_a_folder_is_offered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    context = make_context(tmp_path)
    session = begin_session(context, "Held back", slug="held-back")
    with held_lock(context.root):
        session.answer("charter.sponsor", "Bram Yellowby")
        assert session.close() is not None
    assert not (tmp_path / "sprints/held-back").exists()
    assert [(begun.slug, begun.title) for begun in find_begun_sprints(context)] == [
        ("held-back", "Held back")
    ]


def test_the_title_of_a_new_sprint_is_set_aside_too(tmp_path: Path) -> None:
    context = make_context(tmp_path)
    title = NewTitle(context)
    with held_lock(context.root):
        title.request_save("Every hire enq")
        wait_until(lambda: "Every hire enq" in all_text(tmp_path), 8)
        title.writer.close(5)
    assert NewTitle(context).load() == "Every hire enq"


# Forms


@pytest.mark.parametrize("how", ["lock", "full"])
def test_a_form_whose_draft_cannot_be_saved_is_set_aside_and_offered(
    how: str, tmp_path: Path, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = make_context(tmp_path)
    draft = FormDraft(context, "checkin-lead")
    draft.save({"note": "half", "by": "ilka"}, TODAY)
    session = begin_session(context)
    with held_back(session, how, monkeypatch):
        draft.request_save({"note": "half a note", "by": "ilka"}, TODAY)
        wait_until(lambda: "half a note" in all_text(tmp_path, own_home), 8)
        wait_until(lambda: draft.writer.status.side_copy)
        draft.writer.close(0.5)
        session.close()
    again = FormDraft(context, "checkin-lead")
    assert again.load() == {"note": "half", "by": "ilka"}
    unsaved = again.find_unsaved()
    assert unsaved is not None and unsaved.answers == {"note": "half a note", "by": "ilka"}
    again.discard_unsaved(unsaved)
    assert again.find_unsaved() is None


def test_a_form_is_offered_what_no_draft_holds_only(tmp_path: Path) -> None:
    context = make_context(tmp_path)
    draft = FormDraft(context, "checkin-lead")
    with held_lock(context.root):
        draft.request_save({"note": "same"}, TODAY)
        wait_until(lambda: draft.writer.status.side_copy)
        draft.writer.close(0.5)
    again = FormDraft(context, "checkin-lead")
    again.save({"note": "same"}, TODAY)
    assert again.find_unsaved() is None


# One owner of the save state


def test_nothing_is_called_saved_while_the_disk_has_not_answered() -> None:
    may_write = threading.Event()
    writer = BackgroundWriter[int](lambda _: may_write.wait(30) and None, save_delay=0.0)
    writer.submit(1)
    status = writer.flush(0.05)
    assert (status.state, status.is_saved) == ("saving", False)
    assert status.problem is not None and status.problem.code == "slow"
    may_write.set()
    assert writer.close(30) == SaveStatus("saved")


def test_an_unexpected_error_neither_ends_the_thread_nor_counts_as_saved() -> None:
    attempts: list[int] = []

    def write(state: int) -> None:
        attempts.append(state)
        if len(attempts) < 3:
            raise RuntimeError("a bug")

    def on_change() -> None:
        raise ValueError("another bug")

    writer = BackgroundWriter(write, save_delay=0.01, retry_delay=0.02)
    writer.on_change = on_change
    writer.submit(7)
    status = writer.flush(30)
    assert status.state == "failed" and status.problem is not None and "a bug" in status.problem.message
    wait_until(lambda: writer.status.is_saved)
    assert attempts == [7, 7, 7]
    writer.close()


def test_a_side_copy_that_fails_is_not_claimed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def write(_state: int) -> None:
        raise WriteError("full", code="not_written")

    def fail(*_arguments: object) -> None:
        raise OSError(errno.ENOSPC, "full too")

    monkeypatch.setattr(atomic, "replace_file", fail)
    writer = BackgroundWriter(write, side_copy=SideCopy(str(tmp_path), "form"), save_delay=0.0)
    writer.submit(1)
    status = writer.flush(30)
    assert (status.state, status.side_copy) == ("failed", None)
    assert "nowhere on disk" in writer.unsaved_notice()
    writer.close()


def test_what_is_submitted_after_the_end_is_saved_all_the_same() -> None:
    written: list[int] = []
    writer = BackgroundWriter(written.append, save_delay=0.0)
    writer.submit(1)
    writer.close(30)
    writer.submit(2)
    assert writer.close(30).is_saved
    assert written == [1, 2]


def test_a_moving_cursor_does_not_lose_the_look_at_somebody_elses_change(tmp_path: Path) -> None:
    session = begin_session(make_context(tmp_path))
    session.answer("charter.sponsor", "Bram Yellowby")
    session.draft_file.flush()
    change_by_hand(session, "Bram Yellowby", "Brana Yellowby")
    session.poll_external_change()
    session.remember_cursor("owner", "question:owner.person")
    session.draft_file.flush()
    assert session.draft_file.state == "conflict"
    session.close()


# Another branch under an open session


def git(folder: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=Ann", "-c", "user.email=ann@example.com")
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


def session_on_two_branches(tmp_path: Path) -> Session:
    """A session on the branch `main`; the branch `other` has another title in its draft."""
    session = begin_session(make_context(tmp_path))
    session.answer("charter.sponsor", "Bram Yellowby")
    session.draft_file.flush()
    (tmp_path / ".gitignore").write_text(".sprintkit/\n")
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "Begin")
    git(tmp_path, "checkout", "-qb", "other")
    path = tmp_path / session.draft_file.path
    path.write_text(path.read_text("utf-8").replace("Every hire enquiry", "The other one"), "utf-8")
    git(tmp_path, "commit", "-qam", "Change")
    git(tmp_path, "checkout", "-q", "main")
    session.close()
    return reopen_session(session.context, session.slug)


@pytest.mark.parametrize("takes_theirs", [False, True])
@pytest.mark.parametrize("head", ["other", "--detach other"])
def test_another_branch_is_reported_and_leaves_the_choice(
    head: str, takes_theirs: bool, tmp_path: Path
) -> None:
    session = session_on_two_branches(tmp_path)
    git(tmp_path, "checkout", "-q", *head.split())
    session.poll_external_change()
    session.draft_file.flush()
    assert session.draft_file.state == "conflict"
    change = session.draft_file.branch_change
    assert change is not None and change.before == "main"
    assert change.after == "other" or head != "other"
    if takes_theirs:
        session.take_theirs()
    else:
        session.keep_mine()
    assert session.draft_file.flush() is None
    begins = "The other one" if takes_theirs else "Every hire"
    assert load_draft(session)["charter"]["title"].startswith(begins)
    assert session.draft_file.branch_change is None
    if takes_theirs:
        session.undo()
        assert session.document["charter"]["title"].startswith("Every hire"), "undo brings mine back"
    session.close()


def test_another_branch_with_the_same_draft_is_reported(tmp_path: Path) -> None:
    session = session_on_two_branches(tmp_path)
    git(tmp_path, "checkout", "-qb", "third")
    session.poll_external_change()
    session.draft_file.flush()
    assert session.draft_file.state == "saved"
    notice = session.draft_file.take_branch_notice()
    assert notice is not None and (notice.before, notice.after) == ("main", "third")
    assert session.draft_file.take_branch_notice() is None
    session.close()
