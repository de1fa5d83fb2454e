"""What was measured beside what was typed, and taking it over into the answers."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sprintkit.actions.probe.accept import MeasuredLine, apply_lines, find_index, measured_lines
from sprintkit.charter.parsing import parse_lenient
from sprintkit.records.parsing import parse_record
from sprintkit.records.probe import Probe
from tests.conftest import example
from tests.rules.helpers import with_changes

PLACE = "data_requirements[0]"


def field(null: float = 0.0, placeholder: float = 0.0, **more: Any) -> dict[str, Any]:
    return {"null_pct": null, "placeholder_pct": placeholder, "distinct_pct": 50.0, **more}


DATES = {
    "unlike_pct": 11.0,
    "formats": [{"mask": "YYYY-MM-DD", "pct": 89.0}, {"mask": "DD.MM.YYYY", "pct": 11.0}],
}


def probe(**changes: Any) -> Probe:
    document = {
        "source": "Web enquiry form",
        "on": date(2026, 3, 2),
        "by": "tunde",
        "rows": 5200,
        "file_digest": "0123456789ab" + "c" * 52,
        "recipe_digest": "b" * 64,
        "measures": {
            "duplicate_pct": 3.0,
            "fields": {
                "enquiry_id": field(),
                "site_postcode": field(null=1.5, placeholder=8.0),
                "hire_start": field(**DATES),
                "company_name": field(null=0.4, unlike_pct=30.0, formats=[{"mask": "9", "pct": 70.0}]),
            },
        },
        "checks": [
            {
                "field": "site_postcode",
                "check": "no_placeholder_pct",
                "value": 92.0,
                "at_least": 90.0,
                "met": True,
            },
            {"field": "hire_start", "check": "one_format_pct", "value": 89.0, "at_least": 97.0, "met": False},
        ],
        **changes,
    }
    return parse_record(Probe, document)


def lines_of(document: dict[str, Any], **changes: Any) -> dict[tuple[str, str], MeasuredLine]:
    lines = measured_lines(document, 0, probe(**changes), ["enquiry_id"])
    return {(line.part, line.label): line for line in lines}


def test_typed_and_measured_values_are_shown_side_by_side() -> None:
    document = with_changes(example("lead"), {f"{PLACE}.defects[0].rate_pct": 2.0})
    shown = {
        key: (line.typed, line.measured, line.is_different, line.can_be_applied)
        for key, line in lines_of(document).items()
    }
    assert shown == {
        ("profiled", "Profiled"): (
            "5,200 rows, 29 Jan 2026",
            "5,200 rows, 2 Mar 2026",
            True,
            True,
        ),
        ("defects", "site_postcode: placeholder"): ("2%", "8%", True, True),
        ("defects", "hire_start: mixed date formats"): ("11%", "11%", False, False),
        ("defects", "site_postcode: empty (null)"): ("–", "1.5%", True, True),
        ("defects", "enquiry_id: duplicate"): ("–", "3%", True, True),
        ("acceptance", "site_postcode: no placeholder"): ("at least 90%", "92%", False, False),
        ("acceptance", "hire_start: one format"): ("at least 97%", "89%", True, False),
        ("acceptance", "site_postcode: not empty"): ("–", "98.5%", True, True),
        ("acceptance", "enquiry_id: unique"): ("–", "97%", True, True),
    }


def test_all_lines_together_write_what_was_measured_and_no_threshold_that_was_typed() -> None:
    before = with_changes(example("lead"), {f"{PLACE}.defects[0].rate_pct": 2.0})
    after = apply_lines(before, lines_of(before).values())
    assert parse_lenient(after).faults == ()
    old, new = before["data_requirements"][0], after["data_requirements"][0]
    assert new["profiled"] == {
        "on": date(2026, 3, 2),
        "rows": 5200,
        "sample": "live",
        "file_digest": "0123456789ab" + "c" * 52,
    }
    assert new["defects"] == [
        {**old["defects"][0], "rate_pct": 8.0},
        old["defects"][1],
        {"kind": "null", "field": "site_postcode", "rate_pct": 1.5},
        {"kind": "duplicate", "field": "enquiry_id", "rate_pct": 3.0},
    ]
    assert new["acceptance"] == [
        *old["acceptance"],
        {"field": "site_postcode", "check": "not_null_pct", "at_least": 98.0},
        {"field": "enquiry_id", "check": "unique_pct", "at_least": 97.0},
    ]
    assert not [line for line in lines_of(after).values() if line.can_be_applied]
    assert before["data_requirements"][0]["defects"][0]["rate_pct"] == 2.0


def test_one_line_alone_can_be_taken_over() -> None:
    document = example("lead")
    line = lines_of(document)["defects", "enquiry_id: duplicate"]
    after = apply_lines(document, [line])
    assert after["data_requirements"][0]["defects"][2:] == [
        {"kind": "duplicate", "field": "enquiry_id", "rate_pct": 3.0}
    ]
    assert after["data_requirements"][0]["acceptance"] == document["data_requirements"][0]["acceptance"]


def test_a_missing_threshold_becomes_what_is_met_today_in_whole_percent() -> None:
    changes: dict[str, Any] = {f"{PLACE}.acceptance[0].at_least": None}
    document = with_changes(example("lead"), changes)
    check = {"field": "site_postcode", "check": "no_placeholder_pct", "value": 92.7}
    line = lines_of(document, checks=[check])["acceptance", "site_postcode: no placeholder"]
    assert apply_lines(document, [line])["data_requirements"][0]["acceptance"][0]["at_least"] == 92.0


def test_a_source_with_nothing_typed_but_its_name_gets_everything() -> None:
    document = {"data_requirements": [{"name": "Web enquiry form", "fields": ["site_postcode"]}]}
    after = apply_lines(document, lines_of(document).values())
    source = after["data_requirements"][0]
    assert source["profiled"]["rows"] == 5200
    assert {(defect["kind"], defect["field"]) for defect in source["defects"]} == {
        ("null", "site_postcode"),
        ("placeholder", "site_postcode"),
        ("mixed_date_format", "hire_start"),
        ("duplicate", "enquiry_id"),
    }


@pytest.mark.parametrize(("name", "index"), [("customer-ACCOUNTS", 1), ("Web enquiry form", 0), ("x", None)])
def test_a_source_is_found_by_its_name(name: str, index: int | None) -> None:
    assert find_index(example("lead"), name) == index


def test_what_two_people_agreed_on_is_taken_over_like_any_rate() -> None:
    changes: dict[str, Any] = {
        f"{PLACE}.acceptance[0].check": "agreed_meaning_pct",
        f"{PLACE}.acceptance[0].at_least": None,
    }
    document = with_changes(example("lead"), changes)
    check = {"field": "site_postcode", "check": "agreed_meaning_pct", "value": 71.5}
    lines = lines_of(document, checks=[check])
    meaning = lines["defects", "site_postcode: ambiguous meaning"]
    threshold = lines["acceptance", "site_postcode: agreed meaning"]
    assert (meaning.typed, meaning.measured, threshold.typed, threshold.measured) == (
        "–",
        "28.5%",
        "–",
        "71.5%",
    )
    source = apply_lines(document, [meaning, threshold])["data_requirements"][0]
    assert source["defects"][-1] == {"kind": "ambiguous_meaning", "field": "site_postcode", "rate_pct": 28.5}
    assert source["acceptance"][0]["at_least"] == 71.0
