"""What a session has on disk, and when: within a second, never over somebody else's work, whatever the disk does."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from sprintkit.actions.session.autosave import keep_title, kept_title
from sprintkit.actions.session.background_writer import BackgroundWriter, Outcome
from sprintkit.actions.session.session import Session
from sprintkit.errors import WriteError
from sprintkit.store import atomic, files
from tests.actions.session_kit import LEAN, begin, reopen, type_all, workspace


def until(holds: Callable[[], object], seconds: float = 5.0) -> float:
    """Waits until something is so; returns how long that took."""
    start = time.monotonic()
    while not holds():
        assert time.monotonic() - start < seconds
        time.sleep(0.005)
    return time.monotonic() - start


def draft(session: Session) -> dict[str, object]:
    """What the draft on disk holds."""
    return files.read(session.context.root, session.disk.path).document


def test_the_title_is_on_disk_before_anything_else_is_typed(tmp_path: Path) -> None:
    session = begin(workspace(tmp_path))
    session.stay("frame", "question:charter.sponsor")
    assert session.disk.flush() is None
    assert draft(session)["charter"] == {"title": "Every hire enquiry to one rep in minutes", "depth": "lean"}


def test_a_charter_that_was_only_looked_at_in_full_has_no_draft(tmp_path: Path) -> None:
    session = begin(workspace(tmp_path))
    type_all(session, LEAN)
    assert session.save_charter().exit_code == 0
    session.close()
    for answer in ("", "120"):
        session = reopen(session.context, session.slug)
        session.deepen()
        session.stay("use_case", "question:use_case.volume_per_month")
        session.look()
        if answer:
            session.answer("use_case.volume_per_month", answer)
        assert session.depth == "full"
        assert session.close() is None
        assert Path(session.context.root, session.disk.path).exists() is bool(answer)
    assert "depth" not in draft(session)["charter"]  # type: ignore[operator]


def test_every_change_is_on_disk_within_a_second_without_a_key(tmp_path: Path) -> None:
    session = begin(workspace(tmp_path))
    session.type("use_case.statement", "Assign")
    path = Path(session.context.root, session.disk.path)
    assert until(path.exists) < 1.0
    session.type("use_case.statement", "Assign every enquiry")
    took = until(lambda: draft(session)["use_case"] == {"statement": "Assign every enquiry"})
    assert took < 1.0
    session.close()


def test_saved_is_said_only_when_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    session = begin(workspace(tmp_path))
    seen: list[tuple[str, int]] = []
    session.disk.tell = lambda: seen.append((session.disk.state, session.disk.saves))
    synced: list[int] = []
    real = os.fsync
    monkeypatch.setattr(os, "fsync", lambda handle: (synced.append(1), real(handle))[1])
    session.answer("charter.sponsor", "Bram Yellowby")
    assert session.disk.state == "saving"
    session.disk.flush()
    assert seen == [("saved", 1)]
    assert len(synced) >= 2, "file and folder"
    session.answer("charter.sponsor", "Odile Tamsworth")
    session.disk.flush()
    assert session.disk.saves == 2


def test_a_session_opens_where_it_stopped(tmp_path: Path) -> None:
    desk = workspace(tmp_path)
    session = begin(desk)
    session.stay("owner", "question:owner.person")
    session._clock.now += 600
    session.stay("success_metric", "question:success_metric.baseline")
    session._clock.now += 90
    session.unfolded.add("timeline")
    session.keep_form("waive", {"reason": "as agreed"})
    session.answer("success_metric.baseline", "95")
    assert session.close() is None
    again = reopen(desk, session.slug)
    assert (again.section, again.row) == ("success_metric", "question:success_metric.baseline")
    assert (again.minutes("owner"), again.minutes("success_metric")) == (10, 1)
    assert again.unfolded == {"timeline"}
    assert again.forms == {"waive": {"reason": "as agreed"}}
    assert again.disk.saves == session.disk.saves
    assert again.document == session.document


def test_a_long_pause_counts_as_a_quarter_of_an_hour(tmp_path: Path) -> None:
    session = begin(workspace(tmp_path))
    session.stay("owner", "")
    session._clock.now += 8 * 3600
    session.pass_time()
    assert session.minutes("owner") == 15


def test_opening_writes_nothing(tmp_path: Path) -> None:
    desk = workspace(tmp_path)
    first = begin(desk)
    first.answer("charter.sponsor", "Bram Yellowby")
    first.close()
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    session = reopen(desk, first.slug)
    assert session.standing.count.answered == 2
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


# Somebody else


def test_a_change_by_somebody_else_is_told_with_the_difference_and_not_overwritten(tmp_path: Path) -> None:
    desk = workspace(tmp_path)
    session = begin(desk)
    type_all(session, LEAN[:6])
    session.disk.flush()
    other = reopen(desk, session.slug)
    other.answer("charter.title", "Their title")
    other.answer("success_metric.unit", "minutes")
    assert other.close() is None
    theirs = Path(desk.root, session.disk.path).read_bytes()
    session.answer("charter.title", "My title")
    session.disk.flush()
    assert session.disk.state == "changed"
    assert Path(desk.root, session.disk.path).read_bytes() == theirs
    merged = session.merged()
    assert merged.clashes == (("charter.title", "My title", "Their title"),)
    assert merged.taken == (("success_metric.unit", None, "minutes"),)
    session.answer("charter.sponsor", "Odile Tamsworth")
    session.disk.flush()
    assert Path(desk.root, session.disk.path).read_bytes() == theirs, "nothing is written until it is settled"


def _conflict(tmp_path: Path) -> Session:
    desk = workspace(tmp_path)
    session = begin(desk)
    session.disk.flush()
    session.answer("charter.sponsor", "Bram Yellowby")
    session.disk.flush()
    other = reopen(desk, session.slug)
    other.answer("charter.title", "Their title")
    other.close()
    session.answer("charter.title", "My title")
    session.disk.flush()
    assert session.disk.state == "changed"
    return session


@pytest.mark.parametrize(("chosen", "title"), [(set(), "My title"), ({0}, "Their title")])
def test_of_what_both_changed_stands_what_is_chosen_and_mine_can_be_got_back(
    chosen: set[int], title: str, tmp_path: Path
) -> None:
    session = _conflict(tmp_path)
    session.take_in(session.merged(chosen))
    assert session.disk.flush() is None
    assert draft(session)["charter"]["title"] == title  # type: ignore[index]
    assert session.disk.state == "saved"
    session.undo()
    if chosen:
        assert session.document["charter"]["title"] == "My title"


def test_what_they_alone_changed_comes_in_and_no_undo_takes_it_out(tmp_path: Path) -> None:
    session = begin(workspace(tmp_path))
    type_all(session, LEAN[:6])
    session.disk.flush()
    other = reopen(session.context, session.slug)
    other.answer("charter.title", "Their title")
    other.answer("success_metric.unit", "minutes")
    assert other.close() is None
    session.answer("charter.sponsor", "Odile Tamsworth")
    session.disk.flush()
    merged = session.merged()
    assert not merged.clashes
    session.take_in(merged)
    session.disk.flush()
    after = draft(session)
    assert (after["charter"]["title"], after["charter"]["sponsor"]) == ("Their title", "odile")  # type: ignore[index]
    while session.undo() is not None:
        assert session.document["charter"]["title"] == "Their title"
        assert session.document["success_metric"]["unit"] == "minutes"
    while session.redo() is not None:
        pass
    assert session.document["charter"]["sponsor"] == "odile"


def test_a_change_by_hand_is_noticed_while_nobody_types(tmp_path: Path) -> None:
    session = begin(workspace(tmp_path))
    type_all(session, LEAN[:6])
    session.disk.flush()
    session.look()
    session.disk.flush()
    assert session.disk.state == "saved"
    path = Path(session.context.root, session.disk.path)
    path.write_text(path.read_text().replace("Bram Yellowby", "Brana Yellowby"))
    session.look()
    session.disk.flush()
    assert session.disk.state == "changed"
    session.take_in(session.merged())
    assert session.text("charter.sponsor") == "Brana Yellowby"
    session.disk.flush()
    assert session.disk.state == "saved"
    assert path.read_text().count("Brana Yellowby") == 1


def test_a_charter_that_somebody_else_changed_or_saved_is_taken_in(tmp_path: Path) -> None:
    session = begin(workspace(tmp_path))
    type_all(session, LEAN)
    session.disk.flush()
    other = reopen(session.context, session.slug)
    assert other.save_charter().exit_code == 0
    session.answer("charter.title", "My title")
    session.disk.flush()
    assert session.disk.state == "changed"
    session.take_in(session.merged())
    assert session.disk.flush() is None
    assert session.document["charter"]["id"], "what was filled in came with their charter"
    assert draft(session)["charter"]["title"] == "My title"  # type: ignore[index]
    path = Path(session.context.root, f"sprints/{session.slug}/charter.toml")
    path.write_text(path.read_text().replace("stop_line = 80", "stop_line = 85"))
    with pytest.raises(WriteError, match="somebody else"):
        session.save_charter()
    session.take_in(session.merged())
    assert session.save_charter().exit_code == 0
    assert "stop_line = 85" in path.read_text()
    assert 'title = "My title"' in path.read_text()


def test_a_draft_that_says_what_the_charter_says_is_none(tmp_path: Path) -> None:
    session = begin(workspace(tmp_path))
    type_all(session, LEAN)
    assert session.save_charter().exit_code == 0
    draft_path = Path(session.context.root, session.disk.path)
    session.remove("plan.milestones[0]")
    session.disk.flush()
    assert draft_path.exists()
    session.undo()
    assert session.disk.flush() is None
    assert not draft_path.exists()
    session.answer("charter.title", "Another title")
    assert session.disk.flush() is None
    assert draft_path.exists()
    text = draft_path.read_text()
    draft_path.write_text(f"# a note of mine\n{text}")
    session.look()
    session.disk.flush()
    session.take_in(session.merged())
    session.undo()
    assert session.disk.flush() is None
    assert "# a note of mine\n" in draft_path.read_text(), "a comment is never lost"


def test_a_file_that_somebody_removed_or_broke_is_told_and_mine_can_be_kept(tmp_path: Path) -> None:
    session = begin(workspace(tmp_path))
    session.answer("charter.sponsor", "Bram Yellowby")
    session.disk.flush()
    path = Path(session.context.root, session.disk.path)
    path.write_text("this is = = no TOML")
    session.answer("charter.title", "My title")
    session.disk.flush()
    assert session.disk.state == "changed"
    assert not session.disk.can_take_theirs
    session.keep_mine()
    assert session.disk.flush() is None
    path.unlink()
    session.answer("charter.title", "Another")
    session.disk.flush()
    assert session.disk.state == "changed"
    session.keep_mine()
    assert session.disk.flush() is None
    assert draft(session)["charter"]["title"] == "Another"  # type: ignore[index]


def test_a_charter_is_not_saved_over_a_change_by_somebody_else(tmp_path: Path) -> None:
    session = begin(workspace(tmp_path))
    type_all(session, LEAN)
    session.disk.flush()
    other = reopen(session.context, session.slug)
    other.answer("charter.title", "Their title")
    other.close()
    with pytest.raises(WriteError, match="somebody else"):
        session.save_charter()


# A disk that fails


def test_a_full_disk_keeps_everything_here_says_so_and_saves_when_there_is_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = begin(workspace(tmp_path))
    session.answer("charter.sponsor", "Bram Yellowby")
    session.disk.flush()
    before = Path(session.context.root, session.disk.path).read_bytes()

    def full(*_args: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(atomic, "_write", full)
    session.answer("charter.title", "A longer title")
    problem = session.disk.flush()
    assert problem is not None
    assert "No space left" in problem.message
    assert (problem.path, session.disk.state) == (session.disk.path, "trouble")
    assert Path(session.context.root, session.disk.path).read_bytes() == before
    session.answer("charter.title", "A still longer title")
    assert session.document["charter"]["title"] == "A still longer title"
    monkeypatch.undo()
    assert session.disk.flush() is None
    assert draft(session)["charter"]["title"] == "A still longer title"  # type: ignore[index]
    assert session.disk.state == "saved"


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    session = begin(workspace(tmp_path))
    in_the_way = Path(session.context.root, "sprints", session.slug)
    in_the_way.write_text("a file where the sprint's folder belongs")
    session.answer("charter.sponsor", "Bram Yellowby")
    problem = session.disk.flush()
    assert problem is not None
    assert problem.path == session.disk.path
    in_the_way.unlink()
    assert session.disk.flush() is None


def test_an_answer_that_no_file_can_hold_is_told_and_the_rest_is_kept(tmp_path: Path) -> None:
    session = begin(workspace(tmp_path))
    session.type("use_case.current_way", "x" * 1_100_000)
    problem = session.disk.flush()
    assert problem is not None
    assert "use_case.current_way" in problem.message
    session.type("use_case.current_way", "short")
    assert session.disk.flush() is None


def test_a_save_that_failed_is_tried_again_by_itself() -> None:
    tries: list[int] = []
    told: list[Outcome] = []

    def write(state: int) -> None:
        tries.append(state)
        if len(tries) < 3:
            raise WriteError("no", code="not_written")

    writer = BackgroundWriter(write, told.append, delay=0.01, retry=0.02)
    writer.put(7)
    until(lambda: len(told) == 3)
    assert tries == [7, 7, 7]
    assert [outcome.is_saved for outcome in told] == [False, False, True]
    writer.close()


def test_the_latest_state_wins() -> None:
    written: list[int] = []
    writer = BackgroundWriter(
        lambda state: (time.sleep(0.02), written.append(state))[1], lambda _outcome: None, delay=0.01
    )
    for number in range(50):
        writer.put(number)
        time.sleep(0.002)
    assert writer.close().is_saved
    assert written[-1] == 49
    assert len(written) < 12
    assert written == sorted(written)


# The title of what has no folder yet


def test_a_title_is_kept_until_its_sprint_has_a_folder(tmp_path: Path) -> None:
    desk = workspace(tmp_path)
    assert kept_title(desk) == ""
    assert keep_title(desk, "Every hire enq") is None
    assert kept_title(desk) == "Every hire enq"


# The end of the process


PROGRAM = """
import sys, time
from datetime import date
from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.session.session import Session
from sprintkit.actions.session.autosave import begin_sprint
from sprintkit.store.workspace import Workspace
desk = WorkspaceContext(Workspace(sys.argv[1]), date(2026, 2, 5))
session = Session(desk, begin_sprint(desk, "Killed", "killed"), time.monotonic)
said = ""
print("begun", flush=True)
for number in range(100000):
    said += f"word{number} "
    session.type("use_case.current_way", said)
    print(f"{time.monotonic()} {len(said)}", flush=True)
    if number == int(sys.argv[2]):
        raise SystemExit(0) if sys.argv[3] == "exit" else RuntimeError("a bug")
    time.sleep(0.02)
