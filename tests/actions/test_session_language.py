"""A session asks for the language of the answers only where rules know none of its words, and says so."""

from __future__ import annotations

from pathlib import Path

from sprintkit.actions.session.outline import outline
from sprintkit.actions.session.session import Session
from tests.actions.session_helpers import LEAN_ANSWERS, begin_session, make_context, type_answers

ITALIAN_ANSWERS = (
    (
        "use_case.statement",
        "Assegnare ogni richiesta di noleggio a un solo addetto entro cinque minuti, dal codice del cantiere.",
    ),
    (
        "use_case.current_way",
        "Due impiegate leggono ogni richiesta e la inoltrano per posta; dopo le 16 aspetta.",
    ),
    ("success_metric.name", "Minuti mediani dalla richiesta al primo contatto con il cliente"),
    ("integration_points[0].tool", "gestionale"),
    ("integration_points[0].fallback", "Si aspetta che il sistema torni"),
)


def shows_language(session: Session) -> bool:
    rows = outline(session.analysis, "frame")
    return "charter.language" in [row.path for row in rows]


def test_a_session_in_english_is_not_asked_for_its_language(tmp_path: Path) -> None:
    session = begin_session(make_context(tmp_path))
    type_answers(session, LEAN_ANSWERS)
    assert not shows_language(session)
    assert session.analysis.language.notice == ""


def test_a_session_in_italian_asks_about_the_language_explains_it_and_counts_no_extra_question(
    tmp_path: Path,
) -> None:
    session = begin_session(make_context(tmp_path), "Ogni richiesta a un addetto in pochi minuti")
    type_answers(session, ITALIAN_ANSWERS)
    assert shows_language(session)
    assert session.analysis.language.notice.startswith("The answers look Italian. ")
    assert session.analysis.count.questions == 39
    assert session.analysis.findings_at("integration_points[0].fallback") == ()


def test_saying_that_it_is_english_makes_the_rules_speak_again(tmp_path: Path) -> None:
    session = begin_session(make_context(tmp_path), "Ogni richiesta a un addetto in pochi minuti")
    type_answers(session, [*ITALIAN_ANSWERS, ("charter.language", "English")])
    assert session.analysis.language.silent_rules == ()
    assert shows_language(session)
    rules = {finding.rule for finding in session.analysis.findings_at("integration_points[0].fallback")}
    assert rules & {"INT-005", "ANS-001"}
