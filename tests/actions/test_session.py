"""A scoping session without a screen: opening, typing, undo, and saving the charter."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sprintkit.actions.scope.apply_answers import apply_answers
from sprintkit.charter import paths
from sprintkit.charter.parsing import parse_lenient
from sprintkit.charter.people import person_references
from sprintkit.errors import RefusedError
from sprintkit.store import files, save
from tests.actions.session_helpers import (
    LEAN_ANSWERS,
    Clock,
    answers_of,
    begin_session,
    make_context,
    reopen_session,
    type_answers,
)
from tests.conftest import IS_SOAKING, example, soak


def test_a_new_session_is_lean_and_has_its_title(tmp_path: Path) -> None:
    session = begin_session(make_context(tmp_path), "Every hire enquiry\nto one rep")
    assert session.slug == "every-hire-enquiry-to-one-rep"
    assert session.document == {
        "schema": 1,
        "charter": {"title": "Every hire enquiry to one rep", "depth": "lean"},
    }
    assert session.analysis.count == (1, 39)


def test_typing_the_core_makes_a_charter(tmp_path: Path) -> None:
    context = make_context(tmp_path)
    session = begin_session(context)
    type_answers(session, LEAN_ANSWERS)
    assert session.analysis.count == (39, 39)
    assert session.analysis.active_findings == ()
    assert list(session.document["people"]) == ["bram", "odile", "suvi", "tunde"]
    result = session.save_charter()
    assert (result.exit_code, result.errors) == (0, ())
    assert not Path(context.root, session.draft_file.path).exists()
    saved = files.load_file(context.root, context.workspace.charter_path(session.slug))
    assert saved.document["timeline"]["deadline"] == date(2026, 3, 27)
    assert saved.document == session.document


def test_saving_an_incomplete_session_reports_everything_that_is_missing(
    tmp_path: Path,
) -> None:
    session = begin_session(make_context(tmp_path))
    type_answers(session, LEAN_ANSWERS[:-3])
    result = session.save_charter()
    assert result.exit_code == 1
    assert len(result.errors) == 2


@pytest.mark.slow
@pytest.mark.parametrize("name", ["price", "weak", *(["referral"] if IS_SOAKING else [])])
def test_typing_an_example_gives_the_document_that_from_gives(name: str, tmp_path: Path) -> None:
    context, document = make_context(tmp_path), example(name)
    session = begin_session(context, document["charter"]["title"], full=True)
    type_answers(session, answers_of(document))
    people = {key: entry["name"] for key, entry in document["people"].items()}
    keys = {
        old: next(k for k, e in session.document["people"].items() if e["name"] == who)
        for old, who in people.items()
    }
    given = _with_keys(document, keys)
    assert _without_blanks(session.document) == _without_blanks(given)


@pytest.mark.slow
def test_typing_the_lead_example_saves_the_file_that_from_saves(tmp_path: Path) -> None:
    context, document = make_context(tmp_path), example("lead")
    session = begin_session(context, document["charter"]["title"], slug="typed", full=True)
    type_answers(session, answers_of(document))
    assert session.analysis.findings == ()
    session.save_charter()
    session.close()
    Path(context.root, "sprints/typed/charter.toml").rename(Path(context.root, "typed.toml"))
    apply_answers(context, "given", source=document)
    ours = files.load_file(context.root, "typed.toml").document
    assert ours == files.load_file(context.root, "sprints/given/charter.toml").document


def _without_blanks(value: Any) -> Any:
    """A document without what nobody can type: blank answers and empty lists."""
    if isinstance(value, dict):
        parts = {key: _without_blanks(part) for key, part in value.items()}
        return {key: part for key, part in parts.items() if part not in ({}, [], "")}
    return [_without_blanks(item) for item in value] if isinstance(value, list) else value


def _with_keys(document: dict[str, Any], keys: dict[str, str]) -> dict[str, Any]:
    """A document with other keys of people."""
    changed = {**document, "people": {keys[key]: entry for key, entry in document["people"].items()}}
    for path, key in person_references(parse_lenient(document).charter):
        changed = paths.set_value(changed, path, keys.get(key, key))
    return changed


# Typing


def test_a_finding_appears_while_typing_and_goes_once_it_is_fixed(tmp_path: Path) -> None:
    session = begin_session(make_context(tmp_path))
    session.type("success_metric.baseline", "about 2 hours")
    assert [finding.path for finding in session.analysis.active_findings] == ["success_metric.baseline"]
    session.type("success_metric.baseline", "95")
    assert session.analysis.active_findings == ()
    assert session.document["success_metric"] == {"baseline": 95}


def test_a_missing_answer_is_not_a_finding_yet(tmp_path: Path) -> None:
    session = begin_session(make_context(tmp_path))
    session.answer("owner.person", "Odile Tamsworth")
    assert session.analysis.active_findings == ()
    assert "owner.duties.operates" in session.analysis.open_questions


def test_emptying_an_answer_removes_it(tmp_path: Path) -> None:
    session = begin_session(make_context(tmp_path))
    session.answer("success_metric.unit", "minutes")
    session.answer("success_metric.unit", "")
    assert "success_metric" not in session.document


@pytest.mark.slow
def test_leaving_an_answer_as_it_is_changes_nothing(tmp_path: Path) -> None:
    context = make_context(tmp_path)
    apply_answers(context, "given", source=example("lead"))
    session = reopen_session(context, "given")
    before = session.document
    for path, text in answers_of(before):
        if "@" not in path:
            session.answer(path, session.text(path))
            assert session.text(path) == text
    assert session.document is before


def test_a_second_item_can_be_answered_before_the_first(tmp_path: Path) -> None:
    session = begin_session(make_context(tmp_path))
    session.answer("plan.milestones[1].title", "live")
    assert session.document["plan"]["milestones"] == [{}, {"title": "live"}]


# Undo and redo


def test_a_burst_of_typing_is_one_undo_step(tmp_path: Path) -> None:
    clock = Clock()
    session = begin_session(make_context(tmp_path), clock=clock)
    for end in range(1, 20):
        session.type("use_case.statement", "Assign every enquiry"[:end])
        clock.now += 0.1
    clock.now += 5
    session.answer("use_case.statement", "Assign every enquiry at once")
    assert session.undo() == "use_case.statement"
    assert session.text("use_case.statement") == "Assign every enquiry"[:19]
    assert session.undo() == "use_case.statement"
    assert session.text("use_case.statement") == ""
    assert session.redo() == "use_case.statement"
    assert session.redo() == "use_case.statement"
    assert session.text("use_case.statement") == "Assign every enquiry at once"
    assert session.redo() is None


@pytest.mark.slow
@settings(max_examples=soak(400))
@given(
    st.lists(
        st.tuples(st.sampled_from([path for path, _ in LEAN_ANSWERS]), st.text(max_size=12)), max_size=12
    )
)
def test_undo_reaches_the_beginning_and_redo_the_end(
    tmp_path_factory: pytest.TempPathFactory, answers: list[tuple[str, str]]
) -> None:
    clock = Clock()
    session = begin_session(make_context(tmp_path_factory.mktemp("w")), clock=clock)
    first = dict(session.document)
    for path, text in answers:
        session.answer(path, text)
        clock.now += 2
    last = session.document
    while session.undo() is not None:
        pass
    assert session.document == first
    while session.redo() is not None:
        pass
    assert session.document == last
    parse_lenient(session.document)
    session.close()


# Opening


def test_a_signed_sprint_cannot_be_scoped_and_the_hint_names_amend(tmp_path: Path) -> None:
    context = make_context(tmp_path)
    apply_answers(context, "lead", source=example("lead"))
    signature = {"schema": 1, "person": "bram", "party": "sponsor", "decision": "approve"}
    save.save_file(
        context.root, "sprints/lead/signatures/0123456789ab/sponsor-bram.toml", signature, expected=None
    )
    with pytest.raises(RefusedError) as error:
        reopen_session(context, "lead")
    assert "amend" in (error.value.problems[0].hint or "")


def test_an_unsigned_charter_is_edited_in_a_draft(tmp_path: Path) -> None:
    context = make_context(tmp_path)
    apply_answers(context, "lead", source=example("lead"))
    session = reopen_session(context, "lead")
    assert session.analysis.count.answered == 221
    assert not Path(context.root, session.draft_file.path).exists()
    session.answer("charter.title", "Another title")
    session.draft_file.flush()
    assert Path(context.root, session.draft_file.path).exists()
    assert session.save_charter().exit_code == 0
    assert not Path(context.root, session.draft_file.path).exists()
    assert (
        files.load_file(context.root, "sprints/lead/charter.toml").document["charter"]["title"]
        == "Another title"
    )
