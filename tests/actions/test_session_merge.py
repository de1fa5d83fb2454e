"""Merging two versions of a document that started from the same one."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sprintkit.actions.session.merge import merge

A, B, C = (
    {"id": key, "title": title, "due_week": 1} for key, title in (("M1", "a"), ("M2", "b"), ("M3", "c"))
)


def plan(*milestones: Any) -> dict[str, Any]:
    return {"plan": {"milestones": list(milestones)}}


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "merged"),
    [
        ([A, B], [A, B, C], [{**A, "title": "x"}, B], [{**A, "title": "x"}, B, C]),
        ([A, B], [B], [A, {**B, "title": "x"}], [{**B, "title": "x"}]),
        ([A, B, C], [A, C], [A, B, {**C, "due_week": 4}], [A, {**C, "due_week": 4}]),
        ([A, B], [{**A, "title": "x"}, B], [B, A], [B, {**A, "title": "x"}]),
        ([A, B], [B, A], [A, B, C], [B, A, C]),
        ([A], [A, B], [A, C], [A, B, C]),
        ([A], [A, B], [A, B], [A, B]),
        ([A, B], [{**A, "title": "x"}, B], [{**A, "due_week": 2}, B], [{**A, "title": "x", "due_week": 2}, B]),
        ([A, B], [A], [B], []),
        ([{"title": "a"}, {"title": "b"}], [{"title": "a"}, {"title": "c"}], [{"title": "d"}, {"title": "b"}],
         [{"title": "d"}, {"title": "c"}]),
    ],
)  # fmt: skip
def test_items_are_matched_wherever_they_moved(base: Any, mine: Any, theirs: Any, merged: Any) -> None:
    result = merge(plan(*base), plan(*mine), plan(*theirs))
    assert result.document == plan(*merged)
    assert not result.conflicts


def test_an_item_that_one_side_changed_and_the_other_removed_is_a_conflict() -> None:
    changed = {**B, "title": "x"}
    result = merge(plan(A, B), plan(A), plan(A, changed))
    assert result.conflicts == (("plan.milestones[1]", None, changed),)
    assert result.document == plan(A)
    assert merge(plan(A, B), plan(A), plan(A, changed), {0}).document == plan(A, changed)
    other = merge(plan(A, B), plan(A, changed), plan(A))
    assert other.document == plan(A, changed)
    assert merge(plan(A, B), plan(A, changed), plan(A), {0}).document == plan(A)


def test_only_what_both_changed_is_a_conflict_and_each_is_resolved_alone() -> None:
    base = {"success_metric": {"unit": "minutes", "baseline": 95, "target": 50, "source": "CRM"}}
    mine = {"success_metric": {"unit": "hours", "baseline": 96, "target": 50, "source": "CRM"}}
    theirs = {"success_metric": {"unit": "days", "baseline": 97, "target": 40}}
    result = merge(base, mine, theirs)
    assert [conflict.path for conflict in result.conflicts] == [
        "success_metric.unit",
        "success_metric.baseline",
    ]
    assert result.their_changes == (("success_metric.target", 50, 40), ("success_metric.source", "CRM", None))
    assert merge(base, mine, theirs, {1}).document == {
        "success_metric": {"unit": "hours", "baseline": 97, "target": 40}
    }


LEAVES = st.one_of(
    st.integers(0, 3), st.text("ab", max_size=2), st.lists(st.text("ab", max_size=1), max_size=2)
)
ITEMS = st.lists(
    st.fixed_dictionaries({}, optional={"id": st.sampled_from(["M1", "M2", "M3"]), "title": LEAVES}),
    max_size=3,
)
DOCUMENTS = st.fixed_dictionaries(
    {}, optional={"title": LEAVES, "items": ITEMS, "table": st.dictionaries(st.sampled_from("xyz"), LEAVES)}
)


@given(DOCUMENTS, DOCUMENTS)
@example({"title": 0, "items": [{"id": "M2"}]}, {"items": [{}, {"id": "M2"}]})
def test_a_side_without_changes_gets_the_other_side(base: Any, other: Any) -> None:
    assert merge(base, base, other).document == other
    assert not merge(base, base, other).conflicts
    assert merge(base, other, base).document == other
    assert merge(base, other, other).document == other


@given(DOCUMENTS, DOCUMENTS, DOCUMENTS)
def test_any_three_versions_merge_and_choices_resolve_the_conflicts(
    base: Any, mine: Any, theirs: Any
) -> None:
    result = merge(base, mine, theirs)
    all_theirs = frozenset(range(len(result.conflicts)))
    resolved = merge(base, mine, theirs, all_theirs)
    assert len(resolved.conflicts) == len(result.conflicts)
    if mine.get("title") != theirs.get("title"):
        wanted = (
            theirs
            if mine.get("title") == base.get("title") or base.get("title") != theirs.get("title")
            else mine
        )
        assert resolved.document.get("title") == wanted.get("title")
