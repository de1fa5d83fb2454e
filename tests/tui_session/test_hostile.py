"""Hostile text in every kind of field: no crash, stored as typed, shown as itself or made visible."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from textual import events

from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.session.session import Session
from sprintkit.actions.session.values import join_lines
from sprintkit.store import files
from sprintkit.text.escaping import escape_invisible
from sprintkit.tui.app import SprintApp
from sprintkit.tui.widgets.editor import TextEditor
from tests.actions.session_helpers import begin_session
from tests.conftest import soak
from tests.tui.helpers import screen_text, wait_until
from tests.tui_session.helpers import (
    current_session,
    go_to,
    is_open,
    open_session,
    post_key,
    post_text,
    question_list,
    settle,
)

STRINGS = (
    # markup
    "[/]", "[/] x", "[TODO]", "[b]bold[/b]", "[b +", "[red]", "[@click=app.quit]go[/]", "cost [EUR]", "array[i]",
    "[link=file:///etc/passwd]x", "\\[escaped]", "[[double]]", "[", "]", "[/b", "$primary", "[$error]x[/]",
    "{braces}", "{0}", "{{ 7*7 }}", "{% raw %}", "${HOME}", "`backtick`", "%s %d %n", "%(name)s", "f'{x}'",
    # control characters
    "nul\x00nul", "bell\x07", "back\x08space", "escape\x1b[31mred", "\x1b]0;title\x07", "\x1b[2J", "\x9b31m",
    "vt\x0bff\x0c", "fs\x1cgs\x1drs\x1eus\x1f", "del\x7f", "nel\x85line", "c1\x90\x9f", "cr\ralone",
    # what moves or hides text
    "rtl \u202etxet\u202c", "lri \u2066x\u2069", "lrm\u200e", "zero\u200bwidth", "bom\ufeff", "soft\u00adhyphen",
    "ls\u2028ps\u2029", "word\u2060joiner", "tag\U000e0041\U000e007f", "variation\ufe0f", "cgj\u034f",
    "hangul\u115f\u3164\uffa0", "braille\u2800",
    # scripts and symbols
    "\u4e2d\u6587\u5b57\u7b26", "\u65e5\u672c\u8a9e\u30c6\u30b9\u30c8", "\ud55c\uad6d\uc5b4",
    "\u0627\u0644\u0639\u0631\u0628\u064a\u0629",
    "\u05e2\u05d1\u05e8\u05d9\u05ea", "\u0939\u093f\u0928\u094d\u0926\u0940", "\u0e44\u0e17\u0e22",
    "\u1019\u103c\u1014\u103a\u1019\u102c",
    "e\u0301\u0301\u0301 combining",
    "Z\u0351\u036b\u0343\u036a\u0302\u036b\u033d\u034f\u0334\u0319\u0324\u031e\u0349\u035a\u032f\u031ealgo",
    "\U0001f600 emoji", "\U0001f468\u200d\U0001f469\u200d\U0001f467 family", "\U0001f1ec\U0001f1e7 flag", "\u2764\ufe0f heart",
    "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", "\uff41\uff42\uff43 wide",
    "\ue000 private", "\U0010ffff last",
    "\ufffe\uffff", "\u212a \u017f \u0130 \u0131", "\ufb01 ligature", "\u00df \u1e9e",
    # spaces and lines
    "\t tab \t", "  lead and trail  ", "two\nlines", "three\n\n\nlines\n", "crlf\r\nline", "\n", " ", "\u00a0\u00a0", "\u3000",
    # what could be a key, a value or a command
    "a = 1", "# comment", "'''", '"""', "\\", "\\u0041", "true", "null", "nan", "1e999", "-0", "0x1F", "../../etc/passwd",
    "C:\\CON",
    "; rm -rf /", "$(reboot)", "<script>alert(1)</script>", "&amp; <b>", "' OR 1=1 --", "=cmd|' /C calc'!A0", "<<<<<<< HEAD",
    ">>>>>>> theirs", "=======", "12/13/14", "99999999999999999999", "-" * 300, "x" * 10_000, "word " * 2_000,
    "\u05d0" * 500, "\U0001f600" * 300,
)  # fmt: skip

FIELDS = (
    "use_case.current_way",
    "success_metric.baseline",
    "use_case.users[0].headcount",
    "timeline.start",
    "charter.id",
    "data_requirements[0].access",
    "integration_points[0].in_daily_use",
    "data_requirements[0].fields",
    "scope.cut_first",
    "data_requirements[0].looked_for",
    "owner.person",
)
"""One field of every kind but a line of text."""


