"""Hostile text in every kind of field: no crash, stored as typed, shown as itself or made visible."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from textual import events

from sprintkit.actions.session.values import lines_joined
from sprintkit.store import files
from sprintkit.text.escaping import escape_invisible
from sprintkit.tui.widgets.editor import TextEditor
from tests.actions.session_kit import begin, workspace
from tests.tui.helpers import screen_text
from tests.tui_session.helpers import open_session, current_session, question_list

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
    # scripts and signs
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
    # blanks and lines
    "\t tab \t", "  lead and trail  ", "two\nlines", "three\n\n\nlines\n", "crlf\r\nline", "\n", " ", "\u00a0\u00a0", "\u3000",
    # what could be a key, a value or a command
    "a = 1", "# comment", "'''", '"""', "\\", "\\u0041", "true", "null", "nan", "1e999", "-0", "0x1F", "../../etc/passwd",
    "C:\\CON",
    "; rm -rf /", "$(reboot)", "<script>alert(1)</script>", "&amp; <b>", "' OR 1=1 --", "=cmd|' /C calc'!A0", "<<<<<<< HEAD",
    ">>>>>>> theirs", "=======", "12/13/14", "99999999999999999999", "-" * 300, "x" * 10_000, "word " * 2_000,
    "\u05d0" * 500, "\U0001f600" * 300,
)  # fmt: skip

FIELDS = (
    "success_metric.name",
    "use_case.current_way",
    "success_metric.baseline",
    "use_case.users[0].headcount",
    "timeline.start",
    "owner.person",
    "charter.id",
    "data_requirements[0].access",
    "integration_points[0].in_daily_use",
    "data_requirements[0].fields",
    "scope.cut_first",
    "data_requirements[0].looked_for",
)


def test_there_are_a_hundred_of_them() -> None:
    assert len(set(STRINGS)) >= 100


@pytest.mark.slow
@pytest.mark.parametrize("path", FIELDS)
async def test_each_hostile_text_in_each_field(path: str, tmp_path: Path) -> None:
    """Pasted one after the other into one field of a session, and looked at."""
    desk = workspace(tmp_path)
    start = begin(desk, "Hostile [/] \u202e title", slug="hostile", full=True)
    start.answer("success_metric.unit", "minutes")
    start.close()
    async with open_session(desk, "hostile", (80, 24)) as (app, pilot):
        session = current_session(app)
        app.screen.go_to_path(path)
        for at, text in enumerate(STRINGS):
            live = question_list(app).active_question
            control = live.control
            assert control is not None
            control.post_message(events.Paste(text))
            for _ in range(50):
                await asyncio.sleep(0)
                if live.is_edited:
                    break
            shown = screen_text(app)
            assert escape_invisible(shown) == shown
            if at % 12 == 0:
                await pilot.pause()
            if isinstance(control, TextEditor):
                lines = [control.get_line(at).plain for at in range(control.document.line_count)]
                assert all(escape_invisible(line) == line for line in lines)
            question_list(app).commit()
            stored = session.text(path)
            kind = question_list(app).row.question.kind  # type: ignore[union-attr]
            if kind == "line" or kind == "slug":
                assert stored == lines_joined(text)
            elif kind == "prose":
                assert stored == text.replace("\r\n", "\n")
            elif kind == "person" and lines_joined(text).strip():
                names = [entry.get("name") for entry in session.document.get("people", {}).values()]
                plain = " ".join(lines_joined(text).split())
                assert stored in (plain, lines_joined(text)) or plain in names
            elif kind in ("number", "integer", "date", "bool", "choice") and stored:
                said = lines_joined(text)
                assert stored == said or session.standing.troubles_at(path) == () or kind == "choice"
            session.answer(path, "")
            question_list(app).reload()
        session.undo()
        assert session.disk.flush() is None
    assert (
        files.load_file(desk.root, "sprints/hostile/draft.toml").document["charter"]["title"]
        == "Hostile [/] \u202e title"
    )


async def test_hostile_text_comes_back_from_disk_as_it_was_and_is_made_visible(tmp_path: Path) -> None:
    desk = workspace(tmp_path)
    session = begin(desk, "Back", slug="back", full=True)
    for at, text in enumerate(STRINGS):
        session.answer(f"scope.no_gos[{at}].item", text)
    session.answer("deliverable.statement", "nul\x00 rtl \u202e end")
    session.close()
    async with open_session(desk, "back", (100, 60)) as (app, pilot):
        for at, text in enumerate(STRINGS):
            assert current_session(app).text(f"scope.no_gos[{at}].item") == lines_joined(
                text.replace("\r\n", "\n")
            )
        app.screen.go_to_path("deliverable.kind")
        await pilot.pause()
        assert "nul‹U+0000› rtl ‹U+202E› end" in screen_text(app)
        await pilot.press("f8")
        await pilot.pause(0.3)
        assert "\x1b" not in screen_text(app)
        assert escape_invisible(screen_text(app)) == screen_text(app)


async def test_hostile_keys_are_typed_one_by_one(tmp_path: Path) -> None:
    desk = workspace(tmp_path)
    begin(desk, "Keys", slug="keys").close()
    session = begin(desk, "Typed", slug="typed")
    session.stay("use_case", "question:use_case.statement")
    session.close()
    async with open_session(desk, "typed", (80, 24)) as (app, pilot):
        said = "[/] [b +{x} \u4e2d\U0001f600 'quoted' \\ $5 #read"
        for sign in said:
            app.post_message(events.Key(sign, sign))
        await pilot.press("enter")
        assert current_session(app).document["use_case"]["statement"] == said
