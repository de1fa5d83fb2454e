"""What points into a list goes along when its items move."""

from __future__ import annotations

from typing import Any

from sprintkit.charter import document_edits, paths
from tests.conftest import example

DOCUMENT: dict[str, Any] = {
    **example("lead"),
    "parked": [
        {"path": "use_case.users[1].headcount", "holder": "Tunde"},
        {"path": 'data_requirements."Customer accounts".access', "holder": "Tunde"},
        {"path": "data_requirements", "holder": "Tunde"},
        {"path": "success_metric.baseline", "holder": "Tunde"},
    ],
    "waivers": [
        {
            "rule": "DAT-009",
            "path": "data_requirements[1].acceptance[0].at_least",
            "reason": "r",
            "by": "bram",
        }
    ],
}


def parked(document: dict[str, Any]) -> list[str]:
    return [one["path"] for one in document.get("parked", [])]


def test_moving_an_item_takes_what_points_into_it_along() -> None:
    moved = document_edits.move(DOCUMENT, ("use_case", "users", 1), -1)
    assert [user["role"] for user in moved["use_case"]["users"]] == ["sales desk lead", "inside sales rep"]
    assert parked(moved)[0] == "use_case.users[0].headcount"
    moved = document_edits.move(DOCUMENT, ("data_requirements", 0), 9)
    assert moved["waivers"][0]["path"] == 'data_requirements."Customer accounts".acceptance[0].at_least'
    assert paths.get(moved, moved["waivers"][0]["path"]) == 98.0


def test_removing_an_item_takes_what_points_into_it_along() -> None:
    removed = document_edits.remove(DOCUMENT, ("data_requirements", 1))
    assert len(removed["data_requirements"]) == 1
    assert "waivers" not in removed
    assert parked(removed) == ["use_case.users[1].headcount", "data_requirements", "success_metric.baseline"]
    assert DOCUMENT["waivers"], "the document given stays as it was"


def test_a_copy_stands_behind_its_original_under_a_name_of_its_own() -> None:
    copied = document_edits.copy(DOCUMENT, ("data_requirements", 0))
    assert [source["name"] for source in copied["data_requirements"]] == [
        "Web enquiry form",
        "Web enquiry form-2",
        "Customer accounts",
    ]
    assert paths.get(copied, copied["waivers"][0]["path"]) == 98.0
    copied = document_edits.copy(DOCUMENT, ("use_case", "users", 0))
    assert parked(copied)[0] == "use_case.users[2].headcount"


def test_items_can_be_added_to_a_list_that_is_not_there_yet() -> None:
    assert document_edits.append({}, ("use_case", "users"), {"role": "rep"}) == {
        "use_case": {"users": [{"role": "rep"}]}
    }
