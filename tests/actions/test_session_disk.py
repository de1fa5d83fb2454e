"""What a session has on disk, and when: soon, whatever the disk does and however the process ends."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import threading
import time
from datetime import date
from pathlib import Path

import pytest

from sprintkit.actions.session.new_title import NewTitle
from sprintkit.store import atomic, files
from tests.actions.session_helpers import (
    LEAN_ANSWERS,
    Clock,
    begin_session,
    load_draft,
    make_context,
    reopen_session,
    type_answers,
    wait_until,
)
from tests.conftest import soak


def test_the_title_is_on_disk_before_anything_else_is_typed(tmp_path: Path) -> None:
    session = begin_session(make_context(tmp_path))
    session.remember_cursor("frame", "question:charter.sponsor")
    assert session.draft_file.flush() is None
    assert load_draft(session)["charter"] == {
        "title": "Every hire enquiry to one rep in minutes",
        "depth": "lean",
    }


def test_looking_at_a_charter_in_full_leaves_no_draft(tmp_path: Path) -> None:
    session = begin_session(make_context(tmp_path))
    type_answers(session, LEAN_ANSWERS)
    assert session.save_charter().exit_code == 0
    session.close()
    for answer in ("", "120"):
        session = reopen_session(session.context, session.slug)
        session.ask_in_full()
        session.remember_cursor("use_case", "question:use_case.volume_per_month")
        session.poll_external_change()
        if answer:
            session.answer("use_case.volume_per_month", answer)
        assert session.depth == "full"
        assert session.close() is None
        assert Path(session.context.root, session.draft_file.path).exists() is bool(answer)
    assert "depth" not in load_draft(session)["charter"]


def test_every_change_is_saved_without_a_key(tmp_path: Path) -> None:
    session = begin_session(make_context(tmp_path))
    session.type("use_case.statement", "Assign")
    path = Path(session.context.root, session.draft_file.path)
    wait_until(path.exists)
    session.type("use_case.statement", "Assign every enquiry")
    wait_until(lambda: load_draft(session)["use_case"] == {"statement": "Assign every enquiry"})
    session.close()


def test_the_state_is_saved_only_once_the_disk_has_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = begin_session(make_context(tmp_path))
    states: list[tuple[str, int]] = []
    session.draft_file.writer.on_change = lambda: states.append(
        (session.draft_file.state, session.draft_file.save_count)
    )
    synced: list[int] = []
    may_sync = threading.Event()
    real_fsync = os.fsync

    def fsync(handle: int) -> None:
        may_sync.wait(30)
        synced.append(handle)
        real_fsync(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    session.answer("charter.sponsor", "Bram Yellowby")
    assert session.draft_file.state == "saving"
    may_sync.set()
    session.draft_file.flush()
    assert states == [("saved", 1)]
    assert len(synced) >= 2, "file and folder"
    session.answer("charter.sponsor", "Odile Tamsworth")
    session.draft_file.flush()
    assert session.draft_file.save_count == 2


def test_a_session_reopens_where_it_stopped(tmp_path: Path) -> None:
    context = make_context(tmp_path)
    clock = Clock()
    session = begin_session(context, clock=clock)
    session.remember_cursor("owner", "question:owner.person")
    clock.now += 600
    session.remember_cursor("success_metric", "question:success_metric.baseline")
    clock.now += 90
    session.expanded_sections.add("timeline")
    session.remember_form("waive", {"reason": "as agreed"})
    session.answer("success_metric.baseline", "95")
    assert session.close() is None
    reopened = reopen_session(context, session.slug)
    assert (reopened.section, reopened.row) == ("success_metric", "question:success_metric.baseline")
    assert (reopened.minutes_in("owner"), reopened.minutes_in("success_metric")) == (10, 1)
    assert reopened.expanded_sections == {"timeline"}
    assert reopened.unfinished_forms == {"waive": {"reason": "as agreed"}}
    assert reopened.draft_file.save_count == session.draft_file.save_count
    assert reopened.document == session.document


def test_a_long_pause_counts_as_a_quarter_of_an_hour(tmp_path: Path) -> None:
    clock = Clock()
    session = begin_session(make_context(tmp_path), clock=clock)
    session.remember_cursor("owner", "")
    clock.now += 8 * 3600
    session.track_time()
    assert session.minutes_in("owner") == 15


def test_opening_writes_nothing(tmp_path: Path) -> None:
    context = make_context(tmp_path)
    first = begin_session(context)
    first.answer("charter.sponsor", "Bram Yellowby")
    first.close()
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    session = reopen_session(context, first.slug)
    assert session.analysis.count.answered == 2
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


# A disk that fails


def test_on_a_full_disk_nothing_is_lost_and_saving_works_once_there_is_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = begin_session(make_context(tmp_path))
    session.answer("charter.sponsor", "Bram Yellowby")
    session.draft_file.flush()
    before = Path(session.context.root, session.draft_file.path).read_bytes()

    def full(*_args: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(atomic, "_write_all", full)
    session.answer("charter.title", "A longer title")
    problem = session.draft_file.flush()
    assert problem is not None
    assert "No space left" in problem.message
    assert (problem.path, session.draft_file.state) == (session.draft_file.path, "failed")
    assert Path(session.context.root, session.draft_file.path).read_bytes() == before
    session.answer("charter.title", "A still longer title")
    assert session.document["charter"]["title"] == "A still longer title"
    monkeypatch.undo()
    assert session.draft_file.flush() is None
    assert load_draft(session)["charter"]["title"] == "A still longer title"
    assert session.draft_file.state == "saved"


def test_a_folder_that_cannot_be_created_is_a_problem(tmp_path: Path) -> None:
    session = begin_session(make_context(tmp_path))
    in_the_way = Path(session.context.root, "sprints", session.slug)
    in_the_way.write_text("a file where the sprint's folder belongs")
    session.answer("charter.sponsor", "Bram Yellowby")
    problem = session.draft_file.flush()
    assert problem is not None
    assert problem.path == session.draft_file.path
    in_the_way.unlink()
    assert session.draft_file.flush() is None


def test_an_answer_too_long_for_a_file_is_a_problem_until_it_is_shortened(tmp_path: Path) -> None:
    session = begin_session(make_context(tmp_path))
    session.type("use_case.current_way", "x" * 1_100_000)
    problem = session.draft_file.flush()
    assert problem is not None
    assert "use_case.current_way" in problem.message
    session.type("use_case.current_way", "short")
    assert session.draft_file.flush() is None


# The title of a sprint without a folder


def test_a_title_is_kept_until_its_sprint_has_a_folder(tmp_path: Path) -> None:
    context = make_context(tmp_path)
    title = NewTitle(context)
    assert title.load() == ""
    title.request_save("Every hire enq")
    assert title.writer.close().is_saved
    assert NewTitle(context).load() == "Every hire enq"


# The end of the process


PROGRAM = """
import sys, time
from datetime import date
from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.session.session import Session
from sprintkit.actions.session.autosave import begin_sprint
from sprintkit.store.workspace import Workspace

