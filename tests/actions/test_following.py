"""What screens are given to follow a sprint: the view, the form's start, the outcome before saving."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from sprintkit.actions.checkin import checkin
from sprintkit.actions.checkin.basis import load_basis
from sprintkit.actions.context import WorkspaceContext, open_context
from sprintkit.actions.sprint_records import load_records
from sprintkit.actions.sprint_view import load_view
from sprintkit.actions.status import status
from sprintkit.errors import InputError, RefusedError

SPRINTS = Path(__file__).parent.parent.parent / "sprints"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace with the three samples, and what came after week 3 of lead-routing taken away."""
    shutil.copytree(SPRINTS, tmp_path / "sprints")
    lead = tmp_path / "sprints/lead-routing"
    for path in [*lead.glob("checkins/week-0[456].toml"), lead / "closing.toml", *lead.glob("reviews/*")]:
        path.unlink()
    return tmp_path


def desk(root: Path, day: str = "2026-03-13") -> WorkspaceContext:
    """The desk of a workspace on a day."""
    return open_context(root, date.fromisoformat(day))


def test_a_view_has_state_progress_row_and_signatures(root: Path) -> None:
    seen = load_view(desk(root), "lead-routing")
    assert (seen.state, seen.progress.week, seen.progress.as_of_week) == ("running", 4, 3)
    assert seen.row["earned"] == 50 and seen.row["slug"] == "lead-routing"
    assert seen.charter.owner.person == "odile"
    assert (seen.signature_counts.required, seen.signature_counts.given) == (7, 0)
    assert seen.problems == ()
    assert {row["slug"] for row in status.list_sprints(desk(root))[0]} == {
        "lead-routing",
        "price-exceptions",
        "referral-intake",
    }


def test_a_checkin_form_starts_with_what_is_known(root: Path) -> None:
    found = load_basis(desk(root), "lead-routing")
    assert (found.week, found.on, found.due_on) == (4, date(2026, 3, 13), date(2026, 3, 13))
    assert found.writer == "hollis"
    assert [one.id for one in found.milestones] == ["M6", "M7", "M8"]
    assert [one.id for one in found.blockers] == ["B2"]
    assert (found.next_blocker_id, found.existing_entry, len(found.promises)) == ("B3", None, 12)
    again = load_basis(desk(root), "lead-routing", date(2026, 3, 6))
    assert again.existing_entry is not None and again.existing_entry.week == 3


def test_the_checkin_form_lists_due_milestones_first(root: Path) -> None:
    found = load_basis(desk(root, "2026-02-23"), "lead-routing")
    due = [one.milestone.due_week or 0 for one in found.milestones]
    assert [week <= 2 for week in due] == sorted((week <= 2 for week in due), reverse=True)


def test_a_preview_shows_the_outcome_and_writes_nothing(root: Path) -> None:
    record = {
        "week": 4,
        "on": date(2026, 3, 13),
        "by": "hollis",
        "votes": [4, 4],
        "accepted": [{"id": "M6", "evidence": "shadow sheet", "by": "suvi"}],
        "closed": [{"id": "B2", "how": "moved"}],
    }
    found = checkin.preview_record(desk(root), "lead-routing", record)
    assert found.problems == () and found.after is not None
    assert (float(found.before.earned or 0), float(found.after.earned or 0)) == (50, 70)
    assert (found.before.health, found.after.health) == ("on_track", "on_track")
    assert found.after.delta is not None and found.after.delta.accepted == ("M6",)
    refused = checkin.preview_record(desk(root), "lead-routing", {**record, "votes": [9]})
    assert [one.code for one in refused.problems] == ["vote"] and refused.after is not None
    unread = checkin.preview_record(desk(root), "lead-routing", {"week": 4})
    assert unread.entry is None and unread.after is None and unread.problems
    assert not (root / "sprints/lead-routing/checkins/week-04.toml").exists()


def test_a_checkin_form_needs_a_readable_charter(root: Path) -> None:
    (root / "sprints/new").mkdir()
    with pytest.raises(RefusedError):
        load_basis(desk(root), "new")
    with pytest.raises(InputError):
        load_basis(desk(root), "nobody")
    (root / "sprints/lead-routing/checkins/week-02.toml").write_text("?", "utf-8")
    with pytest.raises(InputError) as error:
        load_basis(desk(root), "lead-routing")
    assert error.value.problems[0].path == "sprints/lead-routing/checkins/week-02.toml"


def test_a_sprint_reports_unreadable_files_and_loads_the_others(root: Path) -> None:
    lead = root / "sprints/lead-routing"
    (lead / "checkins/week-02.toml").write_text("week = 'two'\nwho = 1\n", "utf-8")
    (lead / "readiness.toml").write_text("<<<<<<< ours\n", "utf-8")
    found = load_records(desk(root), "lead-routing")
    assert [filed.record.week for filed in found.checkins] == [1, 3]
    assert {problem.path for problem in found.problems} == {
        "sprints/lead-routing/checkins/week-02.toml",
        "sprints/lead-routing/readiness.toml",
    }
    assert found.agreed is not None and found.document is not None
    seen = load_view(desk(root), "lead-routing")
    assert seen.state == "broken" and len(seen.problems) == 2


def test_the_charter_in_force_depends_on_the_week(root: Path) -> None:
    sprint = load_records(desk(root), "price-exceptions")
    weights = [
        {one.id: one.weight for one in sprint.charter_in(week).plan.milestones}["P1"]
        for week in (1, 2, 3, None)
    ]
    assert weights == [15, 15, 20, 20]


def test_a_context_reads_its_settings_on_first_use(root: Path) -> None:
    (root / "sprintkit.toml").write_text(
        "[thresholds]\nmonths_funded = 3\n[words.en]\nWEASEL = ['in good time']\n", "utf-8"
    )
    assert desk(root).settings.months_funded == 3
    (root / "sprintkit.toml").write_text("thresholds = 3\nodd = 1\n", "utf-8")
    broken = desk(root)
    with pytest.raises(InputError) as error:
        _ = broken.settings
    assert error.value.problems[0].path == "sprintkit.toml"
