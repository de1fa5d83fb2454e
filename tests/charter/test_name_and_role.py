"""A name is split from the role after its comma; a comma that belongs to the name is left alone."""

from __future__ import annotations

import pytest

from sprintkit.charter.people import add_person, name_and_role


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("Bram Yellowby, Head of Sales", "Bram Yellowby", "Head of Sales"),
        ("Bram, Head of Sales", "Bram", "Head of Sales"),
        ("Odile Tamsworth , Sales Operations Manager", "Odile Tamsworth", "Sales Operations Manager"),
        ("Rosa Quill, inside sales rep", "Rosa Quill", "inside sales rep"),
        ("Lena Oduya, CFO", "Lena Oduya", "CFO"),
        ("Lena Oduya, PhD, Head of Data", "Lena Oduya, PhD", "Head of Data"),
        ("Ana Lima, Vice President, Operations", "Ana Lima", "Vice President, Operations"),
        ("Ana Lima, Head of Sales, EMEA", "Ana Lima", "Head of Sales, EMEA"),
        ("Ines Kolb, Werkstattleiterin", "Ines Kolb", "Werkstattleiterin"),
        ("Luc Morel, responsable de la planification", "Luc Morel", "responsable de la planification"),
        ("Ana Ruiz, jefa de almacén", "Ana Ruiz", "jefa de almacén"),
        ("Bill Okafor, keeper of the keys", "Bill Okafor", "keeper of the keys"),
        ("de la Cruz, Ana, Ward Sister", "de la Cruz, Ana, Ward Sister", ""),
        ("Smith, John", "Smith, John", ""),
        ("smith, john", "smith, john", ""),
        ("de la Cruz, Ana", "de la Cruz, Ana", ""),
        ("Cruz, María de la", "Cruz, María de la", ""),
        ("García Márquez, Gabriel", "García Márquez, Gabriel", ""),
        ("Martin King, Jr.", "Martin King, Jr.", ""),
        ("Lena Oduya, PhD", "Lena Oduya, PhD", ""),
        ("Ana Lima, Bram Yellowby, Suvi Rautakerr", "Ana Lima, Bram Yellowby, Suvi Rautakerr", ""),
        ("Bram Yellowby,", "Bram Yellowby,", ""),
        (", Head of Sales", ", Head of Sales", ""),
        ("Bram Yellowby", "Bram Yellowby", ""),
    ],
)
def test_only_what_is_certainly_a_role_is_split_off(text: str, name: str, role: str) -> None:
    assert name_and_role(text) == (name, role)


def test_a_role_is_entered_once_and_never_replaces_another() -> None:
    document, key = add_person({}, "Bram Yellowby, Head of Sales")
    assert (key, document["people"]) == ("bram", {"bram": {"name": "Bram Yellowby", "role": "Head of Sales"}})
    again, key = add_person(document, "bram  yellowby, Director of Sales")
    assert (key, again) == ("bram", document)
    bare, _ = add_person({}, "Odile Tamsworth")
    with_role, key = add_person(bare, "Odile Tamsworth, Sales Operations Manager")
    assert (key, with_role["people"]["odile"]["role"]) == ("odile", "Sales Operations Manager")
