"""The readiness answers while they are given: draft, record, saving in a sprint, and two people at once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sprintkit.actions.context import WorkspaceContext, open_context
from sprintkit.actions.form.names import parse_form_name, readiness_form_name
from sprintkit.actions.readiness.readiness import load_readiness, record_readiness
from sprintkit.actions.readiness.sheet import ReadinessSheet, find_new_answers
from sprintkit.records.readiness import readiness_questions
from sprintkit.store import create
from sprintkit.store.files import ConflictError

TODAY = date(2026, 3, 3)
ALL = {"answers": dict.fromkeys(readiness_questions(), 1.0)}


@pytest.fixture
def context(tmp_path: Path) -> WorkspaceContext:
    create.create_workspace(str(tmp_path))
    (tmp_path / "sprints/lead").mkdir(parents=True)
    (tmp_path / "sprints/lead/draft.toml").write_text("schema = 1\n", "utf-8")
    return open_context(str(tmp_path), TODAY)


def answer_all(sheet: ReadinessSheet, score: float) -> None:
    for question_id in readiness_questions():
        sheet.answer(question_id, score)
    sheet.draft.writer.flush()


def test_answers_are_kept_before_any_sprint_exists_and_go_into_the_next_one(
    context: WorkspaceContext,
) -> None:
    sheet = ReadinessSheet(context)
    assert (sheet.has_draft, sheet.is_complete, find_new_answers(context)) == (False, False, None)
    sheet.answer("deputy", 0.5)
    sheet.set_proof("deputy", " the rota ")
    sheet.set_author("Odile")
    sheet.draft.writer.flush()
    again = ReadinessSheet(context)
    assert (again.scores, again.proof_of("deputy"), again.by) == ({"deputy": 0.5}, "the rota", "Odile")
    assert find_new_answers(context) is None

    answer_all(sheet, 1.0)
    sheet.answer("stop_line", None)
    assert len(sheet.scores) == 24
    sheet.answer("stop_line", 0.0)
    sheet.draft.writer.flush()
    new_answers = find_new_answers(context)
    assert new_answers is not None
    result = new_answers.save("lead")
    assert (result.errors, result.data["path"]) == ((), "sprints/lead/readiness.toml")
    loaded = load_readiness(context, "lead")
    assert loaded is not None
    assert (loaded.record.on, loaded.record.by) == (TODAY, "Odile")
    assert (loaded.record.answers.stop_line, loaded.record.proof_of("deputy")) == (0.0, "the rota")
    assert (find_new_answers(context), ReadinessSheet(context).has_draft) == (None, False)


def test_the_sheet_of_a_sprint_begins_with_its_record_and_keeps_what_it_does_not_ask(
    context: WorkspaceContext,
) -> None:
    record_readiness(context, "lead", {**ALL, "by": "Bram", "extra": {"room": "B2"}})
    sheet = ReadinessSheet(context, "lead")
    assert (sheet.is_complete, sheet.has_draft, sheet.by) == (True, False, "Bram")
    sheet.answer("deputy", 0.0)
    assert sheet.has_draft
    sheet.discard()
    assert (sheet.scores["deputy"], sheet.has_draft) == (1.0, False)
    sheet.answer("deputy", 0.5)
    sheet.save("lead")
    loaded = load_readiness(context, "lead")
    assert loaded is not None
    assert (loaded.record.answers.deputy, loaded.record.extra) == (0.5, {"room": "B2"})


def test_what_somebody_else_saved_is_never_overwritten_unseen(context: WorkspaceContext) -> None:
    mine = ReadinessSheet(context, "lead")
    answer_all(mine, 0.5)
    record_readiness(context, "lead", ALL)
    with pytest.raises(ConflictError):
        mine.save("lead")
    loaded = load_readiness(context, "lead")
    assert loaded is not None and loaded.record.answers.deputy == 1.0
    assert mine.reload() and mine.scores["deputy"] == 0.5
    assert not mine.reload()
    mine.save("lead")
    loaded = load_readiness(context, "lead")
    assert loaded is not None and loaded.record.answers.deputy == 0.5


def test_the_form_has_a_name_of_its_own() -> None:
    assert parse_form_name(readiness_form_name("lead-week-2")) == ("readiness", "lead-week-2", None)
