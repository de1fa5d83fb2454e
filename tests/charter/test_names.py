"""Blank values, slugs, and the keys of people."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sprintkit.charter import people
from sprintkit.charter.blank import is_blank
from sprintkit.charter.parsing import parse_lenient
from sprintkit.charter.slug import first_free_name, slugify
from tests.conftest import example


@pytest.mark.parametrize(
    "text", ["", " ", "\t\r\n", "\x00", "\u200b\u200d", "\ufe0f", "\u034f", "\u3164", "\u2800"]
)
def test_text_without_a_visible_character_is_blank(text: str) -> None:
    assert is_blank(text)


@pytest.mark.parametrize("value", ["a", "0", "-", "\u200ba", "日本", 0, False, [0], {"a": 0}])
def test_a_value_with_something_visible_in_it_is_not_blank(value: object) -> None:
    assert not is_blank(value)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Every hire enquiry to one rep", "every-hire-enquiry-to-one-rep"),
        ("Straße & Ærø", "strasse-aero"),
        ("../../etc/passwd", "etc-passwd"),
        ("CON", "con-1"),
        ("日本", "sprint"),
        ("", "sprint"),
        ("x" * 200, "x" * 60),
    ],
)
def test_a_slug_is_lower_case_ascii_and_short(text: str, slug: str) -> None:
    assert slugify(text, "sprint") == slug


@given(st.text(max_size=100))
def test_every_text_has_a_valid_slug(text: str) -> None:
    slug = slugify(text)
    assert re.fullmatch(r"[a-z0-9][a-z0-9-]{0,61}", slug) and slugify(slug) == slug


def test_a_taken_name_gets_the_first_free_number() -> None:
    assert first_free_name("a", {"a", "a-2"}) == "a-3"
    assert first_free_name("a", {"b"}) == "a"


def test_a_known_person_is_found_by_key_or_name_and_not_added_again() -> None:
    lead = example("lead")
    assert people.add_person(lead, "odile") == (lead, "odile")
    assert people.add_person(lead, "  odile   TAMSWORTH ") == (lead, "odile")


def test_a_new_person_gets_a_short_key() -> None:
    document, key = people.add_person({}, "Odile  Tamsworth")
    assert (document, key) == ({"people": {"odile": {"name": "Odile  Tamsworth"}}}, "odile")
    document, key = people.add_person(document, "Odile Brown")
    assert key == "odile-brown"
    _, key = people.add_person({"people": {"odile": {}, "odile-brown": {}}}, "Odile Brown")
    assert key == "odile-brown-2"
    _, key = people.add_person({}, "山田 太郎")
    assert key == "person"


def test_the_paths_of_the_fields_that_name_a_person_are_listed_by_key() -> None:
    paths_by_key = people.paths_by_person(parse_lenient(example("lead")).charter)
    assert paths_by_key["mirela"] == ["data_requirements[0].data_owner", "plan.signatories[3].person"]
    assert paths_by_key["bram"][0] == "charter.sponsor"
