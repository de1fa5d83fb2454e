"""Whatever keeps a charter from being signed has a place in words, and its line leads to the row that settles it."""

from __future__ import annotations

import datetime
import json
from typing import Any

import pytest

from sprintkit.actions.session.analysis import DraftAnalysis, section_of
from sprintkit.actions.session.outline import describe_place, outline, spot_at
from sprintkit.charter.parsing import parse_lenient
from sprintkit.charter.rules import run_rules
from sprintkit.charter.rules.sign_gate import sign_gate_entries
from tests.conftest import EXAMPLES
from tests.rules.helpers import lead_charter

CHANGES = {
    case["rule"]: case["change"]
    for case in json.loads((EXAMPLES / "findings.json").read_text("utf-8"))["one_change"]
}
"""A change to the strong charter for each rule."""
PARKED = [
    "success_metric.stop_line", "owner.deputy", 'data_requirements."Web enquiry form".access', "data_requirements[0].access",
    "integration_points", "plan.milestones.M3.due_week", "plan.milestones[2]", "people.bram.contact", "process.questions[0]",
    "scope.cut_first", "scope.cut_first[0]", "charter.id", "plan.readiness",
]  # fmt: skip


TOO_WIDE = ["budget", "no.such.field", ""]
"""Parked by hand at what is no question: the line leads to the rows of a section."""


def assert_every_line_leads_somewhere(document: dict[str, Any], codes: set[str]) -> None:
    parsed = parse_lenient(document)
    findings = run_rules(parsed)
    analysis = DraftAnalysis(parsed, "lead", tuple(findings))
    entries = list(sign_gate_entries(parsed, findings))
    paths = [parked.path for parked in parsed.charter.parked]
    assert codes <= {entry.code for entry in entries}
    for entry in entries:
        assert describe_place(document, entry.path), entry
        spot = spot_at(analysis, entry.path)
        rows = outline(analysis, section_of(entry.path).key, spot.path, more=True)
        assert rows
        assert spot in [row.spot for row in rows] or set(TOO_WIDE) & {entry.path, *paths}, (entry, spot)


@pytest.mark.parametrize("rule", CHANGES)
def test_a_finding_leads_to_its_question(rule: str) -> None:
    assert_every_line_leads_somewhere(lead_charter(CHANGES[rule]), set())


@pytest.mark.parametrize("path", [*PARKED, *TOO_WIDE])
def test_a_parked_question_names_its_holder_and_leads_to_it(path: str) -> None:
    parked = {"path": path, "holder": "tunde", "due": datetime.date(2026, 2, 20)}
    document = lead_charter({"parked": [parked]})
    assert_every_line_leads_somewhere(document, {"parked"})
    (entry,) = [entry for entry in sign_gate_entries(parse_lenient(document), ()) if entry.code == "parked"]
    assert entry.message == "this question is parked with Tunde Okonfield until 20 February 2026."
