"""No state is without a next step: on home and on the page, a key that works now offers it."""

from __future__ import annotations

from typing import Any

import pytest
import tomli

from sprintkit.actions.demo_records import approvals
from sprintkit.progress.state import State
from sprintkit.text.labels import STATE_STYLES
from sprintkit.tui import key_bindings
from sprintkit.tui.screens.home import HomeScreen
from sprintkit.tui.screens.sprint import SprintScreen
from tests.tui.conftest import OpenApp
from tests.tui.helpers import focus_sprint, sprint_app, wait_until
from tests.tui.workspace_builder import WorkspaceBuilder

NEXT_STEPS: dict[str, tuple[State, tuple[str, ...]]] = {
    "claims": ("scoping", ("scope",)),
    "broken": ("broken", ("open", "scope")),
    "next": ("chartered", ("sign",)),
    "half": ("partly_signed", ("sign",)),
    "agreed": ("signed", ("checkin",)),
    "calm": ("running", ("checkin",)),
    "due": ("due", ("close", "checkin")),
    "works": ("operating", ("review",)),
    "stopped": ("stopped", ("documents",)),
}
"""A sprint in each state, and the names of the commands that are its next step; the first one there is counts."""


def next_step(scope: str, names: tuple[str, ...]) -> str:
    """The id of the command that is the next step on a screen."""
    known = {command.id for command in key_bindings.COMMANDS}
    return next(command for name in names if (command := f"{scope}.{name}") in known)


def active_commands(screen: Any) -> set[str]:
    """The ids of the commands whose key works on a screen now."""
    return {binding.id for _, binding, enabled, _ in screen.active_bindings.values() if enabled}


@pytest.fixture
def every_state(all_states: WorkspaceBuilder) -> WorkspaceBuilder:
    """A workspace with a sprint in every state, two of them signed in part and in full."""
    for slug, count in (("half", 3), ("agreed", 99)):
        all_states.add_sprint("lead-routing", slug, -2, title=slug)
        path = all_states.root / f"sprints/{slug}/charter.toml"
        charter = tomli.loads(path.read_text("utf-8"))
        for file, document in approvals(all_states.workspace, slug, charter, count, all_states.today):
            all_states.write_file(file, document)
    return all_states


def test_every_state_is_walked() -> None:
    assert sorted(state for state, _ in NEXT_STEPS.values()) == sorted(STATE_STYLES)


@pytest.mark.slow
async def test_a_key_offers_the_next_step_of_every_state_on_home_and_on_the_page(
    every_state: WorkspaceBuilder, open_app: OpenApp
) -> None:
    async with open_app(every_state.root) as pilot:
        app, home = sprint_app(pilot), pilot.app.screen
        assert isinstance(home, HomeScreen)
        await wait_until(pilot, lambda: home.rows)
        states = {row["slug"]: row["state"] for row in home.rows}
        for slug, (state, names) in NEXT_STEPS.items():
            assert states[slug] == state
            focus_sprint(pilot, slug)
            await pilot.pause()
            step = next_step("home", names)
            assert step in active_commands(home), (slug, step)
            app.open("sprint", slug)
            await wait_until(pilot, lambda: isinstance(app.screen, SprintScreen) and app.screen.view)
            step = next_step("sprint", names)
            assert step in active_commands(app.screen), (slug, step)
            await pilot.press("escape")
            await wait_until(pilot, lambda: app.screen is home)
