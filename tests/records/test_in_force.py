"""The charter in force: which amendments count, from when, in which order."""

from __future__ import annotations

import copy
import random
from datetime import UTC, date, datetime
from typing import Any

import pytest

from sprintkit.charter import paths
from sprintkit.charter.parsing import parse_lenient
from sprintkit.records.amendment import Amendment
from sprintkit.records.base import StoredRecord
from sprintkit.records.in_force import apply_amendment, charter_in_force, fully_signed, judge_amendments
from sprintkit.records.parsing import parse_record
from sprintkit.records.signatories import required_people, signatories, signers
from sprintkit.records.signature import Signature
from tests.records.helpers import amendment, example_sprint
from tests.records.helpers import small_charter as charter_without_volume

VOLUME = "use_case.volume_per_month"
"""A number that an amendment may change at any time."""


def small_charter(**changes: Any) -> dict[str, Any]:
    """The small charter with a volume of 25."""
    return charter_without_volume(use_case={"volume_per_month": 25}, **changes)


def stored_amendment(change: Amendment, path: str = "a.toml") -> list[StoredRecord[Amendment]]:
    return [StoredRecord(path, change)]


def signature(person: str, digest: str, on: date = date(2026, 3, 11), **fields: Any) -> Signature:
    return parse_record(
        Signature,
        {
            "person": person,
            "party": "sponsor",
            "decision": "approve",
            "on": on,
            "at": datetime(2026, 3, 11, tzinfo=UTC),
            "digest": digest,
            "name": person,
            "received": "own",
            **fields,
        },
    )


def fully_signed_on(change: Amendment, signatures: list[Signature]) -> date | None:
    """The day on which an amendment of the small charter is fully signed, or None."""
    signed = fully_signed(change, small_charter(), signatures)
    return signed and signed.on


def test_the_amendment_of_the_price_example_counts_from_week_3() -> None:
    sprint = example_sprint("price")
    for week, expected in ((2, (15, 15)), (3, (20, 10)), (5, (20, 10))):
        document = charter_in_force(sprint.document, sprint.amendments, week)
        weights = tuple(paths.get_value(document, f"plan.milestones.{name}.weight") for name in ("P1", "P3"))
        assert weights == expected
    assert paths.get_value(sprint.document, "plan.milestones.P1.weight") == 15


def test_an_amendment_does_not_count_before_the_day_of_the_last_signature() -> None:
    sprint = example_sprint("price")
    assert charter_in_force(sprint.document, sprint.amendments, 3, on=date(2026, 5, 4)) == sprint.document
    assert charter_in_force(sprint.document, sprint.amendments, 3, on=date(2026, 5, 5)) != sprint.document


@pytest.mark.parametrize(
    ("fields", "counts"),
    [
        ({}, True),
        ({"decision": "reject"}, False),
        ({"decision": "postpone"}, False),
        ({"decision": "merge"}, False),
        ({"signed_by": ["ann"]}, False),
        ({"signed_by": ["olga", "dan"]}, False),
        ({"signed_by": ["ann", "olga", "dan"]}, True),
        ({"signed_by": [], "signed_on": None}, False),
        ({"signed_on": None}, False),
        ({"from_week": 3}, False),
    ],
)
def test_only_an_approved_and_fully_signed_amendment_counts(fields: dict[str, Any], counts: bool) -> None:
    change = amendment((VOLUME, 25, 26)).model_copy(update=fields)
    result = charter_in_force(small_charter(), stored_amendment(change), 2)
    assert (paths.get_value(result, VOLUME) == 26) is counts


def test_an_amendment_counts_once_everybody_has_signed_the_amended_charter() -> None:
    digest = "ab" * 32
    change = amendment((VOLUME, 25, 26), signed_by=[], digest_after=digest).model_copy(
        update={"signed_on": None}
    )
    early, late = date(2026, 3, 11), date(2026, 3, 13)
    half = [signature("ann", digest, early)]
    whole = [*half, signature("olga", digest, late)]
    assert fully_signed_on(change, half) is None
    assert fully_signed_on(change, whole) == late
    assert fully_signed_on(change, [*half, signature("olga", "cd" * 32)]) is None
    assert fully_signed_on(change, [*whole, signature("ann", digest, decision="reject", party="x")]) is None
    assert (
        charter_in_force(small_charter(), stored_amendment(change), 2, signatures=whole, on=early)
        == small_charter()
    )
    amended = charter_in_force(small_charter(), stored_amendment(change), 2, signatures=whole, on=late)
    assert paths.get_value(amended, VOLUME) == 26


def test_amendments_apply_by_week_then_day_then_file_name() -> None:
    records = [
        StoredRecord("a-10.toml", amendment((VOLUME, 27, 28), from_week=2, signed_on=date(2026, 3, 11))),
        StoredRecord("c.toml", amendment((VOLUME, 25, 26), from_week=1, signed_on=date(2026, 3, 20))),
        StoredRecord("a.toml", amendment((VOLUME, 28, 29), from_week=3, signed_on=date(2026, 3, 10))),
        StoredRecord("a-2.toml", amendment((VOLUME, 26, 27), from_week=2, signed_on=date(2026, 3, 11))),
    ]
    for seed in range(6):
        shuffled = list(records)
        random.Random(seed).shuffle(shuffled)
        charters = [charter_in_force(small_charter(), shuffled, week) for week in range(5)]
        assert [paths.get_value(charter, VOLUME) for charter in charters] == [25, 26, 28, 29, 29]


