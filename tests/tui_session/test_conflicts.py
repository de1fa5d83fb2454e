"""Changes by somebody else, a disk that fails, and a sprint that is signed already."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from sprintkit.actions.context import WorkspaceContext
from sprintkit.store import atomic, files, save
from sprintkit.tui.screens.session import view
from tests.actions.session_helpers import begin_session, reopen_session
from tests.actions.test_unsaved import git, held_lock, session_on_two_branches
from tests.tui.helpers import screen_text, wait_until
from tests.tui_session.helpers import current_session, is_open, open_session, paste


@pytest.fixture
def polls_often(monkeypatch: pytest.MonkeyPatch) -> None:
    """The session looks for changes by somebody else all the time, instead of every two seconds."""
    monkeypatch.setattr(view, "POLL_INTERVAL", 0.05)


def edit_by_hand(context: WorkspaceContext, old: str, new: str) -> None:
    path = Path(context.root, "sprints/lean/draft.toml")
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def stored_draft(context: WorkspaceContext) -> dict[str, object]:
    return files.load_file(context.root, "sprints/lean/draft.toml").document


def stored_metric(context: WorkspaceContext) -> dict[str, object]:
    metric = stored_draft(context)["success_metric"]
    assert isinstance(metric, dict)
    return metric


@pytest.mark.slow
async def test_a_change_by_somebody_else_is_merged_while_somebody_types_on(
    lean_draft: WorkspaceContext,
) -> None:
    async with open_session(lean_draft, "lean") as (app, pilot):
        edit_by_hand(lean_draft, 'unit = "working minutes"', 'unit = "hours"')
        await paste(app, pilot, "5")
        await wait_until(pilot, lambda: "Changed by somebody else" in screen_text(app))
        assert is_open(app, "SessionScreen")
        assert "Success metric › Unit" in screen_text(app)
        await pilot.press("0", "enter")
        current_session(app).draft_file.flush()
        metric = stored_metric(lean_draft)
        assert (metric["unit"], metric["target"]) == ("hours", 50)


@pytest.mark.slow
@pytest.mark.usefixtures("polls_often")
async def test_a_change_by_hand_shows_although_nobody_types(lean_draft: WorkspaceContext) -> None:
    async with open_session(lean_draft, "lean") as (app, pilot):
        edit_by_hand(lean_draft, 'unit = "working minutes"', 'unit = "hours"')
        await wait_until(pilot, lambda: current_session(app).text("success_metric.unit") == "hours")
        await wait_until(pilot, lambda: "CHANGED" not in screen_text(app) and "hours" in screen_text(app))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("keys", "target", "unit"),
    [
        ("f2 f2", 50, "working minutes a case"),
        ("f2 f3", 60, "working minutes a case"),
        ("down f3 f2", 60, "working minutes a case"),
        ("f7", 60, "days"),
        ("escape ctrl+s f3 f6", 50, "days"),
    ],
)
async def test_one_key_settles_each_answer_that_both_sides_changed(
    keys: str, target: int, unit: str, lean_draft: WorkspaceContext
) -> None:
    session = reopen_session(lean_draft, "lean")
    session.answer("success_metric.target", "40")
    session.close()
    async with open_session(lean_draft, "lean") as (app, pilot):

        async def wait_for_dialog() -> None:
            await wait_until(pilot, lambda: is_open(app, "ConflictScreen") and "theirs" in screen_text(app))

        edit_by_hand(lean_draft, "target = 40", "target = 60")
        edit_by_hand(lean_draft, 'unit = "working minutes"', 'unit = "days"')
        edit_by_hand(lean_draft, "Bram Yellowby", "Brana Yellowby")
        session = current_session(app)
        session.answer("success_metric.target", "50")
        session.answer("success_metric.unit", "working minutes a case")
        await wait_for_dialog()
        assert "Brana Yellowby" in screen_text(app)
        await pilot.press(*"minutes", "space", "enter")
        assert is_open(app, "ConflictScreen"), "typing on chooses nothing"
        for key in keys.split():
            await pilot.press(key)
            if key == "ctrl+s":
                await wait_for_dialog()
        await wait_until(pilot, lambda: is_open(app, "SessionScreen"))
        session.draft_file.flush()
        metric = session.document["success_metric"]
        assert (metric["target"], metric["unit"]) == (target, unit)
        assert session.document["people"]["bram"]["name"] == "Brana Yellowby"
        assert stored_draft(lean_draft)["people"] == session.document["people"]
        assert stored_metric(lean_draft) == metric


@pytest.mark.slow
async def test_a_full_disk_is_reported_and_ctrl_s_saves_once_there_is_room(
    lean_draft: WorkspaceContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    async with open_session(lean_draft, "lean") as (app, pilot):
        monkeypatch.setattr(atomic, "_write_all", fail)
        await paste(app, pilot, "50")
        await wait_until(pilot, lambda: "NOT SAVED" in screen_text(app))
        await wait_until(pilot, lambda: "could not be written" in screen_text(app))
        await pilot.press("enter")
        await paste(app, pilot, "29 May 2026")
        monkeypatch.undo()
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: "Saved #" in screen_text(app))
    metric = stored_metric(lean_draft)
    assert (metric["target"], str(metric["target_on"])) == (50, "2026-05-29")


@pytest.mark.slow
async def test_a_signed_sprint_does_not_open_and_the_message_names_amend(
    lead_charter: WorkspaceContext,
) -> None:
    signature = {"schema": 1, "person": "bram", "party": "sponsor", "decision": "approve"}
    path = "sprints/lead/signatures/0123456789ab/sponsor-bram.toml"
    save.save_file(lead_charter.root, path, signature, expected=None)
    async with open_session(lead_charter, None) as (app, pilot):
        await pilot.press("escape")
        app.open("session", "lead")
        await wait_until(pilot, lambda: "amend" in screen_text(app))


@pytest.mark.slow
async def test_a_begun_sprint_without_a_folder_is_offered(empty: WorkspaceContext) -> None:
    session = begin_session(empty, "Held back", slug="held-back")
    with held_lock(empty.root):
        session.answer("charter.sponsor", "Bram Yellowby")
        assert session.close() is not None
    async with open_session(empty, None) as (app, pilot):
        await wait_until(pilot, lambda: "A sprint that was not saved" in screen_text(app))
        await pilot.press("f2")
        await wait_until(pilot, lambda: "Answers that were not saved" in screen_text(app))
        await pilot.press("f2")
        await wait_until(pilot, lambda: "Bram Yellowby" in str(current_session(app).document))
        await wait_until(pilot, lambda: Path(empty.root, "sprints/held-back/draft.toml").exists())


@pytest.mark.slow
@pytest.mark.usefixtures("polls_often")
async def test_another_branch_under_an_open_session_leaves_the_choice(tmp_path: Path) -> None:
    session = session_on_two_branches(tmp_path)
    session.close()
    async with open_session(session.context, session.slug) as (app, pilot):
        assert current_session(app).draft_file.flush() is None
        git(tmp_path, "checkout", "-q", "other")
        await wait_until(pilot, lambda: "Another branch is checked out" in screen_text(app))
        assert "main" in screen_text(app) and "other" in screen_text(app)
        await pilot.press("f3")
        await wait_until(
            pilot, lambda: current_session(app).text("charter.title").startswith("The other one")
        )
        await wait_until(pilot, lambda: is_open(app, "SessionScreen"))
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: "Everything is saved" in screen_text(app))
