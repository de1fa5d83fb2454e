"""What a session has on disk, and when: soon, never over somebody else's work, whatever the disk does."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sprintkit.actions.session.autosave import load_new_title, save_new_title
from sprintkit.actions.session.background_writer import SAVE_DELAY, BackgroundWriter, SaveOutcome
from sprintkit.actions.session.session import Session
from sprintkit.errors import WriteError
from sprintkit.store import atomic, files
from tests.actions.session_helpers import (
    LEAN_ANSWERS,
    begin_session,
    make_context,
    reopen_session,
    type_answers,
)
from tests.conftest import soak


def wait_until(condition: Callable[[], object], timeout: float = 30.0) -> None:
    """Wait until a condition holds."""
    end = time.monotonic() + timeout
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.005)


def load_draft(session: Session) -> dict[str, Any]:
    """The document of the draft on disk."""
    return files.load_file(session.context.root, session.draft_file.path).document


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
    session.draft_file.on_change = lambda: states.append(
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
    session = begin_session(context)
    session.remember_cursor("owner", "question:owner.person")
    session._clock.now += 600
    session.remember_cursor("success_metric", "question:success_metric.baseline")
    session._clock.now += 90
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
    session = begin_session(make_context(tmp_path))
    session.remember_cursor("owner", "")
    session._clock.now += 8 * 3600
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


# Conflicts


def test_an_external_change_is_shown_as_a_difference_and_not_overwritten(tmp_path: Path) -> None:
    context = make_context(tmp_path)
    session = begin_session(context)
    type_answers(session, LEAN_ANSWERS[:6])
    session.draft_file.flush()
    other = reopen_session(context, session.slug)
    other.answer("charter.title", "Their title")
    other.answer("success_metric.unit", "minutes")
    assert other.close() is None
    theirs = Path(context.root, session.draft_file.path).read_bytes()
    session.answer("charter.title", "My title")
    session.draft_file.flush()
    assert session.draft_file.state == "conflict"
    assert Path(context.root, session.draft_file.path).read_bytes() == theirs
    merged = session.merge_with_theirs()
    assert merged.conflicts == (("charter.title", "My title", "Their title"),)
    assert merged.their_changes == (("success_metric.unit", None, "minutes"),)
    session.answer("charter.sponsor", "Odile Tamsworth")
    session.draft_file.flush()
    assert Path(context.root, session.draft_file.path).read_bytes() == theirs, (
        "nothing is written until the conflict is resolved"
    )


def _conflict(tmp_path: Path) -> Session:
    context = make_context(tmp_path)
    session = begin_session(context)
    session.draft_file.flush()
    session.answer("charter.sponsor", "Bram Yellowby")
    session.draft_file.flush()
    other = reopen_session(context, session.slug)
    other.answer("charter.title", "Their title")
    other.close()
    session.answer("charter.title", "My title")
    session.draft_file.flush()
    assert session.draft_file.state == "conflict"
    return session


@pytest.mark.parametrize(("chosen", "title"), [(set(), "My title"), ({0}, "Their title")])
def test_a_conflict_is_resolved_as_chosen_and_undo_brings_mine_back(
    chosen: set[int], title: str, tmp_path: Path
) -> None:
    session = _conflict(tmp_path)
    session.apply_merge(session.merge_with_theirs(chosen))
    assert session.draft_file.flush() is None
    assert load_draft(session)["charter"]["title"] == title
    assert session.draft_file.state == "saved"
    session.undo()
    if chosen:
        assert session.document["charter"]["title"] == "My title"


def test_undo_does_not_revert_what_only_they_changed(tmp_path: Path) -> None:
    session = begin_session(make_context(tmp_path))
    type_answers(session, LEAN_ANSWERS[:6])
    session.draft_file.flush()
    other = reopen_session(session.context, session.slug)
    other.answer("charter.title", "Their title")
    other.answer("success_metric.unit", "minutes")
    assert other.close() is None
    session.answer("charter.sponsor", "Odile Tamsworth")
    session.draft_file.flush()
    merged = session.merge_with_theirs()
    assert not merged.conflicts
    session.apply_merge(merged)
    session.draft_file.flush()
    after = load_draft(session)
    assert (after["charter"]["title"], after["charter"]["sponsor"]) == ("Their title", "odile")
    while session.undo() is not None:
        assert session.document["charter"]["title"] == "Their title"
        assert session.document["success_metric"]["unit"] == "minutes"
    while session.redo() is not None:
        pass
    assert session.document["charter"]["sponsor"] == "odile"


def test_an_edit_by_hand_is_noticed_while_nobody_types(tmp_path: Path) -> None:
    session = begin_session(make_context(tmp_path))
    type_answers(session, LEAN_ANSWERS[:6])
    session.draft_file.flush()
    session.poll_external_change()
    session.draft_file.flush()
    assert session.draft_file.state == "saved"
    path = Path(session.context.root, session.draft_file.path)
    path.write_text(path.read_text().replace("Bram Yellowby", "Brana Yellowby"))
    session.poll_external_change()
    session.draft_file.flush()
    assert session.draft_file.state == "conflict"
    session.apply_merge(session.merge_with_theirs())
    assert session.text("charter.sponsor") == "Brana Yellowby"
    session.draft_file.flush()
    assert session.draft_file.state == "saved"
    assert path.read_text().count("Brana Yellowby") == 1


def test_a_charter_that_somebody_else_saved_or_changed_is_merged(tmp_path: Path) -> None:
    session = begin_session(make_context(tmp_path))
    type_answers(session, LEAN_ANSWERS)
    session.draft_file.flush()
    other = reopen_session(session.context, session.slug)
    assert other.save_charter().exit_code == 0
    session.answer("charter.title", "My title")
    session.draft_file.flush()
    assert session.draft_file.state == "conflict"
    session.apply_merge(session.merge_with_theirs())
    assert session.draft_file.flush() is None
    assert session.document["charter"]["id"], "what was filled in came with their charter"
    assert load_draft(session)["charter"]["title"] == "My title"
    path = Path(session.context.root, f"sprints/{session.slug}/charter.toml")
    path.write_text(path.read_text().replace("stop_line = 80", "stop_line = 85"))
    with pytest.raises(WriteError, match="somebody else"):
        session.save_charter()
    session.apply_merge(session.merge_with_theirs())
    assert session.save_charter().exit_code == 0
    assert "stop_line = 85" in path.read_text()
    assert 'title = "My title"' in path.read_text()


def test_a_draft_equal_to_the_charter_is_removed_unless_it_has_comments(tmp_path: Path) -> None:
    session = begin_session(make_context(tmp_path))
    type_answers(session, LEAN_ANSWERS)
    assert session.save_charter().exit_code == 0
    draft_path = Path(session.context.root, session.draft_file.path)
    session.remove("plan.milestones[0]")
    session.draft_file.flush()
    assert draft_path.exists()
    session.undo()
    assert session.draft_file.flush() is None
    assert not draft_path.exists()
    session.answer("charter.title", "Another title")
    assert session.draft_file.flush() is None
    assert draft_path.exists()
    text = draft_path.read_text()
    draft_path.write_text(f"# a note of mine\n{text}")
    session.poll_external_change()
    session.draft_file.flush()
    session.apply_merge(session.merge_with_theirs())
    session.undo()
    assert session.draft_file.flush() is None
    assert "# a note of mine\n" in draft_path.read_text(), "a comment is never lost"


def test_my_answers_can_replace_a_file_that_was_removed_or_broken(tmp_path: Path) -> None:
    session = begin_session(make_context(tmp_path))
    session.answer("charter.sponsor", "Bram Yellowby")
    session.draft_file.flush()
    path = Path(session.context.root, session.draft_file.path)
    path.write_text("this is = = no TOML")
    session.answer("charter.title", "My title")
    session.draft_file.flush()
    assert session.draft_file.state == "conflict"
    assert not session.draft_file.can_read_theirs
    session.keep_mine()
    assert session.draft_file.flush() is None
    path.unlink()
    session.answer("charter.title", "Another")
    session.draft_file.flush()
    assert session.draft_file.state == "conflict"
    session.keep_mine()
    assert session.draft_file.flush() is None
    assert load_draft(session)["charter"]["title"] == "Another"


def test_a_charter_is_not_saved_over_an_external_change(tmp_path: Path) -> None:
    session = begin_session(make_context(tmp_path))
    type_answers(session, LEAN_ANSWERS)
    session.draft_file.flush()
    other = reopen_session(session.context, session.slug)
    other.answer("charter.title", "Their title")
    other.close()
    with pytest.raises(WriteError, match="somebody else"):
        session.save_charter()


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


def test_a_failed_save_is_retried() -> None:
    attempts: list[int] = []
    outcomes: list[SaveOutcome] = []

    def write(state: int) -> None:
        attempts.append(state)
        if len(attempts) < 3:
            raise WriteError("no", code="not_written")

    writer = BackgroundWriter(write, outcomes.append, save_delay=0.01, retry_delay=0.02)
    writer.submit(7)
    wait_until(lambda: len(outcomes) == 3)
    assert attempts == [7, 7, 7]
    assert [outcome.is_saved for outcome in outcomes] == [False, False, True]
    writer.close()


def test_the_latest_state_wins() -> None:
    written: list[int] = []
    may_write = threading.Event()

    def write(state: int) -> None:
        may_write.wait(30)
        written.append(state)

    writer = BackgroundWriter(write, lambda _outcome: None, save_delay=0.0)
    for number in range(50):
        writer.submit(number)
    may_write.set()
    assert writer.close(30).is_saved
    assert written[-1] == 49
    assert len(written) <= 2, "one write was under way, and the next one takes the latest state"


# The title of a sprint without a folder


def test_a_title_is_kept_until_its_sprint_has_a_folder(tmp_path: Path) -> None:
    context = make_context(tmp_path)
    assert load_new_title(context) == ""
    assert save_new_title(context, "Every hire enq") is None
    assert load_new_title(context) == "Every hire enq"


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

session.draft_file.on_change = report
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


def test_a_save_starts_early_enough_to_lose_at_most_one_second() -> None:
    assert SAVE_DELAY <= 0.5, "the other half is for the disk"


def test_saving_goes_on_after_a_broken_file_is_fixed_by_hand(tmp_path: Path) -> None:
    session = begin_session(make_context(tmp_path))
    session.answer("success_metric.name", "Median minutes")
    assert session.draft_file.flush() is None
    path = Path(session.context.root, session.draft_file.path)
    good = path.read_bytes()
    path.write_bytes(good + b"[[[")
    session.answer("success_metric.unit", "minutes")
    session.draft_file.flush()
    session.recheck_conflict()
    assert session.draft_file.state == "conflict"
    path.write_bytes(good)
    session.recheck_conflict()
    assert session.draft_file.state == "saved"
    assert load_draft(session)["success_metric"] == {"name": "Median minutes", "unit": "minutes"}


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