"""


@pytest.mark.parametrize("way", ["exit", "bug"])
def test_whatever_ends_the_process_saves_what_was_typed(way: str, tmp_path: Path) -> None:
    desk = workspace(tmp_path)
    subprocess.run(
        [sys.executable, "-c", textwrap.dedent(PROGRAM), desk.root, "7", way], capture_output=True, timeout=30
    )
    text = files.read(desk.root, "sprints/killed/draft.toml").document["use_case"]["current_way"]
    assert text.endswith("word7 ")


@pytest.mark.parametrize("after", [0.35, 0.8, 1.7])
def test_killed_at_any_moment_at_most_the_last_second_is_gone(after: float, tmp_path: Path) -> None:
    desk = workspace(tmp_path)
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(PROGRAM), desk.root, "-1", "kill"],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "begun\n"
    time.sleep(after)
    killed = time.monotonic()
    process.send_signal(signal.SIGKILL)
    told = [line.split() for line in process.communicate()[0].splitlines() if line.count(" ") == 1]
    old = [int(length) for at, length in told if float(at) < killed - 1.0]
    path = Path(desk.root, "sprints/killed/draft.toml")
    kept = (
        len(files.read(desk.root, "sprints/killed/draft.toml").document["use_case"]["current_way"])
        if path.exists()
        else 0
    )
    assert kept >= max(old, default=0)
    assert (
        reopen(desk, "killed").document["charter"] == {"title": "Killed", "depth": "lean"}
        if path.exists()
        else True
    )


def test_a_file_that_was_broken_by_hand_and_put_right_is_saved_to_again(tmp_path: Path) -> None:
    session = begin(workspace(tmp_path))
    session.answer("success_metric.name", "Median minutes")
    assert session.disk.flush() is None
    path = Path(session.context.root, session.disk.path)
    good = path.read_bytes()
    path.write_bytes(good + b"[[[")
    session.answer("success_metric.unit", "minutes")
    session.disk.flush()
    session.look_again()
    assert session.disk.state == "changed"
    path.write_bytes(good)
    session.look_again()
    assert session.disk.state == "saved"
    assert draft(session)["success_metric"] == {"name": "Median minutes", "unit": "minutes"}


def test_a_broken_place_is_no_reason_not_to_open(tmp_path: Path) -> None:
    desk = workspace(tmp_path)
    session = begin(desk)
    session.answer("timeline.start", "16 Feb 2026")
    session.close()
    place = next(tmp_path.glob(".sprintkit/forms/*.json"))
    for content in (
        '{"section": 7, "row": [], "seconds": {"owner": "x"}, "saves": "many", "forms": 3}',
        "[1",
        "\x00",
    ):
        place.write_text(content)
        again = reopen(desk, session.slug)
        assert again.document["timeline"] == {"start": date(2026, 2, 16)}
        assert (again.section, again.row, again.seconds, again.forms) == ("", "", {}, {})
