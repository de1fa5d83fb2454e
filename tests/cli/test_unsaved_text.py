"""What could not be saved and was set aside is listed by `doctor`: whose it is, when and where, and what opens it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sprintkit.actions.doctor import MAX_UNSAVED_TEXTS
from sprintkit.actions.form.names import (
    NEW_READINESS_FORM,
    NEW_SPRINT_FORM,
    checkin_form_name,
    closing_form_name,
    correction_form_name,
    readiness_form_name,
    resume_form,
)
from sprintkit.store.side_copies import SideCopy
from tests.cli.conftest import RunCommand

ANSWERS = {"base": {}, "document": {}, "resume_state": {}}


def set_aside(workspace: Path, name: str, content: dict[str, object], slug: str = "lead") -> Path:
    """Leaves a side copy as a process that was killed does; returns its file."""
    copy = SideCopy(str(workspace), name)
    path = workspace / copy.save({"slug": slug, **content})
    copy.release()
    os.utime(path, (1_772_616_600, 1_772_616_600))
    return path


def unsaved_checks(run: RunCommand) -> list[dict[str, str]]:
    return [check for check in run("doctor", "--json").data["checks"] if check["what"] == "unsaved text"]


@pytest.mark.parametrize(
    ("name", "label", "command"),
    [
        (resume_form("lead"), "answers of lead", "sprintkit scope lead"),
        (checkin_form_name("lead"), "a check-in of lead", "sprintkit checkin lead"),
        (checkin_form_name("a-week-3"), "a check-in of a-week-3", "sprintkit checkin a-week-3"),
        (closing_form_name("lead"), "a closing of lead", "sprintkit close lead"),
        (correction_form_name("lead-week-2", 3), "a correction of week 3 of lead-week-2", "earlier weeks"),
        (NEW_READINESS_FORM, "readiness answers of a new sprint", "sprintkit readiness"),
        (readiness_form_name("lead"), "readiness answers of lead", "readiness on its page"),
        (NEW_SPRINT_FORM, "a title of a new sprint", "sprintkit scope"),
    ],
)
def test_doctor_lists_what_was_set_aside(
    workspace: Path, run: RunCommand, name: str, label: str, command: str
) -> None:
    assert unsaved_checks(run) == []
    path = set_aside(workspace, name, ANSWERS)
    (check,) = unsaved_checks(run)
    assert not check["is_well"]
    assert check["found"].startswith(f"{label}, set aside on 2026-03-04 at ")
    assert check["found"].endswith(f"in {path.relative_to(workspace)}")
    assert command in check["hint"]
    text = run("doctor")
    assert text.code == 1 and label in text.out and command in text.out


def test_a_copy_in_the_state_folder_is_listed_too(workspace: Path, run: RunCommand) -> None:
    (workspace / ".sprintkit/unsaved").write_text("in the way")
    copy = SideCopy(str(workspace), checkin_form_name("lead"))
    shown_path = copy.save(ANSWERS)
    copy.release()
    (check,) = unsaved_checks(run)
    assert check["found"].endswith(f"in {shown_path}") and Path(shown_path).is_absolute()


def test_a_name_from_a_file_is_quoted_in_the_command(workspace: Path, run: RunCommand) -> None:
    set_aside(workspace, checkin_form_name("$(touch run)\x1b[31m"), ANSWERS)
    (check,) = unsaved_checks(run)
    assert "checkin '$(touch run)" in check["hint"]
    assert run("doctor").code == 1  # and prints no control character


def test_many_copies_are_counted(workspace: Path, run: RunCommand) -> None:
    for number in range(MAX_UNSAVED_TEXTS + 3):
        set_aside(workspace, checkin_form_name(f"lead-{number}"), ANSWERS)
    checks = unsaved_checks(run)
    assert len(checks) == MAX_UNSAVED_TEXTS + 1 and checks[-1]["found"] == "and 3 more"


def test_looking_leaves_the_copies_where_they_are(workspace: Path, run: RunCommand) -> None:
    path = set_aside(workspace, checkin_form_name("lead"), ANSWERS)
    before = path.read_bytes()
    run("doctor")
    assert path.read_bytes() == before


def test_a_copy_whose_process_still_runs_is_not_listed(workspace: Path, run: RunCommand) -> None:
    copy = SideCopy(str(workspace), checkin_form_name("lead"))
    copy.save(ANSWERS)
    assert unsaved_checks(run) == []
    copy.remove()
