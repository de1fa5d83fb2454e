"""Charters are parsed strictly and drafts leniently, and all faults are reported at once."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sprintkit.charter import paths
from sprintkit.charter.parsing import parse_lenient, parse_strict
from sprintkit.errors import ExitCode, InputError
from tests.conftest import example


@pytest.mark.parametrize("name", ["lead", "price", "referral", "weak"])
def test_the_examples_parse_strictly(name: str) -> None:
    assert parse_strict(example(name)).charter.id


FAULTS: list[tuple[str, Any, str]] = [
    ("success_metric.baseline", "about two hours", "must be a number, not the text 'about two hours'"),
    ("success_metric.baseline", True, "must be a number, not true"),
    ("success_metric.baseline", float("nan"), "must be a number"),
    ("success_metric.target", float("inf"), "must be a number"),
    ("use_case.volume_per_month", "1", "must be a whole number"),
    ("use_case.volume_per_month", 2600.0, "must be a whole number"),
    ("use_case.volume_per_month", 0, "must be more than 0"),
    ("use_case.minutes_per_case", -1, "must be more than 0"),
    ("timeline.start", "2026-02-16", "must be a date like 2026-02-16"),
    ("timeline.start", datetime(2026, 2, 16), "must be a date like"),
    ("charter.title", 7, "must be a text"),
    ("integration_points[0].in_daily_use", "yes", "must be true or false"),
    ("data_requirements[0].access", "pending", "must be one of: granted, requested, none"),
    ("data_requirements[0].defects[0].kind", "dirt", "must be one of: null"),
    ("data_requirements[0].looked_for[1]", "dirt", "must be one of: null"),
    ("data_requirements[0].fields[1]", 4, "must be a text"),
    ("data_requirements", {"name": "x"}, "must be a list of tables"),
    ("use_case.users[0]", "rep", "must be a table"),
    ("owner", "odile", "must be a table"),
    ("people.odile", "Odile", "must be a table"),
    ("data_requirements[1].truth_for", ["zip"], "names zip, which is not among the fields"),
    ("process.exceptions[0].share_pct", 99.0, "sum to 106%"),
    ("schema", 2, "Write: schema = 1"),
    ("charter.id", "Not A Slug!", "must be a short name"),
    ("charter.id", "../../x", "must be a short name"),
]


@pytest.mark.parametrize(
    ("path", "value", "message"), FAULTS, ids=[f"{path}={value}" for path, value, _ in FAULTS]
)
def test_a_faulty_value_is_refused_by_strict_parsing_and_left_out_by_lenient_parsing(
    path: str, value: Any, message: str
) -> None:
    document = paths.set_value(example("lead"), path, value)
    with pytest.raises(InputError) as refused:
        parse_strict(document, "sprints/x/charter.toml")
    (problem,) = refused.value.problems
    assert problem.path == "sprints/x/charter.toml"
    assert problem.message.startswith("process.exceptions" if "share_pct" in path else path)
    assert message in problem.message
    assert refused.value.exit_code is ExitCode.USAGE
    parsed = parse_lenient(document)
    assert len(parsed.faults) == 1
    assert parsed.charter.success_metric.unit == "working minutes", "everything else is kept"


@pytest.mark.parametrize(
    ("path", "nearest"),
    [
        ("sucess_metric", "success_metric"),
        ("success_metric.basline", "baseline"),
        ("owner.duties.monitor", "monitors"),
        ("plan.milestones[0].due", "due_week"),
        ("people.odile.nmae", "name"),
    ],
)
def test_an_unknown_key_is_reported_with_the_nearest_known_one(path: str, nearest: str) -> None:
    parsed = parse_lenient(paths.set_value(example("lead"), path, "x"))
    (fault,) = parsed.unknown_keys
    assert fault.path == path
    assert f"Did you mean '{nearest}'?" in fault.message


def test_the_extra_table_may_hold_anything() -> None:
    document = example("lead") | {"extra": {"anything": [1, {"at": date(2026, 1, 1)}]}}
    assert parse_strict(document).extra == document["extra"]


def test_all_faults_are_reported_at_once() -> None:
    document = example("lead")
    for path, value, _ in (FAULTS[0], FAULTS[4], FAULTS[8], FAULTS[12]):
        document = paths.set_value(document, path, value)
    with pytest.raises(InputError) as refused:
        parse_strict(document)
    assert len(refused.value.problems) == 4


@pytest.mark.parametrize("blank", ["", " ", "\t\n", "\u200b", "\u2800", "\u3164", [], {}, [""], {"a": ""}])
def test_a_blank_value_is_not_a_fault_whatever_the_type_of_the_field(blank: Any) -> None:
    for path in ("success_metric.baseline", "timeline.start", "data_requirements[0].access"):
        assert parse_lenient(paths.set_value(example("lead"), path, blank)).faults == ()


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
PATHS = st.sampled_from(
    [
        "charter", "people", "people.bram", "use_case.users", "use_case.users[0]", "owner.duties",
        "process.questions", "plan", "plan.milestones[0]", "data_requirements[0].looked_for",
        "data_requirements[0].fields", "parked", "waivers", "timeline.weeks", "success_metric.baseline", "schema",
        "extra", "scope.cut_first",
    ]
)  # fmt: skip


@pytest.mark.slow
@given(st.lists(st.tuples(PATHS, VALUES), min_size=1, max_size=4))
def test_lenient_parsing_accepts_any_change_of_a_charter(changes: list[tuple[str, Any]]) -> None:
    document: dict[str, Any] = example("lead")
    for path, value in changes:
        try:
            document = paths.set_value(document, path, value)
        except paths.PathError:
            continue
    parsed = parse_lenient(document)
    assert parsed.document is document


@given(st.dictionaries(st.text(max_size=12), VALUES, max_size=5))
def test_lenient_parsing_accepts_any_document(document: dict[str, Any]) -> None:
    parse_lenient(document)
