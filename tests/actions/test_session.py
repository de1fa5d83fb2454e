"""A scoping session without a screen: typing, people, lists, parking, waivers, undo, agreement, saving."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sprintkit.actions.scope.apply_answers import apply_answers
from sprintkit.actions.session.agreement import assign_group, case_view, import_testimony
from sprintkit.charter import paths
from sprintkit.charter.parsing import parse_lenient
from sprintkit.charter.people import person_references
from sprintkit.errors import InputError, RefusedError
from sprintkit.records.kinds import TESTIMONY
from sprintkit.store import files, save
from tests.actions.session_helpers import (
    LEAN_ANSWERS,
    answers_of,
    begin_session,
    make_context,
    reopen_session,
    type_answers,
)
from tests.conftest import example, soak


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
    type_answers(session, LEAN_ANSWERS[:-2])
    result = session.save_charter()
    assert result.exit_code == 1
    assert len(result.errors) == 2


@pytest.mark.parametrize("name", ["lead", "price", "referral", "weak"])
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


def test_leaving_an_answer_as_it_is_changes_nothing(tmp_path: Path) -> None:
    context = make_context(tmp_path)
    session = begin_session(context, full=True)
    type_answers(session, answers_of(example("lead")))
    before = session.document
    for path, text in answers_of(example("lead")):
        if "@" not in path:
            session.answer(path, session.text(path))
            assert session.text(path) == text
    assert session.document is before


def test_a_second_item_can_be_answered_before_the_first(tmp_path: Path) -> None:
    session = begin_session(make_context(tmp_path))
    session.answer("plan.milestones[1].title", "live")
    assert session.document["plan"]["milestones"] == [{}, {"title": "live"}]


# People


def test_correcting_a_name_leaves_no_stray_person(tmp_path: Path) -> None:
    session = begin_session(make_context(tmp_path))
    session.answer("charter.sponsor", "Bram Yelowby")
    session.answer("charter.sponsor", "Bram Yellowby")
    assert session.document["people"] == {"bram": {"name": "Bram Yellowby"}}


def test_a_person_who_is_named_elsewhere_or_described_stays(tmp_path: Path) -> None:
    session = begin_session(make_context(tmp_path))
    session.answer("charter.sponsor", "Bram Yellowby")
    session.answer("owner.person", "Bram Yellowby")
    session.answer("charter.sponsor", "Odile Tamsworth")
    assert list(session.document["people"]) == ["bram", "odile"]
    session.answer("people.bram.role", "Head of Sales")
    session.answer("owner.person", "Odile Tamsworth")
    assert list(session.document["people"]) == ["bram", "odile"]


def test_a_half_typed_name_is_not_a_person_yet(tmp_path: Path) -> None:
    session = begin_session(make_context(tmp_path))
    session.type("charter.sponsor", "Bra")
    assert "people" not in session.document
    assert session.document["charter"]["sponsor"] == "Bra"


def test_a_person_added_without_a_name_gets_a_key_with_the_name(tmp_path: Path) -> None:
    session = begin_session(make_context(tmp_path))
    item = session.add("people")
    session.answer(f"{item}.name", "Odile Tamsworth")
    second = session.add("people")
    session.answer(f"{second}.name", "Odile Brandt")
    assert session.document["people"] == {
        "odile": {"name": "Odile Tamsworth"},
        "odile-brandt": {"name": "Odile Brandt"},
    }


def test_a_person_who_is_named_cannot_be_removed(tmp_path: Path) -> None:
    session = begin_session(make_context(tmp_path))
    session.answer("charter.sponsor", "Bram Yellowby")
    with pytest.raises(RefusedError, match="Bram Yellowby is still named at Frame › Sponsor"):
        session.remove("people.bram")
    session.answer("charter.sponsor", "")
    session.answer("owner.person", "Odile Tamsworth")
    assert list(session.document["people"]) == ["odile"]


def test_a_finding_about_a_name_shows_where_the_name_is_typed(tmp_path: Path) -> None:
    session = begin_session(make_context(tmp_path))
    session.type("charter.sponsor", "Leadership")
    assert [finding.rule for finding in session.analysis.findings_at("charter.sponsor")] == ["OWN-001"]
    session.answer("charter.sponsor", "Leadership")
    assert [finding.rule for finding in session.analysis.findings_at("charter.sponsor")] == ["OWN-001"]
    session.answer("owner.person", "Leadership")
    assert [finding.rule for finding in session.analysis.findings_at("owner.person")] == ["OWN-001"]


def test_a_name_being_typed_is_not_a_dangling_key(tmp_path: Path) -> None:
    session = begin_session(make_context(tmp_path))
    session.type("charter.sponsor", "Bram Yell")
    assert session.analysis.active_findings == ()
    assert "people" not in session.document


def test_a_half_typed_name_on_disk_becomes_a_person_when_its_editor_is_left(tmp_path: Path) -> None:
    context = make_context(tmp_path)
    session = begin_session(context)
    session.type("charter.sponsor", "Bram Yellowby")
    session.close()
    again = reopen_session(context, session.slug)
    assert again.is_unknown_person("charter.sponsor")
    again.answer("charter.sponsor", "Bram Yellowby")
    assert again.document["people"] == {"bram": {"name": "Bram Yellowby"}}


# Lists


def test_moving_copying_and_removing_items_carries_what_points_into_them(tmp_path: Path) -> None:
    session = begin_session(make_context(tmp_path), full=True)
    for index, title in enumerate(("rules", "feeds", "live")):
        session.answer(f"plan.milestones[{index}].id", f"M{index + 1}")
        session.answer(f"plan.milestones[{index}].title", title)
    session.park("plan.milestones[1].acceptance")
    assert session.document["parked"] == [{"path": "plan.milestones.M2.acceptance"}]
    assert session.move("plan.milestones[1]", -1) == "plan.milestones[0]"
    assert session.analysis.parked[0].path == "plan.milestones[0].acceptance"
    assert session.copy("plan.milestones[0]") == "plan.milestones[1]"
    assert [item["id"] for item in session.document["plan"]["milestones"]] == ["M2", "M2-2", "M1", "M3"]
    session.remove("plan.milestones[0]")
    assert "parked" not in session.document
    session.undo()
    assert session.document["parked"] == [{"path": "plan.milestones.M2.acceptance"}]


def test_adding_an_item_counts_the_items_shown(tmp_path: Path) -> None:
    session = begin_session(make_context(tmp_path))
    assert session.add("plan.milestones") == "plan.milestones[2]"
    assert session.document["plan"]["milestones"] == [{}, {}, {}]
    assert session.add("integration_points") == "integration_points[1]"
    assert session.add("data_requirements[0].acceptance") == "data_requirements[0].acceptance[0]"


def test_the_suggested_promises_are_added_at_once(tmp_path: Path) -> None:
    session = begin_session(make_context(tmp_path), full=True)
    session.add_suggested("plan.readiness")
    assert [promise["item"] for promise in session.document["plan"]["readiness"]][:2] == [
        "live_inputs",
        "bad_data",
    ]
    assert len(session.document["plan"]["readiness"]) == 12


# Parking, waiving, depth


def test_a_parked_question_has_a_holder_and_a_due_date_and_does_not_count(tmp_path: Path) -> None:
    session = begin_session(make_context(tmp_path))
    entry = session.park("success_metric.baseline")
    session.answer(f"{entry}.holder", "Tunde Okonfield")
    session.answer(f"{entry}.due", "12 Feb 2026")
    parked = session.analysis.parked[0]
    assert (parked.path, parked.holder, parked.due) == (
        "success_metric.baseline",
        "Tunde Okonfield",
        date(2026, 2, 12),
    )
    assert "success_metric.baseline" not in session.analysis.open_questions
    assert session.park("success_metric.baseline") == entry
    assert len(session.document["parked"]) == 1


def test_answering_a_parked_question_unparks_it(tmp_path: Path) -> None:
    session = begin_session(make_context(tmp_path))
    session.park("success_metric.baseline")
    session.answer("success_metric.baseline", "95")
    assert "parked" not in session.document
    session.undo()
    assert session.analysis.parked_at("success_metric.baseline")


def test_a_parked_core_question_keeps_the_gate_closed(tmp_path: Path) -> None:
    session = begin_session(make_context(tmp_path))
    type_answers(session, LEAN_ANSWERS)
    session.park("success_metric.stop_line", "Tunde", date(2026, 2, 12))
    result = session.save_charter()
    assert (result.exit_code, [problem.code for problem in result.errors]) == (1, ["parked"])


def test_waiving_all_warnings_makes_one_waiver_each(tmp_path: Path) -> None:
    session = begin_session(make_context(tmp_path), full=True)
    type_answers(session, answers_of(example("weak")))
    warnings = [finding for finding in session.analysis.active_findings if finding.severity == "warning"]
    session.waive(warnings, "It is what they asked for.", "Corin Halfmoon")
    assert len(session.document["waivers"]) == len(warnings) > 10
    assert not [finding for finding in session.analysis.active_findings if finding.severity == "warning"]
    waived = next(finding for finding in session.analysis.findings if finding.waived)
    session.unwaive(waived)
    assert len(session.document["waivers"]) == len(warnings) - 1


def test_switching_the_depth_loses_no_answer(tmp_path: Path) -> None:
    session = begin_session(make_context(tmp_path))
    type_answers(session, LEAN_ANSWERS)
    session.set_depth("full")
    assert "depth" not in session.document["charter"]
    assert session.analysis.count.answered == 39
    assert session.analysis.count.questions > 120
    session.set_depth("lean")
    assert session.analysis.count == (39, 39)


def test_copying_from_another_sprint_takes_people_sources_and_tools(tmp_path: Path) -> None:
    context = make_context(tmp_path)
    apply_answers(context, "lead", source=example("lead"))
    session = begin_session(context, "Another one")
    session.copy_from("lead")
    assert [source["name"] for source in session.document["data_requirements"]] == [
        "Web enquiry form",
        "Customer accounts",
    ]
    assert "access" not in session.document["data_requirements"][0]
    assert "success_metric" not in session.document


# Undo and redo


def test_a_burst_of_typing_is_one_undo_step(tmp_path: Path) -> None:
    session = begin_session(make_context(tmp_path))
    clock = session._clock
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


@settings(max_examples=soak(400))
@given(
    st.lists(
        st.tuples(st.sampled_from([path for path, _ in LEAN_ANSWERS]), st.text(max_size=12)), max_size=12
    )
)
def test_undo_reaches_the_beginning_and_redo_the_end(
    tmp_path_factory: pytest.TempPathFactory, answers: list[tuple[str, str]]
) -> None:
    session = begin_session(make_context(tmp_path_factory.mktemp("w")))
    first = dict(session.document)
    for path, text in answers:
        session.answer(path, text)
        session._clock.now += 2
    last = session.document
    while session.undo() is not None:
        pass
    assert session.document == first
    while session.redo() is not None:
        pass
    assert session.document == last
    parse_lenient(session.document)
    session.close()


# Agreement


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