root, last_word, ending = sys.argv[1:]
context = WorkspaceContext(Workspace(root), date(2026, 2, 5))
session = Session(context, begin_sprint(context, "Killed", "killed"), time.monotonic)

def report():
    if session.draft_file.problem is None:
        print(len(session.draft_file.saved_document["use_case"]["current_way"]), flush=True)

session.draft_file.writer.on_change = report
text = ""
print("begun", flush=True)
for number in range(100000):
    text += f"word{number} "
    session.type("use_case.current_way", text)
    if number == int(last_word):
        raise SystemExit(0) if ending == "exit" else RuntimeError("a bug")
    time.sleep(0.02)
"""
"""Types words into a new sprint, and prints the length of every text that it reports as saved."""


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["exit", "bug"])
def test_ending_the_process_saves_what_was_typed(ending: str, tmp_path: Path) -> None:
    context = make_context(tmp_path)
    command = [sys.executable, "-c", PROGRAM, context.root, "7", ending]
    subprocess.run(command, capture_output=True, timeout=60)
    text = files.load_file(context.root, "sprints/killed/draft.toml").document["use_case"]["current_way"]
    assert text.endswith("word7 ")


def _kill_delays(count: int) -> list[float]:
    """Seconds until the kill, spread over several saves."""
    return [0.35 + 1.4 * index / max(count - 1, 1) for index in range(count)]


@pytest.mark.slow
@pytest.mark.parametrize("delay", _kill_delays(soak(30)))
def test_a_kill_at_any_moment_leaves_everything_that_was_reported_as_saved(
    delay: float, tmp_path: Path
) -> None:
    context = make_context(tmp_path)
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, context.root, "-1", "kill"], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "begun\n"
    time.sleep(delay)
    process.send_signal(signal.SIGKILL)
    reported = [int(line) for line in process.communicate()[0].splitlines()]
    if not Path(context.root, "sprints/killed/draft.toml").exists():
        assert not reported
        return
    document = reopen_session(context, "killed").document
    assert document["charter"] == {"title": "Killed", "depth": "lean"}
    assert len(document["use_case"]["current_way"]) >= max(reported, default=0)


def test_a_session_opens_despite_a_broken_resume_state(tmp_path: Path) -> None:
    context = make_context(tmp_path)
    session = begin_session(context)
    session.answer("timeline.start", "16 Feb 2026")
    session.close()
    place = next(tmp_path.glob(".sprintkit/forms/*.json"))
    for content in (
        '{"section": 7, "row": [], "seconds": {"owner": "x"}, "saves": "many", "forms": 3}',
        "[1",
        "\x00",
    ):
        place.write_text(content)
        reopened = reopen_session(context, session.slug)
        assert reopened.document["timeline"] == {"start": date(2026, 2, 16)}
        assert (reopened.section, reopened.row, reopened.seconds_by_section, reopened.unfinished_forms) == (
            "",
            "",
            {},
            {},
        )
