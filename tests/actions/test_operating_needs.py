"""What home says of a sprint that is operated: a review that is due, a flag, a day that comes."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sprintkit.actions.context import open_context
from sprintkit.actions.demo_workspace import find_samples
from sprintkit.actions.status.attention import CLOSED, NEEDS, attention_for
from sprintkit.actions.status.home import home_rows
from sprintkit.store.save import ANY_VERSION, save_file
from tests.conftest import example

APRIL, MAY = example("lead.records")["reviews"]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace with the lead example, closed on 27 March, to be confirmed by 29 May, and never reviewed."""
    target = tmp_path / "sprints" / "lead"
    shutil.copytree(Path(find_samples()) / "sprints/lead-routing", target)
    shutil.rmtree(target / "reviews")
    return tmp_path


def review(root: Path, record: dict[str, Any], **fields: Any) -> None:
    path = f"sprints/lead/reviews/{record['month']}.toml"
    save_file(str(root), path, {"schema": 1, **record, **fields}, expected=ANY_VERSION)


def needs_on(root: Path, day: date, **more: Any) -> tuple[int, tuple[str, ...]]:
    """The group of the sprint on home, and what it needs."""
    (row,) = home_rows(open_context(str(root), day)) or ()
    attention = attention_for({**row, **more}, day)
    return attention.group, attention.needs


def test_nothing_is_needed_in_the_month_of_the_closing_and_the_next_one(root: Path) -> None:
    assert needs_on(root, date(2026, 3, 30)) == needs_on(root, date(2026, 4, 30)) == (CLOSED, ())


def test_a_review_is_due_once_its_month_is_over_and_the_flag_does_not_say_it_twice(root: Path) -> None:
    due = (NEEDS, ("The review of April 2026 is due",))
    assert needs_on(root, date(2026, 5, 1)) == needs_on(root, date(2026, 5, 10)) == due
    review(root, APRIL)
    assert needs_on(root, date(2026, 5, 10)) == (CLOSED, ())


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (date(2026, 5, 22), "Operating is to be confirmed by Fri 29 May"),
        (date(2026, 5, 29), "Operating is to be confirmed by Fri 29 May"),
        (date(2026, 5, 30), "Operating was to be confirmed by Fri 29 May"),
    ],
)
def test_a_coming_confirm_by_date_is_shown_a_week_before_and_until_it_is_answered(
    root: Path, day: date, sentence: str
) -> None:
    review(root, APRIL)
    assert needs_on(root, date(2026, 5, 21)) == (CLOSED, ())
    assert needs_on(root, day) == (NEEDS, (sentence,))
    review(root, MAY)
    assert needs_on(root, day) == (CLOSED, ())


def test_a_coming_decide_by_date_is_shown_too(root: Path) -> None:
    closing = root / "sprints/lead/closing.toml"
    text = closing.read_text("utf-8").replace("confirm_by = 2026-05-29", "decide_by = 2026-04-10")
    closing.write_text(text, "utf-8")
    assert needs_on(root, date(2026, 4, 2)) == (CLOSED, ())
    assert needs_on(root, date(2026, 4, 3)) == (NEEDS, ("To be closed again by Fri 10 Apr",))
    assert needs_on(root, date(2026, 4, 13)) == (NEEDS, ("It was to be closed again by Fri 10 Apr",))


def test_flags_of_the_last_month_are_named_and_a_stop_comes_first(root: Path) -> None:
    review(root, APRIL, metric=81.0, held_oldest_days=9)
    assert needs_on(root, date(2026, 5, 4)) == (NEEDS, ("Pile-up: The oldest held case waited 9 days",))
    review(root, MAY, metric=82.0, users_active=3, decision="stop")
    assert needs_on(root, date(2026, 6, 1))[1] == (
        "The review of May 2026 decided to stop: close it",
        "Stop due: The metric reads 82 working minutes in May 2026, past the stop line of 80",
        "Deserted: 3 of 20 users used it",
    )


def test_a_begun_review_is_shown_while_the_sprint_is_operated(root: Path) -> None:
    begun = (NEEDS, ("A review is begun and not saved",))
    assert needs_on(root, date(2026, 4, 30), review_begun=True) == begun
