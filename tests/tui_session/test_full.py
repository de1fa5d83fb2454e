"""The lead example, all 221 questions of it, typed through the session's own keys and controls."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from textual import events

from sprintkit.actions.scope.scope import apply_answers
from sprintkit.actions.session.outline import question_paths
from sprintkit.charter import paths
from sprintkit.charter.parsing import parse_lenient
from sprintkit.charter.questions import SECTIONS
from sprintkit.store import files
from sprintkit.tui.app import SprintApp
from tests.actions.session_kit import reopen, typed, workspace
from tests.conftest import example
from tests.tui_session.helpers import is_open, open_session, paste, current_session, question_list


class Typist:
    """Types what an example says, with the keys that a person would use."""

    def __init__(self, app: SprintApp, wanted: dict[str, str], order: list[str]) -> None:
        self.app, self.wanted, self.order = app, wanted, order
        self.keys = 0

    @property
    def here(self) -> str:
        """The path of the row in focus."""
        return question_list(self.app).spot.path

    async def until(self, holds: Callable[[], object]) -> None:
        end = time.monotonic() + 5
        while not holds():
            assert time.monotonic() < end, f"stuck at {question_list(self.app).spot}"
            await asyncio.sleep(0.001)

    async def key(self, name: str, moves: bool = True) -> None:
        """A key; waits until the focus has moved, if it is one that moves it."""
        before = question_list(self.app).spot
        self.app.post_message(events.Key(name, None))
        self.keys += 1
        if moves:
            await self.until(lambda: not is_open(self.app, "SessionScreen") or question_list(self.app).spot != before)

    async def answer(self) -> None:
        """What belongs to the question in focus."""
        text = self.wanted.pop(self.here, None)
        live = question_list(self.app).active_question
        if text is None or live.text == text:
            return
        self.app.post_message(events.Key("ctrl+u", None))
        self.app.post_message(events.Paste(text))
        await self.until(lambda: live.text.strip().casefold() != "" or not text)
        await asyncio.sleep(0.005)

    async def to(self, target: str) -> None:
        """To a question, adding the item it belongs to where it is not there yet."""
        session = current_session(self.app)
        section = next(s.key for s in SECTIONS if s.key == self.app.screen.section.key)  # type: ignore[attr-defined]
        parts = paths.parse(target)
        if target not in question_paths(session.standing, section):
            item = next(
                parts[:end]
                for end in range(len(parts), 0, -1)
                if isinstance(parts[end - 1], int) and (end == 2 or paths.format_path(parts[: end - 1]))
            )
            place = paths.format_path(item[:-1])
            if item[-1] and self.app.screen._list_path() == place:  # type: ignore[attr-defined]
                await self.key("ctrl+t")
            else:
                while not (question_list(self.app).spot.kind == "add" and self.here == place):
                    await self.key("down")
                await self.key("enter")
        while self.here != target:
            at = self.here
            await self.key("tab")
            assert is_open(self.app, "SessionScreen"), f"from {at} on the way to {target}"


@pytest.mark.slow
async def test_the_lead_example_typed_is_the_file_that_from_gives(tmp_path: Path) -> None:
    desk, given, lead = workspace(tmp_path / "typed"), workspace(tmp_path / "given"), example("lead")
    apply_answers(given, "given", source=lead)
    standing = reopen(given, "given").standing
    ways = {section.key: question_paths(standing, section.key) for section in SECTIONS}
    order = [path for way in ways.values() for path in way]
    wanted = dict(typed(lead))
    roles = {path: wanted.pop(path) for path in list(wanted) if path.startswith("people.")}
    async with open_session(desk, None) as (app, pilot):
        await paste(app, pilot, wanted.pop("charter.title"))
        await pilot.press("tab", "right", "enter")
        typist = Typist(app, wanted, order)
        await typist.until(lambda: is_open(app, "SessionScreen"))
        await typist.key("shift+tab")
        await typist.key("shift+tab")
        assert typist.here == "charter.id"
        for section in SECTIONS:
            if app.screen.section is not section:  # type: ignore[attr-defined]
                await typist.key("f4")
            assert app.screen.section is section  # type: ignore[attr-defined]
            rows = question_list(app).rows
            if any(row.kind == "take" for row in rows):
                while question_list(app).spot.kind != "take":
                    await typist.key("down")
                await typist.key("enter")
                await typist.key("enter")
            mine = [path for path in ways[section.key] if path in wanted]
            while mine and typist.here != mine[0]:
                await typist.key("shift+tab" if typist.here in order else "down")
            for path in mine:
                await typist.to(path)
                await typist.answer()
        assert not wanted
        while roles:
            await typist.key("f7")
            name = current_session(app).text(typist.here.removesuffix(".role") + ".name")
            typist.wanted = {typist.here: roles.pop(f"people.@{name}.role")}
            roles.pop(f"people.@{name}.name")
            await typist.answer()
        await typist.key("tab")
        assert current_session(app).standing.findings == ()
        app.screen.action_review()  # type: ignore[attr-defined]
        await typist.until(lambda: is_open(app, "CharterReviewScreen"))
        await pilot.pause(0.1)
        await pilot.press("s")
        await pilot.pause(0.1)
        slug = next(screen for screen in app.screen_stack if hasattr(screen, "session")).session.slug
    ours = files.load_file(desk.root, f"sprints/{slug}/charter.toml").document
    theirs = files.load_file(given.root, "sprints/given/charter.toml").document
    assert ours == theirs
    assert parse_lenient(ours).faults == ()
    print(f"\n{typist.keys} keys that are no text")
