"""The check-in form reads the metric by its recipe while somebody types, and a key takes the reading over."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest

from sprintkit.actions.checkin import reading_offer
from sprintkit.actions.result import Result
from sprintkit.tui.app import Opening
from sprintkit.tui.screens.form.screen import FormScreen
from tests.tui.conftest import OpenApp
from tests.tui.helpers import screen_text, wait_until
from tests.tui.workspace_builder import WorkspaceBuilder

PRICE = Opening("checkin", "price-exceptions")
DATA = {
    "slug": "price-exceptions",
    "value": 61.0,
    "unit": None,
    "from": "2026-11-02",
    "to": "2026-11-19",
    "rows": 412,
    "recipe_digest": "d" * 64,
    "file_digest": "e" * 64,
    "comparable": None,
}


@pytest.fixture
def with_recipe(samples: WorkspaceBuilder) -> WorkspaceBuilder:
    path = samples.root / "sprints" / "price-exceptions" / "sources.toml"
    path.write_text('[metric]\nread = "data/x.csv"\nsql = "select 1 from source"\n', "utf-8")
    return samples


def metric_of(form: FormScreen) -> dict[str, Any]:
    """The reading of the record that the form would write now; its value is None while there is none."""
    return {"value": None, **form.form.build(form.answers).record.get("metric", {})}


async def test_a_key_takes_the_reading_over(
    with_recipe: WorkspaceBuilder, open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_end = threading.Event()

    def read(*_: Any, **__: Any) -> Result[Any]:
        assert may_end.wait(30)
        return Result(DATA)

    monkeypatch.setattr(reading_offer, "read_success_metric", read)
    async with open_app(with_recipe.root, opening=PRICE) as pilot:
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, FormScreen))
        await pilot.press("f4", "f4", "f4")
        assert "take the reading" not in screen_text(pilot.app)
        may_end.set()
        await wait_until(
            pilot, lambda: "read now: 61 of 412 rows, 2 to 19 November" in screen_text(pilot.app)
        )
        form = pilot.app.screen
        assert isinstance(form, FormScreen)
        assert "ctrl+t take the reading" in screen_text(pilot.app)
        assert "metric" not in form.form.build(form.answers).record
        await pilot.press("ctrl+t")
        await wait_until(pilot, lambda: metric_of(form)["value"] == 61.0)
        assert metric_of(form)["recipe_digest"] == "d" * 64
        await pilot.press("backspace", "0")
        await wait_until(pilot, lambda: metric_of(form)["value"] == 60.0)
        assert "recipe_digest" not in metric_of(form)


async def test_leaving_the_form_ends_a_reading_that_is_still_running(
    with_recipe: WorkspaceBuilder, open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended, has_begun = threading.Event(), threading.Event()

    def read(*_: Any, on_progress: Callable[[str, float], None], **__: Any) -> Result[Any]:
        try:
            while not ended.wait(0.01):
                has_begun.set()
                on_progress("reading", 0.5)
        finally:
            ended.set()
        raise AssertionError("it went on after the form was left")

    monkeypatch.setattr(reading_offer, "read_success_metric", read)
    async with open_app(with_recipe.root, opening=PRICE) as pilot:
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, FormScreen) and has_begun.is_set())
        await pilot.press("escape")
        await wait_until(pilot, lambda: not isinstance(pilot.app.screen, FormScreen))
        await wait_until(pilot, ended.is_set)
