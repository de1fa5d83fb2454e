"""A row that is kept over days is the row of each of those days."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from sprintkit.actions.context import WorkspaceContext, open_context
from sprintkit.actions.demo_workspace import SAMPLES, create_demo_workspace
from sprintkit.actions.load_sprint import load_records
from sprintkit.actions.status import entries
from sprintkit.actions.status.entries import cache_entries, cached_entry, read_entry
from sprintkit.store.cache.listing import SprintIndex
from tests.conftest import soak

TODAY = date(2026, 11, 18)
ONE_DAY = timedelta(days=1)
BEFORE = timedelta(weeks=12)
"""The first day that is looked at: the samples have been signed, corrected and closed since."""
SPANS = soak(400)


class KeptEntries(SprintIndex):
    """An index in memory, of which every value is new enough to be kept."""

    def __init__(self) -> None:
        self.spans: dict[str, Any] = {}

    def can_store(self, slug: str) -> bool:
        return True

    def get(self, slug: str, key: str) -> Any:
        return self.spans.get(slug)

    def put(self, slug: str, key: str, value: Any) -> None:
        self.spans[slug] = value

    def file_stamp(self, path: str) -> str:
        return ""


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> WorkspaceContext:
    """The demo: sprints in every state, with amendments, corrections and reviews."""
    folder = tmp_path_factory.mktemp("demo")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tempfile.tempdir", str(folder))
        demo = create_demo_workspace(TODAY).data
    assert demo is not None
    return open_context(demo["path"], TODAY)


@pytest.mark.slow
@pytest.mark.parametrize("slug", [sample.slug for sample in SAMPLES])
def test_a_kept_row_equals_the_row_of_the_day(slug: str, context: WorkspaceContext) -> None:
    sprint = load_records(context, slug)
    index, day, looked_at = KeptEntries(), TODAY - BEFORE, 0
    while looked_at < SPANS:
        today = context.on_day(day)
        cache_entries(today, index, slug)
        for first, end, entry in index.spans[slug]:
            for ordinal in {first, (first + end) // 2, end - 1}:
                on = date.fromordinal(ordinal)
                assert entries._entry_of(context.on_day(on), sprint) == entry, on
            looked_at += 1
        day = date.fromordinal(index.spans[slug][-1][1])


def test_the_next_days_are_kept_with_today(context: WorkspaceContext) -> None:
    for slug in context.workspace.slugs():
        index = KeptEntries()
        assert cache_entries(context, index, slug) == read_entry(context, slug)
        for days in range(7):
            day = TODAY + days * ONE_DAY
            assert cached_entry(index, slug, day) == read_entry(context.on_day(day), slug)
        assert cached_entry(index, slug, TODAY - ONE_DAY) is None
        assert cached_entry(index, slug, TODAY + timedelta(weeks=4)) is None


def test_the_last_days_of_all_calendars_are_kept(context: WorkspaceContext) -> None:
    index = KeptEntries()
    for day in (date.max - ONE_DAY, date.max):
        for slug in ("price-exceptions", "referral-intake"):
            assert cache_entries(context.on_day(day), index, slug) == read_entry(context.on_day(day), slug)


def test_a_broken_sprint_is_not_kept(context: WorkspaceContext) -> None:
    folder = Path(context.root) / "sprints/broken"
    folder.mkdir()
    (folder / "charter.toml").write_text("title =", "utf-8")
    index = KeptEntries()
    assert cache_entries(context, index, "broken")["problems"]
    assert "broken" not in index.spans
