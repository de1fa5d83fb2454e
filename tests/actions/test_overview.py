"""The rows of home: cached until something changes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sprintkit.actions.context import open_context
from sprintkit.actions.status import home as overviews
from sprintkit.actions.status.attention import attention_for
from sprintkit.actions.status.home import cached_home_rows, home_rows
from tests.conftest import make_files_old
from tests.tui.workspace_builder import TODAY, WorkspaceBuilder, three_samples


@pytest.fixture
def world(tmp_path: Path) -> WorkspaceBuilder:
    """The three samples, untouched for a while."""
    world = three_samples(tmp_path / "w")
    make_files_old(world.root)
    return world


def titles(rows: object) -> list[str]:
    assert isinstance(rows, list)
    return [row["title"] for row in rows]


def test_cached_rows_stay_until_home_looks_at_the_files_again(world: WorkspaceBuilder) -> None:
    context = open_context(str(world.root), TODAY)
    assert cached_home_rows(context) == [], "nothing was looked at yet"
    before = home_rows(context)
    assert cached_home_rows(context) == before
    charter = world.root / "sprints/lead-routing/charter.toml"
    charter.write_text(charter.read_text("utf-8").replace("Every hire enquiry", "Each hire enquiry"), "utf-8")
    assert cached_home_rows(context) == before
    current = titles(home_rows(context))
    assert "Each hire enquiry to one rep in minutes" in current and len(current) == 3


def test_broken_sprints_are_read_again_although_no_file_time_changed(
    world: WorkspaceBuilder, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.add_broken_sprint("half-written")
    make_files_old(world.root)
    context = open_context(str(world.root), TODAY)
    rows = home_rows(context)
    read: list[str] = []
    cache_entries = overviews.cache_entries

    def recording(*args: object) -> object:
        read.append(str(args[2]))
        return cache_entries(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(overviews, "cache_entries", recording)
    assert home_rows(context) == rows and read == ["half-written"]


def test_reading_the_sprints_can_be_cancelled_and_goes_on_where_it_was(
    world: WorkspaceBuilder, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_files_old(world.root)
    context = open_context(str(world.root), TODAY)
    read: list[str] = []
    cache_entries = overviews.cache_entries

    def recording(*args: object) -> object:
        read.append(str(args[2]))
        return cache_entries(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(overviews, "cache_entries", recording)
    assert home_rows(context, is_cancelled=lambda: len(read) == 1) is None and len(read) == 1
    rows = home_rows(context)
    assert rows is not None and sorted(read) == sorted(row["slug"] for row in rows), "each was read once"
    assert home_rows(context, use_cache=False, is_cancelled=lambda: True) is None


def test_a_parked_question_names_its_holder_and_when_it_is_due(world: WorkspaceBuilder) -> None:
    world.add_draft(
        "claims",
        charter={"title": "Claims letters", "depth": "lean"},
        people={"mirela": {"name": "Mirela Voss"}},
        parked=[
            {"path": "owner.person", "holder": "Tunde", "due": date(2026, 11, 27)},
            {"path": "use_case.statement", "holder": "mirela", "due": date(2026, 11, 12)},
        ],
    )
    rows = home_rows(open_context(str(world.root), TODAY))
    row = next(row for row in rows or [] if row["slug"] == "claims")
    assert attention_for(row, TODAY).needs == (
        "2 questions parked with Mirela Voss, Tunde, was due Thu 12 Nov",
    )
    assert attention_for(row, date(2026, 11, 10)).needs[0].endswith("by Thu 12 Nov")
