"""What a closing changes and what it never does, for any closings on any days, in files of any order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sprintkit.actions.close.assessment import ClosingData, find_closing_assessment
from sprintkit.actions.context import WorkspaceContext, open_context
from sprintkit.actions.demo_workspace import find_samples
from sprintkit.actions.load_sprint import Sprint, load_records
from sprintkit.actions.sprint_view import build_view
from sprintkit.records.base import StoredRecord
from sprintkit.records.closing import Closing
from sprintkit.records.parsing import parse_record
from sprintkit.records.review import Review

START, END = date(2026, 2, 16), date(2026, 6, 30)
CLOSING = {
    "decided_by": "bram", "acceptance_met": [True, True], "readiness_open": [], "handover_open": [],
    "cost_actual": 1.0, "lesson": "x",
}  # fmt: skip
DAYS = st.dates(START, END)
CLOSINGS = st.lists(
    st.tuples(DAYS, st.sampled_from(["operate", "stop"])),
    min_size=1,
    max_size=4,
    unique_by=lambda pair: pair[0],
)


@cache
def context() -> WorkspaceContext:
    return open_context(find_samples(), START)


@cache
def open_sprint() -> Sprint:
    """The lead sample without its closing and reviews."""
    sprint = load_records(context(), "lead-routing")
    return replace(sprint, by_model={**sprint.by_model, Closing: (), Review: ()})


def stored_closings(pairs: list[tuple[date, str]]) -> list[StoredRecord[Closing]]:
    """Closings as files of the sprint: the first one is `closing.toml`, the others are named by their days."""
    closings = []
    for index, (day, verdict) in enumerate(sorted(pairs)):
        name = f"closing-{day}.toml" if index else "closing.toml"
        record = parse_record(Closing, {"on": day, "verdict": verdict, **CLOSING})
        closings.append(StoredRecord(f"sprints/lead-routing/{name}", record))
    return closings


def closed(closings: list[StoredRecord[Closing]]) -> Sprint:
    sprint = open_sprint()
    return replace(sprint, by_model={**sprint.by_model, Closing: tuple(closings)})


def status(sprint: Sprint, day: date) -> tuple[Any, ClosingData | None]:
    """What `status` says of the sprint on a day."""
    on_day = WorkspaceContext(context().workspace, day)
    assessment = find_closing_assessment(on_day, sprint, day)
    return build_view(on_day, sprint).row, None if assessment is None else assessment.as_data()


@settings(max_examples=25)
@given(CLOSINGS, DAYS)
def test_a_closing_never_changes_what_status_says_of_an_earlier_day(
    pairs: list[tuple[date, str]], day: date
) -> None:
    later = [(on, verdict) for on, verdict in pairs if on > day]
    before = [(on, verdict) for on, verdict in pairs if on <= day]
    assert status(closed(stored_closings(before)), day) == status(
        closed(stored_closings(before + later)), day
    )


@settings(max_examples=25)
@given(CLOSINGS, DAYS, st.randoms(use_true_random=False))
def test_the_latest_closing_counts_whatever_the_order_of_files(
    pairs: list[tuple[date, str]], day: date, random: Any
) -> None:
    closings = stored_closings(pairs)
    shuffled = list(closings)
    random.shuffle(shuffled)
    row, assessment = status(closed(shuffled), day)
    assert (row, assessment) == status(closed(closings), day)
    counting = [verdict for on, verdict in sorted(pairs) if on <= day]
    if counting:
        assert assessment is not None
        assert (row["state"], assessment["recorded"]) == (
            {"operate": "operating", "stop": "stopped"}[counting[-1]],
            counting[-1],
        )
    else:
        assert row["state"] not in ("operating", "stopped")


def test_of_two_closings_on_one_day_the_later_file_counts() -> None:
    first, second = stored_closings([(END, "operate"), (END + timedelta(days=1), "stop")])
    second = StoredRecord(second.path, second.record.model_copy(update={"on": END}))
    for order in ([first, second], [second, first]):
        assert status(closed(order), END)[0]["state"] == "stopped"
