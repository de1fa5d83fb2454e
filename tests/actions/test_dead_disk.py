"""A disk that never answers: what is typed is set aside on another one, and nothing waits for it for ever."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from sprintkit.actions import background_writer
from sprintkit.actions.background_writer import SaveStatus
from sprintkit.actions.form.draft import FormDraft
from sprintkit.actions.session.find_unsaved import find_unsaved
from sprintkit.actions.session.new_title import NewTitle
from sprintkit.errors import WriteError
from sprintkit.store import atomic
from sprintkit.store.side_copies import SideCopy, delete_side_copy, find_side_copies
from tests.actions.session_helpers import (
    TODAY,
    begin_session,
    load_draft,
    make_context,
    reopen_session,
    wait_until,
)
from tests.actions.test_unsaved import all_text


class Disk:
    """The disk of the workspace, as far as background saves see it."""

    def __init__(self) -> None:
        self._answers = threading.Event()
        self._answers.set()
        self.has_waiting_save = threading.Event()

    def die(self) -> None:
        """From now on no fsync of a background save comes back."""
        self._answers.clear()

    def revive(self) -> None:
        self._answers.set()

    def wait(self) -> None:
        """What an fsync does."""
        if threading.current_thread().name == "autosave" and not self._answers.is_set():
            self.has_waiting_save.set()
            self._answers.wait()


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Disk]:
    disk = Disk()
    sync = atomic.sync_handle
    monkeypatch.setattr(atomic, "sync_handle", lambda handle: (disk.wait(), sync(handle)))
    monkeypatch.setattr(background_writer, "SLOW_SECONDS", 0.01)
    monkeypatch.setattr(background_writer, "STALL_SECONDS", 0.02)  # no test waits for the clock
    yield disk
    disk.revive()


def test_a_session_on_a_disk_that_does_not_answer_is_set_aside_on_another(
    tmp_path: Path, own_home: Path, disk: Disk
) -> None:
    session = begin_session(make_context(tmp_path))
    session.answer("charter.sponsor", "Bram Yellowby")
    assert session.draft_file.flush(60) is None
    disk.die()
    for text in ("Typed on a dead disk", "Typed on a dead disk, and on"):
        session.type("use_case.current_way", text)
        wait_until(lambda text=text: text in all_text(own_home))
    wait_until(lambda: session.draft_file.writer.is_settled)
    status = session.draft_file.status
    assert status.state == "failed" and status.problem is not None
    assert status.problem.message == "the disk has not answered yet"
    assert status.side_copy is not None and status.side_copy.startswith(str(own_home))
    notice = session.draft_file.writer.unsaved_notice()
    assert f"It is set aside in {status.side_copy}; the next start offers it." in notice
    assert session.draft_file.close(600) == status.problem, "the end does not wait for the disk"

    again = reopen_session(session.context, session.slug)
    assert again.text("use_case.current_way") == ""
    unsaved = find_unsaved(again)
    assert unsaved is not None
    assert unsaved.mine["use_case"]["current_way"] == "Typed on a dead disk, and on"

    disk.revive()
    wait_until(lambda: session.draft_file.status == SaveStatus("saved"))
    assert load_draft(session)["use_case"]["current_way"] == "Typed on a dead disk, and on"
    wait_until(lambda: "Typed on a dead disk" not in all_text(own_home))


def test_a_form_on_a_disk_that_does_not_answer_is_set_aside_and_offered(
    tmp_path: Path, own_home: Path, disk: Disk
) -> None:
    context = make_context(tmp_path)
    draft = FormDraft(context, "checkin-lead")
    disk.die()
    draft.request_save({"note": "half a note"}, TODAY)
    wait_until(lambda: draft.writer.is_settled)
    assert draft.writer.status.state == "failed"
    assert "half a note" in all_text(own_home)
    assert not draft.writer.close(600).is_saved
    unsaved = FormDraft(context, "checkin-lead").find_unsaved()
    assert unsaved is not None and unsaved.answers == {"note": "half a note"}


def test_the_title_of_a_new_sprint_is_set_aside_on_another_disk(
    tmp_path: Path, own_home: Path, disk: Disk
) -> None:
    context = make_context(tmp_path)
    title = NewTitle(context)
    disk.die()
    title.request_save("Every hire enq")
    wait_until(lambda: title.writer.is_settled)
    assert "Every hire enq" in all_text(own_home)
    title.writer.close(600)
    assert NewTitle(context).load() == "Every hire enq"


def test_a_slow_disk_is_not_a_failure(
    tmp_path: Path, own_home: Path, disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(background_writer, "STALL_SECONDS", 600.0)
    context = make_context(tmp_path)
    draft = FormDraft(context, "checkin-lead")
    states = []
    draft.writer.on_change = lambda: states.append(draft.writer.status.state)
    disk.die()
    draft.request_save({"note": "half a note"}, TODAY)
    wait_until(lambda: "half a note" in all_text(own_home))
    wait_until(lambda: draft.writer.status.side_copy)
    assert draft.writer.status.state == "saving" and not draft.writer.is_settled
    disk.revive()
    assert draft.writer.close(600) == SaveStatus("saved")
    wait_until(lambda: "half a note" not in all_text(own_home))
    assert "failed" not in states


def test_nothing_is_claimed_if_the_other_disk_fails_too(
    tmp_path: Path, disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object) -> str:
        raise WriteError("full", code="not_written")

    draft = FormDraft(make_context(tmp_path), "checkin-lead")
    disk.die()
    draft.request_save({"note": "half a note"}, TODAY)
    assert disk.has_waiting_save.wait(60)
    monkeypatch.setattr(SideCopy, "save", fail)
    draft.request_save({"note": "half a note, and on"}, TODAY)
    wait_until(lambda: draft.writer.is_settled)
    assert draft.writer.status.side_copy is None
    assert "It is nowhere on disk." in draft.writer.unsaved_notice()
    draft.writer.close(600)


def test_of_two_copies_of_one_process_the_later_is_offered_and_both_go(tmp_path: Path) -> None:
    root = str(tmp_path)
    (tmp_path / "sprints").mkdir()
    copy = SideCopy(root, "checkin-lead")
    outside = copy.outside()
    assert outside is not None
    first_path = copy.save({"answers": {"note": "first"}})
    second_path = outside.save({"answers": {"note": "second"}})
    another = SideCopy(root, "checkin-lead")
    another.save({"answers": {"note": "of another process"}})
    for side_copy in (copy, outside, another):
        side_copy.release()
    later, other = sorted(
        find_side_copies(root, "checkin-lead"),
        key=lambda stored: stored.content["answers"]["note"] == "second",
    )[::-1]
    assert later.content == {"answers": {"note": "second"}} and later.shown_path == second_path
    assert other.content == {"answers": {"note": "of another process"}}
    delete_side_copy(later)
    assert not (tmp_path / first_path).exists() and not Path(second_path).exists()
    assert find_side_copies(root, "checkin-lead") == [other]
