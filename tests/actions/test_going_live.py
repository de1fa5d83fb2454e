"""Which milestone goes live is asked after the milestones, and never guessed."""

from __future__ import annotations

from pathlib import Path

import pytest

from sprintkit.actions.checkin.checkin_form import CheckInForm
from sprintkit.actions.scope.apply_answers import apply_answers
from sprintkit.actions.session.outline import open_spots, outline, question_paths
from sprintkit.actions.session.review import build_review
from sprintkit.actions.session.session import Session
from sprintkit.actions.session.suggest import pick_options
from sprintkit.charter.going_live import GOING_LIVE, NONE_YET
from sprintkit.store import files
from tests.actions.session_helpers import (
    LEAN_ANSWERS,
    begin_session,
    make_context,
    reopen_session,
    type_answers,
)

ASKED = GOING_LIVE.pattern


def categories(session: Session) -> list[str | None]:
    return [milestone.get("category") for milestone in session.document["plan"]["milestones"]]


def answered_session(folder: Path, **options: object) -> Session:
    session = begin_session(make_context(folder), **options)
    type_answers(session, LEAN_ANSWERS[:-1])
    return session


@pytest.mark.parametrize("full", [False, True])
def test_the_question_comes_after_the_milestones_and_is_not_counted(tmp_path: Path, full: bool) -> None:
    session = answered_session(tmp_path, full=full)
    count = session.analysis.count
    asked = question_paths(session.analysis, "timeline")
    assert asked[-1] == ASKED
    assert asked[-2].startswith("plan.milestones[")
    row = next(row for row in outline(session.analysis, "timeline") if row.path == ASKED)
    assert (row.state, row.text) == ("optional", NONE_YET)
    assert ASKED not in session.analysis.open_questions
    assert pick_options(session.analysis, GOING_LIVE, ASKED) == [
        ("M1", "M1 routing rules accepted"),
        ("M2", "M2 live for all 18 users"),
        (NONE_YET, NONE_YET),
    ]
    session.answer(ASKED, "M2")
    assert session.analysis.count.questions == count.questions
    assert categories(session) == [None, "live"], "nothing else is guessed"
    session.close()


def test_the_answer_can_be_changed_undone_and_taken_back(tmp_path: Path) -> None:
    session = answered_session(tmp_path)
    session.answer(ASKED, "M2")
    session.answer(ASKED, "M1")
    assert categories(session) == ["live", None]
    assert session.undo() == ASKED
    assert categories(session) == [None, "live"]
    session.answer(ASKED, "nonsense")
    assert categories(session) == [None, "live"]
    copied = session.copy("plan.milestones[1]")
    assert categories(session) == [None, "live", None], "a copy does not go live too"
    session.remove(copied)
    session.move("plan.milestones[1]", -1)
    assert session.text(ASKED) == "M1", "the milestone that moved, by its new id"
    session.answer(ASKED, NONE_YET)
    assert categories(session) == [None, None]
    session.close()


def test_that_nothing_goes_live_is_shown_where_it_is_asked_and_in_the_review(tmp_path: Path) -> None:
    session = answered_session(tmp_path)
    assert ("timeline", ("question", ASKED)) in open_spots(session.analysis)
    (line,) = build_review(session).to_sign
    assert (line.kind, line.spot.path) == ("warning", ASKED)
    assert "Nothing goes live" in line.message
    session.answer(ASKED, "M2")
    assert build_review(session).to_sign == ()
    session.close()


def test_the_question_is_not_asked_again_once_the_charter_is_saved(tmp_path: Path) -> None:
    session = answered_session(tmp_path)
    session.save_charter()
    session.close()
    again = reopen_session(session.context, session.slug)
    assert again.text(ASKED) == NONE_YET
    assert [spot.path for _, spot in open_spots(again.analysis)] == [ASKED], (
        "a warning, no question to answer"
    )
    assert not again.analysis.open_questions
    again.close()


def test_a_sprint_of_design_and_model_never_asks_for_a_live_day(tmp_path: Path) -> None:
    session = begin_session(make_context(tmp_path))
    answers = {
        **dict(LEAN_ANSWERS[:-1]),
        "plan.milestones[0].title": "design done",
        "plan.milestones[1].title": "model works",
    }
    type_answers(session, answers.items())
    session.answer(ASKED, NONE_YET)
    assert session.save_charter().exit_code == 0
    session.close()
    path = f"sprints/{session.slug}/charter.toml"
    milestones = files.load_file(session.context.root, path).document["plan"]["milestones"]
    assert not any("category" in milestone for milestone in milestones)
    form = CheckInForm(session.context, session.slug)
    accepted = {"milestone.M1": "accepted", "milestone.M2": "accepted"}
    keys = [field.key for field in form.fields(accepted)]
    assert [key for key in keys if key.endswith(".evidence")] == [
        "milestone.M1.evidence",
        "milestone.M2.evidence",
    ]
    assert not [key for key in keys if key.endswith("live_since")]


def test_the_category_can_be_set_without_the_app(tmp_path: Path) -> None:
    session = answered_session(tmp_path)
    session.close()
    apply_answers(
        session.context,
        session.slug,
        assignments=[
            ("plan.milestones[1].category", "live"),
            ("charter.sponsor", "Rosa Quill, Head of Sales"),
        ],
    )
    again = reopen_session(session.context, session.slug)
    assert again.text(ASKED) == "M2"
    assert again.document["people"]["rosa"] == {"name": "Rosa Quill", "role": "Head of Sales"}
    assert again.document["charter"]["sponsor"] == "rosa"
    again.close()
