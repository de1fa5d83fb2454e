"""Corrections: the entry itself stays, and the corrected values count from the day of the correction."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from sprintkit.charter.parsing import parse_lenient
from sprintkit.records import validation
from sprintkit.records.base import StoredRecord
from sprintkit.records.correction import Correction, apply_corrections
from sprintkit.records.parsing import parse_record
from tests.records.helpers import acceptances, blocker, checkin, friday, paths_and_codes, small_charter

CHARTER = parse_lenient(small_charter()).charter
READING = {"value": 61.0, "from": date(2026, 3, 2), "to": date(2026, 3, 6)}


def correction(
    *corrects: tuple[str, Any], week: int = 1, on: date | None = None, by: str = "olga"
) -> Correction:
    return parse_record(
        Correction,
        {
            "week": week,
            "on": on or friday(2),
            "by": by,
            "corrects": [{"path": path, "value": value, "why": "typed wrong"} for path, value in corrects],
        },
    )


def stored_corrections(*corrections: Correction) -> list[StoredRecord[Correction]]:
    return [
        StoredRecord(f"week-01-fix-{number}.toml", record) for number, record in enumerate(corrections, 1)
    ]


def test_a_correction_counts_from_its_own_day_and_leaves_the_entry_unchanged() -> None:
    entry = checkin(1, metric=READING)
    fix = correction(("metric.value", 97.0), on=friday(2))
    (before,) = apply_corrections([entry], stored_corrections(fix), friday(2) - timedelta(days=1))
    (after,) = apply_corrections([entry], stored_corrections(fix), friday(2))
    assert before.metric and after.metric and entry.metric
    assert (before.metric.value, after.metric.value, entry.metric.value) == (61.0, 97.0, 61.0)


def test_a_correction_changes_the_entry_of_its_week_whatever_its_own_day() -> None:
    entries = [checkin(1, metric=READING), checkin(2, metric=READING)]
    fix = correction(("metric.value", 5.0), week=1, on=friday(4))
    first, second = apply_corrections(entries, stored_corrections(fix))
    assert first.metric and second.metric
    assert (first.metric.value, second.metric.value) == (5.0, 61.0)


def test_a_path_names_list_items_by_id_or_index() -> None:
    entry = checkin(1, accepted=acceptances("A"), opened=[blocker("B1")], votes=[4, 4, 2])
    fix = correction(("opened.B1.due_week", 3), ("votes[2]", 3), ("accepted.A.evidence", "sheet 12"))
    (corrected,) = apply_corrections([entry], stored_corrections(fix))
    assert (corrected.opened[0].due_week, corrected.votes, corrected.accepted[0].evidence) == (
        3,
        [4, 4, 3],
        "sheet 12",
    )


def test_corrections_apply_by_day_and_then_by_number_so_fix_10_follows_fix_2() -> None:
    fixes = [
        StoredRecord("week-01-fix-10.toml", correction(("note", "ten"))),
        StoredRecord("week-01-fix-2.toml", correction(("note", "two"))),
        StoredRecord("week-01-fix-3.toml", correction(("note", "earlier"), on=friday(1))),
    ]
    assert apply_corrections([checkin(1)], fixes)[0].note == "ten"
    assert apply_corrections([checkin(1)], fixes[::-1])[0].note == "ten"


@pytest.mark.parametrize(
    ("corrects", "expected"),
    [
        ([("note", "a day later")], []),
        ([("metric", READING)], []),
        ([("accepted[0]", acceptances("A")[0])], []),
        ([("accepted[1]", acceptances("A")[0])], [("corrects[0].path", "path")]),
        ([("accepted.Z.evidence", "x")], [("corrects[0].path", "path")]),
        ([("votes[7]", 4)], [("corrects[0].path", "path")]),
        ([("week", 2)], [("corrects[0].path", "path")]),
        ([("a..b", 2)], [("corrects[0].path", "path")]),
        ([(".".join("a" * 9000), 2)], [("corrects[0].path", "path")]),
        ([("nothing", 2)], [("corrects", "unknown_key")]),
        ([("votes", "four")], [("corrects", "wrong_type")]),
        ([("votes[0]", 7)], [("corrects", "vote")]),
        ([("accepted", acceptances("A", by="max"))], [("corrects", "not_verifier")]),
        ([("on", friday(3))], [("corrects", "wrong_week")]),
        ([("", 1)], [("corrects[0].path", "missing")]),
    ],
)
def test_an_invalid_correction_is_refused(
    corrects: list[tuple[str, Any]], expected: list[tuple[str, str]]
) -> None:
    fix = correction(*corrects)
    assert paths_and_codes(validation.validate_correction(fix, CHARTER, [checkin(1)])) == expected
    if expected and expected[0][1] in ("path", "unknown_key", "wrong_type"):
        assert apply_corrections([checkin(1)], stored_corrections(fix)) == [checkin(1)]


def test_an_unknown_person_or_week_is_refused() -> None:
    fix = correction(("note", "x"), week=3, by="zoe")
    problems = validation.validate_correction(fix, CHARTER, [checkin(1)])
    assert paths_and_codes(problems) == [("by", "unknown_person"), ("week", "no_entry")]


def test_an_invalid_entry_may_be_corrected_step_by_step() -> None:
    invalid = checkin(1, votes=[9, 9], accepted=acceptances("A", by="max"))
    assert validation.validate_correction(correction(("votes", [4, 4])), CHARTER, [invalid]) == []
