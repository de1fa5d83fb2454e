"""What screens need to follow a sprint: its view, the start of a check-in form, and a preview of the outcome."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from sprintkit.actions.checkin import checkin
from sprintkit.actions.checkin.basis import load_basis
from sprintkit.actions.context import WorkspaceContext, open_context
from sprintkit.actions.load_sprint import load_records
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


def open_on(root: Path, day: str = "2026-03-13") -> WorkspaceContext:
    """The context of a workspace on a date."""
    return open_context(root, date.fromisoformat(day))


def test_a_view_has_state_progress_row_and_signatures(root: Path) -> None:
    view = load_view(open_on(root), "lead-routing")
    assert (view.state, view.progress.week, view.progress.as_of_week) == ("running", 4, 3)
    assert view.row["earned"] == 50 and view.row["slug"] == "lead-routing"
    assert view.charter.owner.person == "odile"
    assert (view.signature_counts.required, view.signature_counts.given) == (7, 0)
    assert view.problems == ()
    assert {row["slug"] for row in status.list_sprints(open_on(root))[0]} == {
        "lead-routing",
        "price-exceptions",
        "referral-intake",
    }


def test_a_checkin_form_starts_with_what_is_known(root: Path) -> None:
    basis = load_basis(open_on(root), "lead-routing")
    assert (basis.week, basis.on, basis.due_on) == (4, date(2026, 3, 13), date(2026, 3, 13))
    assert basis.writer == "hollis"
    assert [item.id for item in basis.milestones] == ["M6", "M7", "M8"]
    assert [item.id for item in basis.blockers] == ["B2"]
    assert (basis.next_blocker_id, basis.existing_entry, len(basis.promises)) == ("B3", None, 12)
    earlier = load_basis(open_on(root), "lead-routing", date(2026, 3, 6))
    assert earlier.existing_entry is not None and earlier.existing_entry.week == 3


def test_the_checkin_form_lists_due_milestones_first(root: Path) -> None:
    basis = load_basis(open_on(root, "2026-02-23"), "lead-routing")
    due_weeks = [state.milestone.due_week or 0 for state in basis.milestones]
    assert [week <= 2 for week in due_weeks] == sorted((week <= 2 for week in due_weeks), reverse=True)


def test_a_preview_shows_the_outcome_and_writes_nothing(root: Path) -> None:
    record = {
        "week": 4,
        "on": date(2026, 3, 13),
        "by": "hollis",
        "votes": [4, 4],
        "accepted": [{"id": "M6", "evidence": "shadow sheet", "by": "suvi"}],
        "closed": [{"id": "B2", "how": "moved"}],
    }
    preview = checkin.preview_record(open_on(root), "lead-routing", record)
    assert preview.problems == () and preview.after is not None
    assert (float(preview.before.earned or 0), float(preview.after.earned or 0)) == (50, 70)
    assert (preview.before.health, preview.after.health) == ("on_track", "on_track")
    assert preview.after.delta is not None and preview.after.delta.accepted == ("M6",)
    refused = checkin.preview_record(open_on(root), "lead-routing", {**record, "votes": [9]})
    assert [problem.code for problem in refused.problems] == ["vote"] and refused.after is not None
    unreadable = checkin.preview_record(open_on(root), "lead-routing", {"week": 4})
    assert unreadable.entry is None and unreadable.after is None and unreadable.problems
    assert not (root / "sprints/lead-routing/checkins/week-04.toml").exists()


def test_a_checkin_form_needs_a_readable_charter(root: Path) -> None:
    (root / "sprints/new").mkdir()
    (root / "sprints/new/draft.toml").write_text('[charter]\ntitle = "New"\n', "utf-8")
    with pytest.raises(RefusedError):
        load_basis(open_on(root), "new")
    with pytest.raises(InputError):
        load_basis(open_on(root), "nobody")
    (root / "sprints/lead-routing/checkins/week-02.toml").write_text("?", "utf-8")
    with pytest.raises(InputError) as error:
        load_basis(open_on(root), "lead-routing")
    assert error.value.problems[0].path == "sprints/lead-routing/checkins/week-02.toml"


def test_a_sprint_reports_unreadable_files_and_loads_the_others(root: Path) -> None:
    lead = root / "sprints/lead-routing"
    (lead / "checkins/week-02.toml").write_text("week = 'two'\nwho = 1\n", "utf-8")
    (lead / "readiness.toml").write_text("<<<<<<< ours\n", "utf-8")
    sprint = load_records(open_on(root), "lead-routing")
    assert [stored.record.week for stored in sprint.checkins] == [1, 3]
    assert {problem.path for problem in sprint.problems} == {
        "sprints/lead-routing/checkins/week-02.toml",
        "sprints/lead-routing/readiness.toml",
    }
    assert sprint.agreed is not None and sprint.document is not None
    view = load_view(open_on(root), "lead-routing")
    assert view.state == "broken" and len(view.problems) == 2


def test_the_charter_in_force_depends_on_the_week(root: Path) -> None:
    sprint = load_records(open_on(root), "price-exceptions")
    weights = [
        {milestone.id: milestone.weight for milestone in sprint.charter_in(week).plan.milestones}["P1"]
        for week in (1, 2, 3, None)
    ]
    assert weights == [15, 15, 20, 20]


def test_a_context_reads_its_settings_on_first_use(root: Path) -> None:
    (root / "sprintkit.toml").write_text(
        "[thresholds]\nmonths_funded = 3\n[words.en]\nWEASEL = ['in good time']\n", "utf-8"
    )
    assert open_on(root).settings.months_funded == 3
    (root / "sprintkit.toml").write_text("thresholds = 3\nodd = 1\n", "utf-8")
    broken = open_on(root)
    with pytest.raises(InputError) as error:
        _ = broken.settings
    assert error.value.problems[0].path == "sprintkit.toml"
