"""A path leads to the same value whether it is written with indices or with names, whatever those are."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sprintkit.charter import paths
from sprintkit.charter.paths import PathError
from tests.conftest import example

LEAD = example("lead")


@pytest.mark.parametrize(
    ("path", "parts"),
    [
        ("charter.title", ("charter", "title")),
        ("data_requirements[1].defects[0].handling", ("data_requirements", 1, "defects", 0, "handling")),
        ("plan.milestones.M1.weight", ("plan", "milestones", "M1", "weight")),
        ('data_requirements."Web enquiry form".access', ("data_requirements", "Web enquiry form", "access")),
        ("data_requirements.'a.b'.access", ("data_requirements", "a.b", "access")),
        (r'people."\"q\" \\ \u00e9".name', ("people", '"q" \\ é', "name")),
        ("people.odile.name", ("people", "odile", "name")),
    ],
)
def test_a_path_is_parsed_into_keys_and_indices(path: str, parts: tuple[Any, ...]) -> None:
    assert paths.parse(path) == parts


@pytest.mark.parametrize(
    "path",
    ["", ".", "a.", ".a", "a..b", "[0]", "a[", "a[x]", "a[-1]", 'a."b', "a b", "a[0]b", r'a."\q"', "a\nb"],
)
def test_an_invalid_path_is_refused(path: str) -> None:
    with pytest.raises(PathError):
        paths.parse(path)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("plan.milestones.M3.weight", 15),
        ("plan.milestones[2].weight", 15),
        ('data_requirements."Web enquiry form".system', "marketing platform"),
        ("success_metric.guardrails.desk_hours.at_most", 6.0),
        ("plan.readiness.runbook.week", 6),
        ('scope.no_gos."phone enquiries".why', "kept as the comparison group"),
        ("scope.cut_first[1]", "multi-depot enquiries go to the held list"),
        ("budget.nothing", None),
        ("nowhere.at.all", None),
    ],
)
def test_a_value_is_looked_up_by_index_and_by_name(path: str, value: object) -> None:
    assert paths.get_value(LEAD, path) == value


def test_a_missing_item_is_reported_with_the_known_ones() -> None:
    with pytest.raises(PathError, match="no item 'M9'. Known: M1, M2"):
        paths.get_value(LEAD, "plan.milestones.M9.weight")
    with pytest.raises(PathError, match="has 8 items"):
        paths.get_value(LEAD, "plan.milestones[8]")


def test_items_that_share_a_name_need_an_index() -> None:
    document = {"data_requirements": [{"name": "x"}, {"name": "x", "access": "none"}]}
    with pytest.raises(PathError, match="2 items called 'x'"):
        paths.get_value(document, "data_requirements.x.access")
    by_name = paths.format_path_by_name(document, ("data_requirements", 1, "access"))
    assert by_name == "data_requirements[1].access"


def test_paths_in_files_name_the_items_that_have_a_name() -> None:
    assert paths.format_path_by_name(LEAD, ("plan", "milestones", 0, "weight")) == "plan.milestones.M1.weight"
    quoted = paths.format_path_by_name(LEAD, ("data_requirements", 0, "access"))
    assert quoted == 'data_requirements."Web enquiry form".access'
    assert paths.format_path_by_name(LEAD, ("use_case", "users", 0, "role")) == "use_case.users[0].role"


def test_setting_a_value_leaves_the_argument_unchanged() -> None:
    before = example("lead")
    after = paths.set_value(before, "plan.milestones.M3.weight", 10)
    assert before == LEAD
    assert paths.get_value(after, "plan.milestones[2].weight") == 10
    assert paths.set_value({}, "use_case.users[0].role", "rep") == {"use_case": {"users": [{"role": "rep"}]}}
    assert paths.set_value({"a": [1]}, "a[1]", 2) == {"a": [1, 2]}
    with pytest.raises(PathError):
        paths.set_value({"a": [1]}, "a[2]", 2)


def test_deleting_a_value_removes_the_tables_it_leaves_empty() -> None:
    assert paths.delete_value({"a": {"b": {"c": 1}}, "d": 1}, "a.b.c") == {"d": 1}
    assert paths.delete_value({"a": [{"x": 1}, {"x": 2}]}, "a[0]") == {"a": [{"x": 2}]}
    assert paths.delete_value({"a": 1}, "b.c") == {"a": 1}


NAMES = st.text(min_size=1, max_size=20).filter(lambda text: text.strip() != "")


@given(st.lists(st.fixed_dictionaries({"name": NAMES, "v": st.integers()}), min_size=1, max_size=6))
def test_a_path_by_name_resolves_to_the_parts_it_was_made_from(items: list[dict[str, Any]]) -> None:
    document = {"data_requirements": items}
    for index in range(len(items)):
        parts = ("data_requirements", index, "v")
        assert paths.resolve(document, paths.format_path_by_name(document, parts)) == parts


@given(st.lists(NAMES | st.integers(0, 99), min_size=1, max_size=6))
def test_parsing_a_formatted_path_gives_its_parts(tail: list[str | int]) -> None:
    parts = ("top", *tail)
    assert paths.parse(paths.format_path(parts)) == parts


def test_an_item_without_a_name_needs_an_index() -> None:
    document = {"acceptance": [{"field": "site_postcode"}, {"field": "hire_start"}], "none": []}
    with pytest.raises(PathError, match=r"no item 'x': its items have no names, use \[0\] to \[1\]"):
        paths.resolve(document, "acceptance.x")
    with pytest.raises(PathError, match=r"no item 'x'\. Known: none"):
        paths.resolve(document, "none.x")
