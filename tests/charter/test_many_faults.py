"""A document with very many faults is parsed in linear time, and the messages about it are limited."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from typing import Any

import pytest

from sprintkit.charter.parsing import parse_lenient
from sprintkit.errors import InputError, Problem, limit_by_file, merge_by_file
from sprintkit.records.checkin import CheckIn
from sprintkit.records.parsing import parse_record


def unknown_tables(count: int) -> dict[str, Any]:
    return {f"wat{number}": {"a": 1} for number in range(count)}


def wrong_milestones(count: int) -> dict[str, Any]:
    return {"plan": {"milestones": [{"title": number} for number in range(count)]}}


def wrong_choices(count: int) -> dict[str, Any]:
    return {"owner": {"duties": ["wat"] * count}, "people": {f"p{number}": 1 for number in range(count)}}


def refuse_checkin(document: dict[str, Any]) -> None:
    with pytest.raises(InputError):
        parse_record(CheckIn, document)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("make_document", "parse"),
    [
        (unknown_tables, parse_lenient),
        (wrong_milestones, parse_lenient),
        (wrong_choices, parse_lenient),
        (unknown_tables, refuse_checkin),
    ],
)
def test_time_grows_with_the_number_of_faults_and_not_with_its_square(
    make_document: Callable[[int], dict[str, Any]], parse: Callable[[dict[str, Any]], object]
) -> None:
    def cpu_seconds(count: int) -> float:
        document, costs = make_document(count), []
        for _ in range(3):
            gc.collect()
            gc.disable()  # a collection would also go through the objects of earlier tests
            start = time.process_time()
            parse(document)
            costs.append(time.process_time() - start)
            gc.enable()
        return min(costs)

    cpu_seconds(100)  # to warm up
    assert cpu_seconds(8000) < 16 * cpu_seconds(1000) + 0.05


def test_every_fault_is_reported_in_order() -> None:
    parsed = parse_lenient(wrong_milestones(300))
    assert [fault.path for fault in parsed.faults] == [f"plan.milestones[{n}].title" for n in range(300)]
    assert len(parsed.charter.plan.milestones) == 300


def test_a_file_gets_a_hundred_messages_and_the_count_of_the_rest() -> None:
    problems = [Problem("x", f"message {number}", path) for path in ("a", "b") for number in range(250)]
    limited = limit_by_file(problems)
    assert len(limited) == 202 and limited[100] == Problem("more", "and 150 more", "a")
    assert limit_by_file(limited) == limited
    assert limit_by_file(problems[:100]) == problems[:100]
    first, _ = merge_by_file(problems)
    assert first.message.endswith("message 99 and 150 more")
