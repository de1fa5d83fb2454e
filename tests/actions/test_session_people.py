"""People as they are typed in a session: a role behind a comma, correcting and clearing a name."""

from __future__ import annotations

from pathlib import Path

import pytest

from sprintkit.actions.session.verifier import named_in_proof, verifier_name
from sprintkit.charter.people import nearest_name
from tests.actions.session_helpers import begin_session, make_context


def test_a_name_with_its_role_lands_as_one_person_whose_role_is_not_asked(tmp_path: Path) -> None:
    session = begin_session(make_context(tmp_path), full=True)
    session.answer("charter.sponsor", "Bram Yellowby, Head of Sales")
    assert session.document["people"] == {"bram": {"name": "Bram Yellowby", "role": "Head of Sales"}}
    assert session.text("charter.sponsor") == "Bram Yellowby"
    assert "people.bram.role" not in session.analysis.open_questions
    session.answer("owner.person", "Odile Tamsworth")
    assert "people.odile.role" in session.analysis.open_questions
    session.answer("owner.deputy", "odile tamsworth, Sales Operations Manager")
    assert session.document["people"]["odile"]["role"] == "Sales Operations Manager"
    session.undo()
    assert "role" not in session.document["people"]["odile"]
    session.close()


def test_a_name_in_the_list_of_people_is_split_too(tmp_path: Path) -> None:
    session = begin_session(make_context(tmp_path), full=True)
    item = session.add("people")
    session.answer(f"{item}.name", "Suvi Rautakerr, sales desk lead")
    assert session.document["people"] == {"suvi": {"name": "Suvi Rautakerr", "role": "sales desk lead"}}
    session.close()


def test_a_typing_error_is_corrected_in_place_and_keeps_the_role(tmp_path: Path) -> None:
    session = begin_session(make_context(tmp_path))
    session.answer("charter.sponsor", "Bram Yelowby, Head of Sales")
    session.answer("charter.sponsor", "Bram Yellowby")
    assert session.document["people"] == {"bram": {"name": "Bram Yellowby", "role": "Head of Sales"}}
    session.answer("charter.sponsor", "Rosa Quill")
    assert session.document["people"] == {"rosa": {"name": "Rosa Quill"}}, "somebody else has another role"
    session.close()


def test_clearing_a_name_never_deletes_the_person(tmp_path: Path) -> None:
    session = begin_session(make_context(tmp_path))
    session.answer("charter.sponsor", "the head of sales")
    session.answer("owner.person", "Odile Tamsworth")
    keys = list(session.document["people"])
    session.answer("charter.sponsor", "")
    assert list(session.document["people"]) == keys
    session.undo()
    session.type("people.the.name", "")
    assert list(session.document["people"]) == keys
    assert session.document["charter"]["sponsor"] == "the"
    assert not [finding for finding in session.analysis.findings if finding.rule == "GEN-004"]
    session.type("people.the.name", "Bram")
    session.answer("people.the.name", "Bram Yellowby")
    assert session.document["people"]["the"] == {"name": "Bram Yellowby"}
    assert session.text("charter.sponsor") == "Bram Yellowby"
    session.close()


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [
        ("Lena Vogtg", "Lena Vogt"),
        ("lena  vogd", "Lena Vogt"),
        ("Lena Vo", ""),  # still being typed
        ("Lena Vogt", ""),
        ("Lenka", ""),
        ("Ana Lima Reis", ""),
        ("Hanna Vogt", ""),
    ],
)
def test_a_slip_in_a_known_name_is_noticed(typed: str, nearest: str) -> None:
    assert nearest_name(typed, ["Ana Lima", "Lena Vogt", "Odile Tamsworth"]) == nearest


@pytest.mark.parametrize(
    ("proof", "named"),
    [
        ("Hanna, comparing the quotes of a Saturday", "Hanna Berg"),
        ("Hanna Berg, with the counter list", "Hanna Berg"),
        ("Lena, on the till roll", ""),
        ("Saturday, all quotes read alike", ""),
        ("300 live enquiries, same rep as the rules", ""),
    ],
)
def test_a_proof_that_names_somebody_else_than_its_verifier_is_noticed(
    tmp_path: Path, proof: str, named: str
) -> None:
    session = begin_session(make_context(tmp_path))
    session.answer("owner.person", "Lena Vogt")
    session.answer("charter.sponsor", "Hanna Berg")
    assert named_in_proof(session.analysis, proof, "Lena Vogt") == named
    session.close()


def test_a_proof_is_verified_by_the_owner_unless_somebody_else_is_named(tmp_path: Path) -> None:
    session = begin_session(make_context(tmp_path))
    session.answer("owner.person", "Lena Vogt")
    item = session.add("plan.milestones")
    session.answer(f"{item}.acceptance", "Hanna, comparing the quotes")
    assert verifier_name(session.analysis, f"{item}.acceptance") == "Lena Vogt"
    session.answer(f"{item}.verifier", "Hanna Berg")
    assert verifier_name(session.analysis, f"{item}.acceptance") == "Hanna Berg"
    assert verifier_name(session.analysis, f"{item}.title") == ""
    session.close()
