"""Blanks, slugs, and people: what counts as the same, and as nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sprintkit.charter import people
from sprintkit.charter.blank import is_blank
from sprintkit.charter.parsing import parse_lenient
from sprintkit.charter.slug import free, is_slug, slug
from tests.conftest import example


@pytest.mark.parametrize(
    "text", ["", " ", "\t\r\n", "\x00", "\u200b\u200d", "\ufe0f", "\u034f", "\u3164", "\u2800"]
)
def test_nothing_to_be_seen_is_blank(text: str) -> None:
    assert is_blank(text)


@pytest.mark.parametrize("value", ["a", "0", "-", "\u200ba", "日本", 0, False, [0], {"a": 0}])
def test_anything_to_be_seen_is_not(value: object) -> None:
    assert not is_blank(value)


@pytest.mark.parametrize(
    ("text", "name"),
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
def test_a_name_for_files(text: str, name: str) -> None:
    assert slug(text, "sprint") == name


@given(st.text(max_size=100))
def test_every_text_has_a_name_that_is_safe(text: str) -> None:
    assert is_slug(slug(text))


def test_a_name_that_is_taken_gets_a_number() -> None:
    assert free("a", {"a", "a-2"}) == "a-3"
    assert free("a", {"b"}) == "a"


def test_a_known_person_is_found_by_key_and_by_name() -> None:
    lead = example("lead")
    assert people.enter(lead, "odile") == (lead, "odile")
    assert people.enter(lead, "  odile   TAMSWORTH ") == (lead, "odile")


def test_a_new_person_is_entered_under_a_short_key() -> None:
    document, key = people.enter({}, "Odile  Tamsworth")
    assert (document, key) == ({"people": {"odile": {"name": "Odile Tamsworth"}}}, "odile")
    document, key = people.enter(document, "Odile Brown")
    assert key == "odile-brown"
    document, key = people.enter({"people": {"odile": {}, "odile-brown": {}}}, "Odile Brown")
    assert key == "odile-brown-2"
    _, key = people.enter({}, "山田 太郎")
    assert key == "person"


def test_everybody_who_is_used_is_found_with_the_places() -> None:
    used = people.used(parse_lenient(example("lead")).charter)
    assert used["mirela"] == ["data_requirements[0].data_owner", "plan.signatories[3].person"]
    assert used["bram"][0] == "charter.sponsor"
