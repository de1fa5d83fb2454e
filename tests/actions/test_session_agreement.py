"""The agreement check of a session: testimony is imported word for word, and people group it."""

from __future__ import annotations

from pathlib import Path

import pytest

from sprintkit.actions.session.agreement import assign_group, case_view, import_testimony
from sprintkit.errors import InputError
from sprintkit.records.kinds import TESTIMONY
from sprintkit.store import save
from tests.actions.session_helpers import begin_session, make_context


def test_testimony_is_imported_word_for_word_and_only_people_group_it(tmp_path: Path) -> None:
    context = make_context(tmp_path)
    session = begin_session(context, full=True)
    session.answer("process.questions[0].id", "Q1")
    session.answer("process.questions[0].ask", "Who gets it?")
    session.draft_file.flush()
    for who, says in (
        ("north rep", "Whoever owns the account "),
        ("south rep", "whoever owns  the account"),
        ("desk", "the depot"),
    ):
        save.save_file(
            context.root,
            context.workspace.record_path(session.slug, TESTIMONY, person=who),
            {"schema": 1, "who": who, "answers": [{"id": "Q1", "says": says}, {"id": "Q9", "says": "no"}]},
            expected=None,
        )
    assert import_testimony(session, "process.questions[0]") == ["3 answers were taken in, word for word."]
    assert import_testimony(session, "process.questions[0]") == ["0 answers were taken in, word for word."]
    view = case_view(session.analysis, "process.questions[0]")
    assert {answer.who: answer.says for answer in view.answers}["north rep"] == "Whoever owns the account "
    assert sorted(len(group.people) for group in view.groups) == [1, 2]
    assert view.before == pytest.approx(1 / 3)
    assert view.after is None
    assign_group(session, [answer.path for answer in view.answers], "account")
    assert case_view(session.analysis, "process.questions[0]").before == 1.0
    session.answer("process.questions[0].answers[0].says", "somebody else")
    lines = import_testimony(session, "process.questions[0]")
    assert "the one here counts" in lines[1]


def test_importing_without_testimony_explains_how_to_get_some(tmp_path: Path) -> None:
    session = begin_session(make_context(tmp_path), full=True)
    session.answer("process.questions[0].id", "Q1")
    session.draft_file.flush()
    with pytest.raises(InputError, match="no testimony yet"):
        import_testimony(session, "process.questions[0]")
