"""A document of any length leaves the keys alone: it is laid out beside them, and what is left out is said."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from sprintkit.actions.render import render
from sprintkit.documents.render.sandbox_limits import OUTPUT_LIMIT_BYTES
from sprintkit.tui.app import Opening
from sprintkit.tui.lines import Lines
from sprintkit.tui.markdown import (
    PREVIEW_CHARACTERS,
    PREVIEW_LINES,
    markdown_lines,
    preview_lines,
)
from sprintkit.tui.screens import documents
from sprintkit.tui.screens.documents import DocumentsScreen
from sprintkit.tui.screens.help import HelpScreen
from tests.tui.conftest import OpenApp
from tests.tui.helpers import flat_text, press_until_shown, wait_for_text, wait_until
from tests.tui.workspace_builder import WorkspaceBuilder

LEFT_OUT = "The rest of this document is left out here"
ROOT = Path(__file__).parents[2]


def plain(lines: Lines) -> list[str]:
    return [line.plain for line in lines]


@pytest.mark.slow
@pytest.mark.parametrize("block", ["A word and another. ", "a\n\n", "| a | b |\n", "["])
def test_of_the_longest_document_the_beginning_is_laid_out(block: str) -> None:
    head = "| a | b |\n|---|---|\n" if block.startswith("|") else ""
    markdown = "The first line.\n\n" + head + block * (OUTPUT_LIMIT_BYTES // len(block))
    lines = plain(preview_lines(markdown, 100))
    assert lines[0] == "The first line."
    assert LEFT_OUT in flat_text("\n".join(lines[-3:]))
    assert len(lines) <= PREVIEW_LINES + 4
    assert sum(map(len, lines)) <= 3 * PREVIEW_CHARACTERS


def test_what_people_write_is_shown_in_full() -> None:
    markdown = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    assert plain(preview_lines(markdown, 60)) == plain(markdown_lines(markdown, 60))


async def test_keys_work_while_a_long_document_is_laid_out(
    samples: WorkspaceBuilder, open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    has_begun, may_end = threading.Event(), threading.Event()

    def lay_out_slowly(markdown: str, width: int) -> Lines:
        has_begun.set()
        may_end.wait(60)
        return preview_lines(markdown, width)

    rendering = render.render_bytes
    monkeypatch.setattr(
        render, "render_bytes", lambda *names: rendering(*names)._replace(body=b"All of it. " * 190_000)
    )
    monkeypatch.setattr(documents, "preview_lines", lay_out_slowly)
    async with open_app(samples.root, opening=Opening("documents", "price-exceptions")) as pilot:
        await wait_until(pilot, has_begun.is_set)
        await pilot.press("f1")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, HelpScreen))
        await pilot.press("escape")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, DocumentsScreen))
        assert not may_end.is_set()
        may_end.set()
        await wait_for_text(pilot, "All of it.")
        await press_until_shown(pilot, "end", LEFT_OUT)
