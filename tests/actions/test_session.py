"""A scoping session without a screen: what is typed, listed, parked, taken back, and what becomes of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sprintkit.actions.scope.scope import scope
from sprintkit.actions.session.agreement import case_view, join, take_in
from sprintkit.charter import paths
from sprintkit.charter.parsing import parse_lenient
from sprintkit.charter.people import references
from sprintkit.errors import InputError, RefusedError
from sprintkit.store import files, save
from tests.actions.session_kit import LEAN, begin, reopen, type_all, typed, workspace
from tests.conftest import example


def test_a_new_session_is_lean_and_has_its_title(tmp_path: Path) -> None:
    session = begin(workspace(tmp_path), "Every hire enquiry\nto one rep")
    assert session.slug == "every-hire-enquiry-to-one-rep"
    assert session.document == {
        "schema": 1,
        "charter": {"title": "Every hire enquiry to one rep", "depth": "lean"},
    }
    assert session.standing.count == (1, 39)


def test_the_core_typed_becomes_a_charter(tmp_path: Path) -> None:
    desk = workspace(tmp_path)
    session = begin(desk)
    type_all(session, LEAN)
    assert session.standing.count == (39, 39)
    assert session.standing.troubles == ()
    assert list(session.document["people"]) == ["bram", "odile", "suvi", "tunde"]
    result = session.save_charter()
    assert (result.exit_code, result.errors) == (0, ())
    assert not Path(desk.root, session.disk.path).exists()
    saved = files.read(desk.root, desk.workspace.charter(session.slug))
    assert saved.document["timeline"]["deadline"] == date(2026, 3, 27)
    assert saved.document == session.document


def test_an_incomplete_session_is_not_saved_as_a_charter_and_tells_all_that_is_missing(
    tmp_path: Path,
) -> None:
    session = begin(workspace(tmp_path))
    type_all(session, LEAN[:-2])
    result = session.save_charter()
    assert result.exit_code == 1
    assert len(result.errors) == 2


@pytest.mark.parametrize("name", ["lead", "price", "referral", "weak"])
def test_an_example_typed_answer_by_answer_is_what_from_gives(name: str, tmp_path: Path) -> None:
    desk, document = workspace(tmp_path), example(name)
    session = begin(desk, document["charter"]["title"], full=True)
    type_all(session, typed(document))
    people = {key: entry["name"] for key, entry in document["people"].items()}
    keys = {
        old: next(k for k, e in session.document["people"].items() if e["name"] == who)
        for old, who in people.items()
    }
    given = _with_keys(document, keys)
    assert _said(session.document) == _said(given)


def test_the_lead_example_typed_saves_the_file_that_from_saves(tmp_path: Path) -> None:
    desk, document = workspace(tmp_path), example("lead")
    session = begin(desk, document["charter"]["title"], slug="typed", full=True)
    type_all(session, typed(document))
    assert session.standing.findings == ()
    session.save_charter()
    session.close()
    Path(desk.root, "sprints/typed/charter.toml").rename(Path(desk.root, "typed.toml"))
    scope(desk, "given", source=document)
    ours = files.read(desk.root, "typed.toml").document
    assert ours == files.read(desk.root, "sprints/given/charter.toml").document


def _said(document: dict[str, Any]) -> Any:
    """A document without what nobody can type: blank answers and empty lists."""

    def kept(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: part for key, one in value.items() if (part := kept(one)) not in ({}, [], "")}
        return [kept(one) for one in value] if isinstance(value, list) else value

    return kept(document)


def _with_keys(document: dict[str, Any], keys: dict[str, str]) -> dict[str, Any]:
    """A document with other keys of people."""
    changed = {**document, "people": {keys[key]: entry for key, entry in document["people"].items()}}
    for path, key in references(parse_lenient(document).charter):
        changed = paths.set_value(changed, path, keys.get(key, key))
    return changed


# Typing


def test_a_finding_stands_there_while_it_is_typed_and_goes_when_it_is_mended(tmp_path: Path) -> None:
    session = begin(workspace(tmp_path))
    session.type("success_metric.baseline", "about 2 hours")
    assert [finding.path for finding in session.standing.troubles] == ["success_metric.baseline"]
    session.type("success_metric.baseline", "95")
    assert session.standing.troubles == ()
    assert session.document["success_metric"] == {"baseline": 95}


def test_what_is_still_missing_is_no_finding_yet(tmp_path: Path) -> None:
    session = begin(workspace(tmp_path))
    session.answer("owner.person", "Odile Tamsworth")
    assert session.standing.troubles == ()
    assert "owner.duties.operates" in session.standing.open


def test_an_emptied_answer_is_gone(tmp_path: Path) -> None:
    session = begin(workspace(tmp_path))
    session.answer("success_metric.unit", "minutes")
    session.answer("success_metric.unit", "")
    assert "success_metric" not in session.document


def test_leaving_an_answer_as_it_is_changes_nothing(tmp_path: Path) -> None:
    desk = workspace(tmp_path)
    session = begin(desk, full=True)
    type_all(session, typed(example("lead")))
    before = session.document
    for path, text in typed(example("lead")):
        if "@" not in path:
            session.answer(path, session.text(path))
            assert session.text(path) == text
    assert session.document is before


def test_a_second_item_can_be_answered_before_the_first(tmp_path: Path) -> None:
    session = begin(workspace(tmp_path))
    session.answer("plan.milestones[1].title", "live")
    assert session.document["plan"]["milestones"] == [{}, {"title": "live"}]


# People


def test_a_name_corrected_leaves_nobody_behind(tmp_path: Path) -> None:
    session = begin(workspace(tmp_path))
    session.answer("charter.sponsor", "Bram Yelowby")
    session.answer("charter.sponsor", "Bram Yellowby")
    assert session.document["people"] == {"bram": {"name": "Bram Yellowby"}}


def test_somebody_named_elsewhere_or_described_stays(tmp_path: Path) -> None:
    session = begin(workspace(tmp_path))
    session.answer("charter.sponsor", "Bram Yellowby")
    session.answer("owner.person", "Bram Yellowby")
    session.answer("charter.sponsor", "Odile Tamsworth")
    assert list(session.document["people"]) == ["bram", "odile"]
    session.answer("people.bram.role", "Head of Sales")
    session.answer("owner.person", "Odile Tamsworth")
    assert list(session.document["people"]) == ["bram", "odile"]


def test_a_half_typed_name_is_nobody_yet(tmp_path: Path) -> None:
    session = begin(workspace(tmp_path))
    session.type("charter.sponsor", "Bra")
    assert "people" not in session.document
    assert session.document["charter"]["sponsor"] == "Bra"


def test_somebody_added_gets_a_key_with_the_name(tmp_path: Path) -> None:
    session = begin(workspace(tmp_path))
    item = session.add("people")
    session.answer(f"{item}.name", "Odile Tamsworth")
    second = session.add("people")
    session.answer(f"{second}.name", "Odile Brandt")
    assert session.document["people"] == {
        "odile": {"name": "Odile Tamsworth"},
        "odile-brandt": {"name": "Odile Brandt"},
    }


def test_somebody_who_is_named_cannot_be_taken_out(tmp_path: Path) -> None:
    session = begin(workspace(tmp_path))
    session.answer("charter.sponsor", "Bram Yellowby")
    with pytest.raises(RefusedError, match="Bram Yellowby is still named at Frame › Sponsor"):
        session.remove("people.bram")
    session.answer("charter.sponsor", "")
    session.answer("owner.person", "Odile Tamsworth")
    assert list(session.document["people"]) == ["odile"]


def test_a_name_that_is_nobodys_is_told_where_it_was_given_while_it_is_typed(tmp_path: Path) -> None:
    session = begin(workspace(tmp_path))
    session.type("charter.sponsor", "Leadership")
    assert [finding.rule for finding in session.standing.troubles_at("charter.sponsor")] == ["OWN-001"]
    session.answer("charter.sponsor", "Leadership")
    assert [finding.rule for finding in session.standing.troubles_at("charter.sponsor")] == ["OWN-001"]
    session.answer("owner.person", "Leadership")
    assert [finding.rule for finding in session.standing.troubles_at("owner.person")] == ["OWN-001"]


def test_a_name_being_typed_is_no_dangling_key(tmp_path: Path) -> None:
    session = begin(workspace(tmp_path))
    session.type("charter.sponsor", "Bram Yell")
    assert session.standing.troubles == ()
    assert "people" not in session.document


def test_a_half_typed_name_left_on_disk_becomes_a_person_when_it_is_left(tmp_path: Path) -> None:
    desk = workspace(tmp_path)
    session = begin(desk)
    session.type("charter.sponsor", "Bram Yellowby")
    session.close()
    again = reopen(desk, session.slug)
    assert again.is_nobody("charter.sponsor")
    again.answer("charter.sponsor", "Bram Yellowby")
    assert again.document["people"] == {"bram": {"name": "Bram Yellowby"}}


# Lists


def test_items_are_added_copied_moved_and_deleted_with_what_points_into_them(tmp_path: Path) -> None:
    session = begin(workspace(tmp_path), full=True)
    for at, title in enumerate(("rules", "feeds", "live")):
        session.answer(f"plan.milestones[{at}].id", f"M{at + 1}")
        session.answer(f"plan.milestones[{at}].title", title)
    session.park("plan.milestones[1].acceptance")
    assert session.document["parked"] == [{"path": "plan.milestones.M2.acceptance"}]
    assert session.move("plan.milestones[1]", -1) == "plan.milestones[0]"
    assert session.standing.parked[0].path == "plan.milestones[0].acceptance"
    assert session.copy("plan.milestones[0]") == "plan.milestones[1]"
    assert [one["id"] for one in session.document["plan"]["milestones"]] == ["M2", "M2-2", "M1", "M3"]
    session.remove("plan.milestones[0]")
    assert "parked" not in session.document
    session.undo()
    assert session.document["parked"] == [{"path": "plan.milestones.M2.acceptance"}]


def test_adding_counts_the_items_that_are_shown(tmp_path: Path) -> None:
    session = begin(workspace(tmp_path))
    assert session.add("plan.milestones") == "plan.milestones[2]"
    assert session.document["plan"]["milestones"] == [{}, {}, {}]
    assert session.add("integration_points") == "integration_points[1]"
    assert session.add("data_requirements[0].acceptance") == "data_requirements[0].acceptance[0]"


def test_the_promises_that_follow_are_taken_at_a_key(tmp_path: Path) -> None:
    session = begin(workspace(tmp_path), full=True)
    session.take("plan.readiness")
    assert [one["item"] for one in session.document["plan"]["readiness"]][:2] == ["live_inputs", "bad_data"]
    assert len(session.document["plan"]["readiness"]) == 12


# Parking, waiving, depth


def test_a_parked_question_has_a_holder_and_a_day_and_does_not_count(tmp_path: Path) -> None:
    session = begin(workspace(tmp_path))
    entry = session.park("success_metric.baseline")
    session.answer(f"{entry}.holder", "Tunde Okonfield")
    session.answer(f"{entry}.due", "12 Feb 2026")
    parked = session.standing.parked[0]
    assert (parked.path, parked.holder, parked.due) == (
        "success_metric.baseline",
        "Tunde Okonfield",
        date(2026, 2, 12),
    )
    assert "success_metric.baseline" not in session.standing.open
    assert session.park("success_metric.baseline") == entry
    assert len(session.document["parked"]) == 1


def test_answering_a_parked_question_takes_it_off_the_list(tmp_path: Path) -> None:
    session = begin(workspace(tmp_path))
    session.park("success_metric.baseline")
    session.answer("success_metric.baseline", "95")
    assert "parked" not in session.document
    session.undo()
    assert session.standing.parked_at("success_metric.baseline")


def test_a_parked_core_question_keeps_the_gate_closed(tmp_path: Path) -> None:
    session = begin(workspace(tmp_path))
    type_all(session, LEAN)
    session.park("success_metric.stop_line", "Tunde", date(2026, 2, 12))
    result = session.save_charter()
    assert (result.exit_code, [problem.code for problem in result.errors]) == (1, ["parked"])


def test_warnings_are_waived_all_at_once_one_waiver_each(tmp_path: Path) -> None:
    session = begin(workspace(tmp_path), full=True)
    type_all(session, typed(example("weak")))
    warnings = [finding for finding in session.standing.troubles if finding.severity == "warning"]
    session.waive(warnings, "It is what they asked for.", "Corin Halfmoon")
    assert len(session.document["waivers"]) == len(warnings) > 10
    assert not [finding for finding in session.standing.troubles if finding.severity == "warning"]
    waived = next(finding for finding in session.standing.findings if finding.waived)
    session.unwaive(waived)
    assert len(session.document["waivers"]) == len(warnings) - 1


def test_lean_and_full_are_switched_without_losing_an_answer(tmp_path: Path) -> None:
    session = begin(workspace(tmp_path))
    type_all(session, LEAN)
    session.set_depth("full")
    assert "depth" not in session.document["charter"]
    assert session.standing.count.answered == 39 - 0
    assert session.standing.count.questions > 120
    session.set_depth("lean")
    assert session.standing.count == (39, 39)


def test_people_sources_and_tools_of_another_sprint_are_taken_over(tmp_path: Path) -> None:
    desk = workspace(tmp_path)
    scope(desk, "lead", source=example("lead"))
    session = begin(desk, "Another one")
    session.take_over("lead")
    assert [one["name"] for one in session.document["data_requirements"]] == [
        "Web enquiry form",
        "Customer accounts",
    ]
    assert "access" not in session.document["data_requirements"][0]
    assert "success_metric" not in session.document


# Back and again


def test_a_burst_of_typing_is_one_step(tmp_path: Path) -> None:
    session = begin(workspace(tmp_path))
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


@settings(max_examples=40)
@given(st.lists(st.tuples(st.sampled_from([path for path, _ in LEAN]), st.text(max_size=12)), max_size=12))
def test_everything_can_be_taken_back_to_the_beginning(
    tmp_path_factory: pytest.TempPathFactory, answers: list[tuple[str, str]]
) -> None:
    session = begin(workspace(tmp_path_factory.mktemp("w")))
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


def test_testimony_is_taken_in_word_for_word_and_grouped_by_people_only(tmp_path: Path) -> None:
    desk = workspace(tmp_path)
    session = begin(desk, full=True)
    session.answer("process.questions[0].id", "Q1")
    session.answer("process.questions[0].ask", "Who gets it?")
    session.disk.flush()
    for who, says in (
        ("north rep", "Whoever owns the account "),
        ("south rep", "whoever owns  the account"),
        ("desk", "the depot"),
    ):
        save.save(
            desk.root,
            desk.workspace.testimony(session.slug, who),
            {"schema": 1, "who": who, "answers": [{"id": "Q1", "says": says}, {"id": "Q9", "says": "no"}]},
            expected=None,
        )
    assert take_in(session, "process.questions[0]") == ["3 answers were taken in, word for word."]
    assert take_in(session, "process.questions[0]") == ["0 answers were taken in, word for word."]
    view = case_view(session.standing, "process.questions[0]")
    assert {one.who: one.says for one in view.said}["north rep"] == "Whoever owns the account "
    assert sorted(len(group.people) for group in view.groups) == [1, 2]
    assert view.before == pytest.approx(1 / 3)
    assert view.after is None
    join(session, [one.path for one in view.said], "account")
    assert case_view(session.standing, "process.questions[0]").before == 1.0
    session.answer("process.questions[0].answers[0].says", "somebody else")
    told = take_in(session, "process.questions[0]")
    assert "the one here counts" in told[1]


def test_without_testimony_it_is_told_how_to_get_some(tmp_path: Path) -> None:
    session = begin(workspace(tmp_path), full=True)
    session.answer("process.questions[0].id", "Q1")
    session.disk.flush()
    with pytest.raises(InputError, match="no testimony yet"):
        take_in(session, "process.questions[0]")


# Opening


def test_a_signed_sprint_refuses_and_names_amend(tmp_path: Path) -> None:
    desk = workspace(tmp_path)
    scope(desk, "lead", source=example("lead"))
    signature = {"schema": 1, "person": "bram", "party": "sponsor", "decision": "approve"}
    save.save(desk.root, "sprints/lead/signatures/0123456789ab/sponsor-bram.toml", signature, expected=None)
    with pytest.raises(RefusedError) as error:
        reopen(desk, "lead")
    assert "amend" in (error.value.problems[0].hint or "")


def test_an_unsigned_charter_is_changed_in_a_draft(tmp_path: Path) -> None:
    desk = workspace(tmp_path)
    scope(desk, "lead", source=example("lead"))
    session = reopen(desk, "lead")
    assert session.standing.count.answered == 221
    assert not Path(desk.root, session.disk.path).exists()
    session.answer("charter.title", "Another title")
    session.disk.flush()
    assert Path(desk.root, session.disk.path).exists()
    assert session.save_charter().exit_code == 0
    assert not Path(desk.root, session.disk.path).exists()
    assert files.read(desk.root, "sprints/lead/charter.toml").document["charter"]["title"] == "Another title"
