"""Somebody else changes the files of a session: nothing is overwritten, and both versions are merged."""

from __future__ import annotations

from pathlib import Path

import pytest

from sprintkit.actions.session.session import Session
from sprintkit.errors import WriteError
from tests.actions.session_helpers import (
    LEAN_ANSWERS,
    begin_session,
    load_draft,
    make_context,
    reopen_session,
    type_answers,
)


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
    session.draft_file.flush()
    assert session.draft_file.state == "conflict"
    path.write_bytes(good)
    session.recheck_conflict()
    session.draft_file.flush()
    assert session.draft_file.state == "saved"
    assert load_draft(session)["success_metric"] == {"name": "Median minutes", "unit": "minutes"}
