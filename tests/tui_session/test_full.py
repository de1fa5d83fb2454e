"""The lead example, a full charter, typed through the session's own keys and controls."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.scope.apply_answers import apply_answers
from sprintkit.actions.session.outline import question_paths
from sprintkit.charter import paths
from sprintkit.charter.parsing import parse_lenient
from sprintkit.charter.questions import SECTIONS, Section
from sprintkit.store import files
from sprintkit.tui.app import SprintApp
from tests.actions.session_helpers import answers_of, make_context, reopen_session
from tests.conftest import example
from tests.tui.helpers import wait_until
from tests.tui_session.helpers import (
    current_session,
    focused_path,
    is_open,
    open_session,
    paste,
    post_key,
    post_text,
    question_list,
    settle,
)


class Typist:
    """Types the answers of an example with the keys that a person would use."""

    def __init__(self, app: SprintApp, answers: dict[str, str]) -> None:
        self.app = app
        self.answers = answers
        """What is still to be typed, by path."""
        self.keys = 0

    @property
    def section(self) -> Section:
        section: Section = self.app.screen.section  # type: ignore[attr-defined]
        return section

    async def wait_until(self, condition: Callable[[], object]) -> None:
        end = time.monotonic() + 15
        while not condition():
            assert time.monotonic() < end, f"stuck at {question_list(self.app).spot}"
            await asyncio.sleep(0.001)

    async def press(self, key: str) -> None:
        """Presses a key that moves the focus, and waits until it has."""
        before = question_list(self.app).spot
        post_key(self.app, key)
        self.keys += 1
        await self.wait_until(
            lambda: not is_open(self.app, "SessionScreen") or question_list(self.app).spot != before
        )

    async def answer(self) -> None:
        """Types the answer to the question in focus, unless the session has suggested it."""
        text = self.answers.pop(focused_path(self.app))
        if question_list(self.app).active_question.text != text:
            post_key(self.app, "ctrl+u")
            post_text(self.app, text)
            await settle(self.app)

    async def go_to(self, path: str) -> None:
        """Moves to a question, adding the item it belongs to if that is not there yet."""
        if path not in question_paths(current_session(self.app).analysis, self.section.key):
            await self._add_item_of(path)
        while focused_path(self.app) != path:
            before = focused_path(self.app)
            await self.press("tab")
            assert is_open(self.app, "SessionScreen"), f"from {before} on the way to {path}"

    async def _add_item_of(self, path: str) -> None:
        parts = paths.parse(path)
        end = max(position for position, part in enumerate(parts) if isinstance(part, int))
        list_path, index = paths.format_path(parts[:end]), parts[end]
        if index and self.app.screen._list_path() == list_path:  # type: ignore[attr-defined]
            await self.press("ctrl+t")
            return
        while question_list(self.app).spot != ("add", list_path):
            await self.press("down")
        await self.press("enter")

    async def type_section(self, order: Sequence[str]) -> None:
        """Takes over what the session suggests for the open section, then types the rest in the order asked."""
        if any(row.kind == "suggested" for row in question_list(self.app).rows):
            while question_list(self.app).spot.kind != "suggested":
                await self.press("down")
            await self.press("enter")
            await self.press("enter")
        paths_to_type = [path for path in order if path in self.answers]
        while paths_to_type and focused_path(self.app) != paths_to_type[0]:
            await self.press("shift+tab" if focused_path(self.app) in order else "down")
        for path in paths_to_type:
            await self.go_to(path)
            await self.answer()

    async def type_roles(self, roles: dict[str, str]) -> None:
        """Types what each person does, as F7 leads to them."""
        while roles:
            await self.press("f7")
            path = focused_path(self.app)
            name = current_session(self.app).text(path.removesuffix(".role") + ".name")
            self.answers[path] = roles.pop(f"people.@{name}.role")
            await self.answer()


def without_sections(document: dict[str, Any], keys: Sequence[str]) -> dict[str, Any]:
    """A document without the answers of some sections."""
    for section in SECTIONS:
        if section.key in keys:
            for root in section.roots:
                document = paths.delete_value(document, root)
    return document


@pytest.fixture
def given(tmp_path: Path) -> WorkspaceContext:
    """The lead example as `scope --from` saves it, in the sprint `given`."""
    context = make_context(tmp_path / "given")
    apply_answers(context, "given", source=example("lead"))
    return context


def paths_by_section(context: WorkspaceContext) -> dict[str, list[str]]:
    """The paths of all questions of the sprint `given`, in the order asked."""
    analysis = reopen_session(context, "given").analysis
    return {section.key: question_paths(analysis, section.key) for section in SECTIONS}


async def save_charter(app: SprintApp, pilot: Pilot[int]) -> None:
    """Goes from the session to the review, and saves."""
    await pilot.press("f8")
    await wait_until(pilot, lambda: is_open(app, "CharterReviewScreen"))
    assert current_session(app).analysis.findings == ()
    await pilot.press("ctrl+s")
    await wait_until(pilot, lambda: is_open(app, "SavedScreen"))


def charter_of(context: WorkspaceContext, slug: str) -> dict[str, Any]:
    return files.load_file(context.root, f"sprints/{slug}/charter.toml").document


@pytest.mark.slow
async def test_sections_typed_by_keys_equal_those_of_the_file_given_to_scope(
    given: WorkspaceContext, tmp_path: Path
) -> None:
    keys = ("process", "signoff")
    context, lead = make_context(tmp_path / "typed"), example("lead")
    apply_answers(context, "given", source=without_sections(lead, keys))
    order = paths_by_section(given)
    async with open_session(context, "given", (80, 24)) as (app, pilot):
        for key in keys:
            app.screen.open_place(key)  # type: ignore[attr-defined]
            answers = {path: text for path, text in answers_of(lead) if path in order[key]}
            await Typist(app, answers).type_section(order[key])
            assert not answers
        await save_charter(app, pilot)
    assert charter_of(context, "given") == charter_of(given, "given")


@pytest.mark.soak  # repeats the test above for all sections
async def test_all_questions_typed_by_keys_equal_the_file_given_to_scope(
    given: WorkspaceContext, tmp_path: Path
) -> None:
    context = make_context(tmp_path / "typed")
    order = paths_by_section(given)
    answers = dict(answers_of(example("lead")))
    roles = {path: answers.pop(path) for path in list(answers) if path.startswith("people.")}
    roles = {path: text for path, text in roles.items() if path.endswith(".role")}
    async with open_session(context, None) as (app, pilot):
        await paste(app, pilot, answers.pop("charter.title"))
        await pilot.press("tab", "right", "enter")
        await wait_until(pilot, lambda: is_open(app, "SessionScreen"))
        typist = Typist(app, answers)
        await typist.press("shift+tab")
        await typist.press("shift+tab")
        assert focused_path(app) == "charter.id"
        for section in SECTIONS:
            if typist.section is not section:
                await typist.press("f4")
            assert typist.section is section
            await typist.type_section(order[section.key])
        assert not answers
        await typist.type_roles(roles)
        slug = current_session(app).slug
        await save_charter(app, pilot)
    charter = charter_of(context, slug)
    assert charter == charter_of(given, "given")
    assert parse_lenient(charter).faults == ()
    print(f"\n{typist.keys} keys that type no text")
