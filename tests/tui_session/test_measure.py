"""A source is measured in the session: measured values are shown beside typed ones, and accepted by keys."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest

from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.probe.record import as_probe
from sprintkit.actions.session.autosave import open_sprint
from sprintkit.actions.session.session import Session
from sprintkit.errors import InputError
from sprintkit.measure.recipe import SourceRecipe
from sprintkit.measure.report import CheckResult, FieldMeasures, ProbeReport
from sprintkit.tui.screens.session import measure
from sprintkit.tui.screens.session.prompt import PromptScreen
from tests.actions.session_helpers import reopen_session
from tests.tui.helpers import screen_text, wait_until
from tests.tui_session.conftest import CopyOf, build_lead_charter
from tests.tui_session.helpers import current_session, go_to, is_open, open_session, paste

PLACE = "data_requirements[0]"
REPORT = ProbeReport(
    source="Web enquiry form",
    rows=5200,
    unreadable=0,
    duplicate_count=None,
    stale_count=None,
    file_digest="c" * 64,
    recipe_digest="b" * 64,
    fields={
        "site_postcode": FieldMeasures(rows=5200, null_count=0, placeholder_count=104, distinct_count=5000)
    },
    checks=(
        CheckResult(field="site_postcode", check="no_placeholder_pct", at_least=90.0, value=98.0, met=True),
    ),
)
Measure = Callable[..., Any]


@pytest.fixture
def lead(copy_of: CopyOf) -> WorkspaceContext:
    return copy_of(build_lead_charter)


def answer_with(monkeypatch: pytest.MonkeyPatch, function: Measure) -> None:
    """Have `function` measure, in place of the process."""
    monkeypatch.setattr(measure, "measure_requirement", function)


async def test_lines_are_taken_over_one_by_one_or_all_and_undone(
    lead: WorkspaceContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer_with(monkeypatch, lambda *_, **__: (REPORT, SourceRecipe(name="Web enquiry form")))
    async with open_session(lead, "lead") as (app, pilot):
        await go_to(app, pilot, f"{PLACE}.system")
        assert "ctrl+r measure" in screen_text(app)
        before = current_session(app).document
        await pilot.press("ctrl+r")
        await wait_until(pilot, lambda: "5,200 rows, 0 unreadable" in screen_text(app))
        shown = screen_text(app)
        assert "site_postcode: placeholder" in shown and "≠ differs" in shown

        def source() -> Any:
            return current_session(app).document["data_requirements"][0]

        await pilot.press("down", "enter")
        assert source()["defects"][0]["rate_pct"] == 2.0
        assert "file_digest" not in source()["profiled"]
        await pilot.press("ctrl+z")
        assert current_session(app).document == before
        await pilot.press("a")
        assert source()["profiled"]["file_digest"] == "c" * 64
        assert source()["defects"][0]["rate_pct"] == 2.0
        assert source()["acceptance"] == before["data_requirements"][0]["acceptance"]
        await pilot.press("escape")
        await wait_until(pilot, lambda: is_open(app, "SessionScreen"))
        taken = current_session(app).document
    assert reopen_session(lead, "lead").document == taken


async def test_what_is_not_taken_over_is_a_finding_and_not_an_answer(
    lead: WorkspaceContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer_with(monkeypatch, lambda *_, **__: (REPORT, SourceRecipe(name="Web enquiry form")))
    async with open_session(lead, "lead") as (app, pilot):
        await go_to(app, pilot, f"{PLACE}.system")
        before = current_session(app).document
        await pilot.press("ctrl+r")
        await wait_until(pilot, lambda: "5,200 rows, 0 unreadable" in screen_text(app))
        await pilot.press("escape")
        await wait_until(pilot, lambda: is_open(app, "SessionScreen"))
        session = current_session(app)
        assert session.document == before
        assert [finding.rule for finding in session.analysis.findings] == ["DAT-010"]


async def test_escape_ends_a_measurement_that_is_still_running(
    lead: WorkspaceContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended, is_waiting = threading.Event(), threading.Event()

    def measure_forever(*_: Any, on_progress: Callable[[str, float], None], **__: Any) -> Any:
        try:
            while not ended.wait(0.01):
                on_progress("reading", 0.25)
                is_waiting.set()
        finally:
            ended.set()

    answer_with(monkeypatch, measure_forever)
    async with open_session(lead, "lead") as (app, pilot):
        await go_to(app, pilot, f"{PLACE}.system")
        await pilot.press("ctrl+r")
        await wait_until(pilot, lambda: "reading 25%" in screen_text(app))
        await pilot.press("escape")
        await wait_until(pilot, lambda: is_open(app, "SessionScreen"))
        assert ended.wait(10)


async def test_without_a_recipe_the_file_is_asked_for_and_a_problem_is_reported(
    lead: WorkspaceContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    def measure_file(_context: Any, _slug: str, _requirement: Any, file: str | None, **_: Any) -> Any:
        if file is None:
            raise InputError("no file is named", code="usage", hint="Name the extract.")
        raise InputError("there is no such file", code="not_found", path=file)

    answer_with(monkeypatch, measure_file)
    async with open_session(lead, "lead", (80, 24)) as (app, pilot):
        await go_to(app, pilot, f"{PLACE}.system")
        await pilot.press("ctrl+r")
        await wait_until(pilot, lambda: isinstance(app.screen, PromptScreen))
        await paste(app, pilot, "gone.csv")
        await pilot.press("enter")
        await wait_until(pilot, lambda: "gone.csv: there is no such file" in screen_text(app))


async def test_the_key_is_there_only_on_a_source(lead: WorkspaceContext) -> None:
    async with open_session(lead, "lead") as (app, pilot):
        await go_to(app, pilot, "success_metric.unit")
        assert "ctrl+r measure" not in screen_text(app)


def test_after_an_approval_a_typed_rate_is_no_longer_compared(lead: WorkspaceContext) -> None:
    approved = Session(lead, open_sprint(lead, "lead")._replace(is_approved=True), lambda: 0.0)
    try:
        approved.compare_with(as_probe(REPORT, lead.today))
        assert approved.analysis.findings == ()
    finally:
        approved.close()
