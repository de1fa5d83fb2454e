"""The demo shows its sprints as promised on every weekday, and the samples are the examples."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import tomli

from sprintkit.actions.check.check import check
from sprintkit.actions.context import open_context
from sprintkit.actions.demo_workspace import SAMPLES, create_demo_workspace, find_samples, shift_dates
from sprintkit.actions.load_sprint import load_records
from sprintkit.actions.review.basis import sprint_operation
from sprintkit.actions.status.status import show_status
from sprintkit.records.kinds import AMENDMENT, CHECKIN, CLOSING, REVIEW
from sprintkit.store.sprint_files import load_sprint
from sprintkit.store.workspace import Workspace
from tests.conftest import example

EXAMPLES = {"lead-routing": "lead", "price-exceptions": "price", "referral-intake": "referral"}
MONDAY = date(2026, 11, 16)


@pytest.fixture(autouse=True)
def own_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    yield


@pytest.mark.parametrize("slug", EXAMPLES)
def test_the_samples_are_the_examples(slug: str) -> None:
    sprint = load_sprint(Workspace(find_samples()), slug)
    records = example(f"{EXAMPLES[slug]}.records")
    assert not sprint.problems
    assert sprint.charter is not None and sprint.charter.document == example(EXAMPLES[slug])
    assert [record.document for record in sprint.records_of(CHECKIN)] == [
        {"schema": 1, **record} for record in records["checkins"]
    ]
    assert [file.document for file in sprint.records_of(CLOSING)] == [{"schema": 1, **records["closing"]}]
    assert [record.document for record in sprint.records_of(AMENDMENT)] == [
        {"schema": 1, **record} for record in records.get("amendments", [])
    ]
    assert [record.document for record in sprint.records_of(REVIEW)] == [
        {"schema": 1, **record} for record in records.get("reviews", [])
    ]


@pytest.mark.parametrize("days", range(7))
def test_on_every_weekday_one_sample_is_in_mid_sprint_one_waits_and_one_is_closed(days: int) -> None:
    today = MONDAY + timedelta(days=days)
    workspace = Workspace(create_demo_workspace(today).data["path"])  # type: ignore[index]
    assert workspace.slugs() == sorted(sample.slug for sample in SAMPLES)
    assert_states(workspace.root, today)

    def week(slug: str) -> int:
        charter = load_sprint(workspace, slug).charter
        assert charter is not None
        start: date = charter.document["timeline"]["start"]
        assert start.weekday() == 0
        return 1 + (today - start).days // 7

    lead, price, referral = (load_sprint(workspace, slug) for slug in EXAMPLES)
    assert week("lead-routing") == 4
    assert len(lead.records_of(CHECKIN)) == (3 if days < 4 else 4)
    assert lead.records_of(CLOSING) == () and lead.records_of(REVIEW) == ()
    due = today - timedelta(days=(today.weekday() - 2) % 7)
    assert [sample.document["week"] for sample in price.records_of(CHECKIN)] == [1, 2]
    assert price.records_of(CHECKIN)[-1].document["on"] == due - timedelta(days=7)
    assert price.records_of(CLOSING) == ()
    (closing,) = referral.records_of(CLOSING)
    assert closing.document["on"] < today


def assert_states(root: str, today: date) -> None:
    """Every sprint is where the demo promises it."""
    context = open_context(root, today)
    data = show_status(context).data
    assert data is not None
    assert {row["slug"]: (row["state"], row["signatures"]["given"]) for row in data["sprints"]} == {
        "lead-routing": ("running", 0),
        "price-exceptions": ("running", 0),
        "referral-intake": ("stopped", 0),
        "referral-second-clinic": ("partly_signed", 3),
        "price-exceptions-parts": ("due", 0),
        "lead-routing-south": ("operating", 0),
    }
    row: Any = show_status(context, "price-exceptions").data
    assert [amendment["state"] for amendment in row["sprints"][0]["amendments"]] == ["in_force", "proposed"]
    row = show_status(context, "lead-routing-south").data
    months = row["sprints"][0]["reviews"]
    assert len(months) in (2, 3) and months[-1]["flags"] == ["pile-up"]
    assert not any(month["flags"] for month in months[:-1])


@pytest.mark.slow
def test_nothing_in_the_demo_is_refused() -> None:
    checked = check(open_context(create_demo_workspace(MONDAY).data["path"], MONDAY))  # type: ignore[index]
    assert not checked.errors and checked.exit_code == 0


@pytest.mark.parametrize("months", [0, 1, 5, 9])
def test_in_every_month_the_last_review_has_the_only_flag_and_operating_is_confirmed(months: int) -> None:
    today = date(2026 + (months + 1) // 12, (months + 1) % 12 + 1, 1) - timedelta(days=months % 3)
    context = open_context(create_demo_workspace(today).data["path"], today)  # type: ignore[index]
    operation = sprint_operation(load_records(context, "lead-routing-south"), today, context.settings)
    assert operation is not None and operation.due_month is None and operation.confirmation is not None
    assert [month.flag_names for month in operation.months if month.flags] == [["pile-up"]]
    assert operation.months[-1].flags and operation.confirmation.metric_state == "reached"


def test_the_demo_has_no_checkin_dated_after_today() -> None:
    root = Path(create_demo_workspace(MONDAY).data["path"])  # type: ignore[index]
    for path in root.rglob("checkins/*.toml"):
        assert tomli.loads(path.read_text("utf-8"))["on"] <= MONDAY


def test_the_demo_says_that_it_is_a_demo_and_where_it_is() -> None:
    result = create_demo_workspace(MONDAY)
    assert result.data is not None
    assert "demo" in result.notes[0] and result.data["path"] in result.notes[0]


@pytest.mark.parametrize(
    ("text", "moved"),
    [
        ("rota of 16 February", "rota of 2 March"),
        ("check log 2-6 March", "check log 16-20 March"),
        ("check log 20-24 March", "check log 3-7 April"),
        ("exception log 11-13 May", "exception log 25-27 May"),
        ("check log 16-20 March", "check log 30 March to 3 April"),
        ("you may not march on", "you may not march on"),
        ("30 February", "30 February"),
    ],
)
def test_dates_in_texts_are_shifted(text: str, moved: str) -> None:
    document = shift_dates({"note": [text], "on": date(2026, 2, 16)}, timedelta(weeks=2), date(2026, 2, 16))
    assert document == {"note": [moved], "on": date(2026, 3, 2)}
