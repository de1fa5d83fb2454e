"""Editing a session: people, lists, parking, waivers, depth, and copying from another sprint."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sprintkit.actions.scope.apply_answers import apply_answers
from sprintkit.errors import RefusedError
from tests.actions.session_helpers import (
    LEAN_ANSWERS,
    answers_of,
    begin_session,
    make_context,
    reopen_session,
    type_answers,
)
from tests.conftest import example

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
    assert list(session.document["people"]) == ["bram", "odile"], "clearing a field deletes nobody"
    session.remove("people.bram")
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


@pytest.mark.slow
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


def test_changing_the_depth_loses_no_answer(tmp_path: Path) -> None:
    session = begin_session(make_context(tmp_path))
    type_answers(session, LEAN_ANSWERS[:-1])
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