def test_an_amendment_with_another_old_value_than_the_charter_changes_nothing() -> None:
    change = amendment((VOLUME, 25, 30), ("plan.milestones.B.weight", 99, 20))
    assert charter_in_force(small_charter(), stored_amendment(change), 2) == small_charter()


@pytest.mark.parametrize(
    ("path", "old", "new", "counts"),
    [
        (VOLUME, 25.0, 26, True),
        ("success_metric.baseline", 90, 91, True),
        ("success_metric.baseline", True, 91, False),
        ("charter.organization", None, "Acme", True),
        ("charter.organization", "", "Acme", True),
        ("success_metric.guardrails[2]", None, {"id": "calls", "at_most": 3.0}, True),
        ("success_metric.guardrails[5]", None, {"id": "calls", "at_most": 3.0}, False),
        ("success_metric.guardrails.nothing.at_most", 3.0, 4.0, False),
        ("success_metric.guardrails.hours.at_most", 10, None, True),
    ],
)
def test_a_change_adds_replaces_or_removes_a_value(path: str, old: Any, new: Any, counts: bool) -> None:
    change = amendment((path, old, new))
    result = charter_in_force(small_charter(), stored_amendment(change), 2)
    if not counts:
        assert result == small_charter()
    else:
        assert paths.get_value(result, path) == new


def test_items_are_removed_by_their_positions_before_the_amendment() -> None:
    document = small_charter(scope={"no_gos": [{"item": name, "why": "no"} for name in "pqrs"]})
    change = amendment(
        ("scope.no_gos[0]", {"item": "p", "why": "no"}, None),
        ("scope.no_gos.r", {"item": "r", "why": "no"}, None),
        ("scope.no_gos[4]", None, {"item": "t", "why": "new"}),
        ("scope.no_gos[5]", None, {"item": "u", "why": "new"}),
    )
    amended = charter_in_force(document, stored_amendment(change), 2)
    assert [no_go["item"] for no_go in amended["scope"]["no_gos"]] == ["q", "s", "t", "u"]


def test_the_charter_passed_in_is_not_changed() -> None:
    document = small_charter()
    original = copy.deepcopy(document)
    milestone_b = document["plan"]["milestones"][1]
    change = amendment((VOLUME, 25, 26), ("plan.milestones.B", milestone_b, None))
    charter_in_force(document, stored_amendment(change))
    assert document == original


def test_each_version_names_its_amendment() -> None:
    original, amended = judge_amendments(
        small_charter(), stored_amendment(amendment((VOLUME, 25, 26)))
    ).versions
    assert (original.from_week, original.amendment) == (0, None)
    assert (amended.from_week, amended.amendment and amended.amendment.id) == (2, "A1")


SIGNERS_BESIDE_SPONSOR_AND_OWNER: list[tuple[str, set[str]]] = [
    ("success_metric.unit", set()),
    ("budget.sprint_cost", set()),
    ("timeline.checkin_day", set()),
    ("owner.deputy", set()),
    ("use_case.statement", set()),
    ("process.lead", {"suvi"}),
    ("process.steps[0].rule", {"suvi"}),
    ('data_requirements."Web enquiry form".access', {"mirela"}),
    ("data_requirements[1].fields", {"tunde"}),
    ("data_requirements", {"mirela", "tunde"}),
    ("integration_points[0].action", {"tunde"}),
    ("deliverable.statement", {"hollis"}),
    ("plan.milestones.M1.weight", {"hollis"}),
]


def people_who_must_sign(change: Amendment, document: dict[str, Any]) -> set[str]:
    return set(required_people(change, document, apply_amendment(document, change)[0]))


@pytest.mark.parametrize(("path", "others"), SIGNERS_BESIDE_SPONSOR_AND_OWNER)
def test_sponsor_owner_and_the_party_of_the_section_must_sign(path: str, others: set[str]) -> None:
    document = example_sprint("lead").document
    assert people_who_must_sign(amendment((path, 1, 2)), document) == {"bram", "odile"} | others
    assert people_who_must_sign(amendment((path, 1, 2), kind="editorial"), document) == {"bram", "odile"}


def test_a_new_source_is_signed_by_the_data_owner_that_it_names() -> None:
    document = example_sprint("lead").document
    added = amendment(("data_requirements[2]", None, {"name": "Phone log", "data_owner": "hollis"}))
    assert people_who_must_sign(added, document) == {"bram", "odile", "hollis"}
    assert ("data", "hollis") in signers(added, document, apply_amendment(document, added)[0])


def test_a_new_owner_signs_and_the_previous_one_does_not() -> None:
    document = small_charter()
    assert people_who_must_sign(amendment(("owner.person", "olga", "dan")), document) == {"ann", "dan"}


def test_a_removed_source_is_signed_by_its_owner_even_if_others_move_up() -> None:
    document = example_sprint("lead").document
    for index, owner in ((0, "mirela"), (1, "tunde")):
        source = document["data_requirements"][index]
        for path in (f"data_requirements[{index}]", f'data_requirements."{source["name"]}"'):
            assert people_who_must_sign(amendment((path, source, None)), document) == {"bram", "odile", owner}


def test_without_named_signatories_sponsor_and_owner_sign() -> None:
    assert people_who_must_sign(amendment((VOLUME, 25, 26)), small_charter()) == {"ann", "olga"}
    assert signatories(parse_lenient(small_charter()).charter) == [("sponsor", "ann"), ("owner", "olga")]