def test_there_are_a_hundred_of_them() -> None:
    assert len(set(STRINGS)) >= 100


@pytest.mark.slow
async def test_every_hostile_text_in_a_line_of_text(empty: WorkspaceContext) -> None:
    await try_texts(empty, {"success_metric.name": STRINGS})


@pytest.mark.slow
async def test_hostile_texts_in_every_other_kind_of_field(empty: WorkspaceContext) -> None:
    """Each text is tried in one field at least; `make soak` tries each in every field."""
    step = len(STRINGS) // soak(len(STRINGS))
    await try_texts(empty, {path: STRINGS[index % step :: step] for index, path in enumerate(FIELDS)})


async def try_texts(context: WorkspaceContext, texts_by_path: Mapping[str, Sequence[str]]) -> None:
    """Pastes texts one after the other into fields of a session, and looks at the screen and the answer."""
    session = begin_session(context, "Hostile [/] \u202e title", slug="hostile", full=True)
    session.answer("success_metric.unit", "minutes")
    session.close()
    async with open_session(context, "hostile", (80, 24)) as (app, pilot):
        for path, texts in texts_by_path.items():
            await go_to(app, pilot, path)
            for text in texts:
                await try_text(app, path, text)
            current_session(app).answer(path, "")
        session = current_session(app)
        session.undo()
        assert session.draft_file.flush() is None
    draft = files.load_file(context.root, "sprints/hostile/draft.toml").document
    assert draft["charter"]["title"] == "Hostile [/] \u202e title"


async def try_text(app: SprintApp, path: str, text: str) -> None:
    """Pastes a text over the answer in focus."""
    questions = question_list(app)
    control = questions.active_question.control
    assert control is not None
    if isinstance(control, TextEditor):
        control.select_all()
    else:
        post_key(app, "ctrl+u")
    post_text(app, text)
    await settle(app)
    shown = screen_text(app)
    assert escape_invisible(shown) == shown
    if isinstance(control, TextEditor):
        lines = [control.get_line(row).plain for row in range(control.document.line_count)]
        assert all(escape_invisible(line) == line for line in lines)
    questions.commit()
    assert_stored(current_session(app), path, questions.row.question.kind, text)  # type: ignore[union-attr]


def assert_stored(session: Session, path: str, kind: str, text: str) -> None:
    """What the session stores for a text typed into a field of a kind."""
    stored = session.text(path)
    joined = join_lines(text)
    if kind in ("line", "slug"):
        assert stored == joined
    elif kind == "prose":
        assert stored == text.replace("\r\n", "\n")
    elif kind == "person" and joined.strip():
        names = [person.get("name") for person in session.document.get("people", {}).values()]
        name = " ".join(joined.split())
        assert stored in (name, joined) or name in names
    elif kind in ("number", "integer", "date", "bool", "choice") and stored:
        assert stored == joined or session.analysis.troubles_at(path) == () or kind == "choice"


@pytest.mark.slow
async def test_hostile_text_comes_back_from_disk_unchanged_and_is_made_visible(
    empty: WorkspaceContext,
) -> None:
    session = begin_session(empty, "Back", slug="back", full=True)
    for index, text in enumerate(STRINGS):
        session.answer(f"scope.no_gos[{index}].item", text)
    session.answer("deliverable.statement", "nul\x00 rtl \u202e end")
    session.close()
    async with open_session(empty, "back", (100, 60)) as (app, pilot):
        for index, text in enumerate(STRINGS):
            stored = current_session(app).text(f"scope.no_gos[{index}].item")
            assert stored == join_lines(text.replace("\r\n", "\n"))
        await go_to(app, pilot, "deliverable.kind")
        assert "nul‹U+0000› rtl ‹U+202E› end" in screen_text(app)
        await pilot.press("f8")
        await wait_until(pilot, lambda: is_open(app, "CharterReviewScreen"))
        await wait_until(pilot, lambda: "The document is being laid out" not in screen_text(app))
        assert "\x1b" not in screen_text(app)
        assert escape_invisible(screen_text(app)) == screen_text(app)


async def test_hostile_keys_are_typed_one_by_one(empty: WorkspaceContext) -> None:
    session = begin_session(empty, "Typed", slug="typed")
    session.remember_cursor("use_case", "question:use_case.statement")
    session.close()
    text = "[/] [b +{x} \u4e2d\U0001f600 'quoted' \\ $5 #read"
    async with open_session(empty, "typed", (80, 24)) as (app, pilot):
        for character in text:
            app.post_message(events.Key(character, character))
        await pilot.press("enter")
        assert current_session(app).document["use_case"]["statement"] == text
