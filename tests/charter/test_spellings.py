"""Unicode spells most accented letters in two ways: identifiers match in both, and text is kept as typed."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest

from sprintkit.actions.check.file import find_duplicate_ids
from sprintkit.charter import paths, people
from sprintkit.charter.parsing import parse_lenient
from sprintkit.charter.rules import run_rules
from sprintkit.records.checkin import CheckIn
from sprintkit.records.parsing import parse_record
from tests.conftest import example

COMPOSED, DECOMPOSED = "größe", unicodedata.normalize("NFD", "größe")
SPELLINGS = pytest.mark.parametrize(
    ("here", "there"), [(COMPOSED, DECOMPOSED), (DECOMPOSED, COMPOSED), (DECOMPOSED, DECOMPOSED)]
)


@SPELLINGS
def test_truth_for_names_a_field_in_either_spelling(here: str, there: str) -> None:
    document = example("lead")
    source = document["data_requirements"][0]
    source["fields"], source["truth_for"] = [here], [there]
    assert parse_lenient(document).faults == ()


@SPELLINGS
def test_a_person_is_referred_to_in_either_spelling(here: str, there: str) -> None:
    document = example("lead")
    document["people"][here] = {"name": "Odile"}
    document["owner"]["person"] = there
    parsed = parse_lenient(document)
    assert not [finding for finding in run_rules(parsed) if finding.rule == "GEN-004"]
    assert parsed.charter.people[parsed.charter.owner.person or ""].name == "Odile"


@SPELLINGS
def test_people_are_found_by_key_and_name_in_either_spelling(here: str, there: str) -> None:
    assert people.find_person({here: {}}, there) == here
    assert people.find_person({"x": {"name": f"Ann {here}"}}, f"Ann {there}") == "x"


def test_a_key_in_both_spellings_is_a_fault() -> None:
    document = example("lead")
    document["people"] |= {COMPOSED: {"name": "A"}, DECOMPOSED: {"name": "B"}}
    (fault,) = parse_lenient(document).faults
    assert fault.path.startswith("people.") and "twice" in fault.message


@SPELLINGS
def test_a_path_resolves_an_item_and_a_key_in_either_spelling(here: str, there: str) -> None:
    document: dict[str, Any] = {
        "people": {here: {"name": "A"}},
        "plan": {"milestones": [{"id": here, "title": "x"}]},
    }
    assert paths.get_value(document, ("plan", "milestones", there, "title")) == "x"
    assert paths.get_value(document, ("people", there, "name")) == "A"
    assert paths.set_value(document, ("people", there, "name"), "B")["people"] == {here: {"name": "B"}}
    assert "people" not in paths.delete_value(document, ("people", there))


@SPELLINGS
def test_ids_are_the_same_in_either_spelling(here: str, there: str) -> None:
    assert len(find_duplicate_ids({"plan": {"milestones": [{"id": here}, {"id": there}]}})) == 1


def test_a_record_spells_ids_as_the_charter_does() -> None:
    record = example("lead.records")["checkins"][0] | {"by": DECOMPOSED}
    assert parse_record(CheckIn, record).by == COMPOSED


def test_text_keeps_the_spelling_in_which_it_was_typed() -> None:
    document = example("lead")
    document["charter"]["title"] = DECOMPOSED
    assert parse_lenient(document).document["charter"]["title"] == DECOMPOSED
