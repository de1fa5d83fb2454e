"""The review and the document beside it say the same about saving and signing."""

from __future__ import annotations

from pathlib import Path

from sprintkit.actions.session.review import build_review, render_preview
from sprintkit.actions.session.session import Session
from tests.actions.session_helpers import LEAN_ANSWERS, begin_session, make_context, type_answers

NOBODY_YET = "Nobody can sign this text yet"


def summary_and_preview(session: Session) -> tuple[str, bool]:
    """What the review says in one line, and whether the document says that nobody can sign it."""
    return build_review(session).summary, NOBODY_YET in render_preview(session)


def test_what_is_missing_saved_and_signable_is_said_once(tmp_path: Path) -> None:
    session = begin_session(make_context(tmp_path))
    type_answers(session, LEAN_ANSWERS[:-3])
    assert summary_and_preview(session) == ("2 to go before it can be saved", True)
    type_answers(session, LEAN_ANSWERS[-3:-1])
    assert summary_and_preview(session) == ("can be saved; 1 to settle before signing", True)
    session.save_charter()
    assert summary_and_preview(session) == ("saved; 1 to settle before signing", True)
    session.answer("plan.milestones.live", "M2")
    assert summary_and_preview(session) == ("complete: save it, then it can be signed", False)
    session.save_charter()
    assert summary_and_preview(session) == ("saved; can be signed", False)
    session.answer("success_metric.target", "55")
    assert summary_and_preview(session) == ("complete: save it, then it can be signed", False)
    session.close()
