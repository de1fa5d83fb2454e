"""Paths of waivers and parked questions follow the list items they point into."""

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


def parked_paths(document: dict[str, Any]) -> list[str]:
    return [question["path"] for question in document.get("parked", [])]


def test_moving_an_item_updates_the_paths_into_it() -> None:
    moved = document_edits.move_item(DOCUMENT, ("use_case", "users", 1), -1)
    assert [user["role"] for user in moved["use_case"]["users"]] == ["sales desk lead", "inside sales rep"]
    assert parked_paths(moved)[0] == "use_case.users[0].headcount"
    moved = document_edits.move_item(DOCUMENT, ("data_requirements", 0), 9)
    assert moved["waivers"][0]["path"] == 'data_requirements."Customer accounts".acceptance[0].at_least'
    assert paths.get_value(moved, moved["waivers"][0]["path"]) == 98.0


def test_removing_an_item_removes_the_waivers_and_parked_questions_inside_it() -> None:
    removed = document_edits.remove_item(DOCUMENT, ("data_requirements", 1))
    assert len(removed["data_requirements"]) == 1
    assert "waivers" not in removed
    assert parked_paths(removed) == [
        "use_case.users[1].headcount",
        "data_requirements",
        "success_metric.baseline",
    ]
    assert DOCUMENT["waivers"], "the argument is unchanged"


def test_a_copy_is_inserted_after_its_original_with_a_new_name() -> None:
    copied = document_edits.copy_item(DOCUMENT, ("data_requirements", 0))
    assert [source["name"] for source in copied["data_requirements"]] == [
        "Web enquiry form",
        "Web enquiry form-2",
        "Customer accounts",
    ]
    assert paths.get_value(copied, copied["waivers"][0]["path"]) == 98.0
    copied = document_edits.copy_item(DOCUMENT, ("use_case", "users", 0))
    assert parked_paths(copied)[0] == "use_case.users[2].headcount"


def test_appending_to_an_absent_list_creates_it() -> None:
    assert document_edits.append_item({}, ("use_case", "users"), {"role": "rep"}) == {
        "use_case": {"users": [{"role": "rep"}]}
    }
