"""Why the record of a probe is refused."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sprintkit.charter.parsing import parse_lenient
from sprintkit.records.parsing import parse_record
from sprintkit.records.probe import Probe
from sprintkit.records.validation import validate_probe
from tests.records.helpers import paths_and_codes, small_charter

PROBE: dict[str, Any] = {
    "source": "Web enquiry form",
    "on": date(2026, 3, 2),
    "by": "ann",
    "rows": 5200,
    "file_digest": "a" * 64,
    "recipe_digest": "b" * 64,
    "measures": {
        "unreadable": 3,
        "duplicate_pct": 0.5,
        "fields": {
            "site_postcode": {"null_pct": 1.0, "placeholder_pct": 8.0, "distinct_pct": 60.5},
        },
    },
    "checks": [
        {
            "field": "site_postcode",
            "check": "no_placeholder_pct",
            "value": 92.0,
            "at_least": 95.0,
            "met": False,
        },
        {"field": "site_postcode", "check": "match_pct", "at_least": 90.0},
    ],
}


def changed_check(**changes: Any) -> dict[str, Any]:
    """The checks field with one check, changed; a value of None removes the key."""
    return {"checks": [{**PROBE["checks"][0], **changes}]}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, []),
        ({"source": "web  ENQUIRY form"}, []),
        ({"source": "Customer accounts"}, [("source", "renamed_source")]),
        ({"source": " "}, [("source", "missing")]),
        ({"by": "zoe"}, [("by", "unknown_person")]),
        ({"rows": -1}, [("rows", "bound")]),
        ({"file_digest": "a" * 12}, [("file_digest", "digest")]),
        ({"recipe_digest": "B" * 64}, [("recipe_digest", "digest")]),
        ({"measures": {"unreadable": -1}}, [("measures.unreadable", "bound")]),
        ({"measures": {"stale_pct": 100.5}}, [("measures.stale_pct", "bound")]),
        (
            {"measures": {"fields": {"a.b": {"null_pct": -1, "placeholder_pct": 0, "distinct_pct": 0}}}},
            [('measures.fields."a.b".null_pct', "bound")],
        ),
        (changed_check(met=True), [("checks[0].met", "met")]),
        (changed_check(value=95.0), [("checks[0].met", "met")]),
        (changed_check(value=95.0, met=True), []),
        (changed_check(value=None), [("checks[0].met", "met")]),
        (changed_check(value=101.0, met=True), [("checks[0].value", "bound")]),
    ],
)
def test_an_invalid_probe_is_refused(fields: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    document = {**PROBE, **fields}
    document["checks"] = [
        {key: value for key, value in check.items() if value is not None} for check in document["checks"]
    ]
    charter = parse_lenient(small_charter()).charter
    problems = validate_probe(parse_record(Probe, document), charter, ["Web enquiry form"])
    assert paths_and_codes(problems) == expected
