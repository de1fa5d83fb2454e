"""Whatever people type stays text, in every form and every place."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from sprintkit.documents.context.charter import build_charter_context
from sprintkit.documents.context.status import build_status_context
from sprintkit.documents.excerpt import excerpt
from sprintkit.documents.render.document import render_document
from sprintkit.documents.render.markdown import escape_markdown
from sprintkit.text.escaping import escape_invisible
from tests.conftest import in_turn
from tests.documents.examples import DIGEST, charter, week_facts
from tests.documents.reading import html_tags, html_text, markdown_shape, markdown_text, pdf_info, pdf_text

HOSTILE = (
    "<script>alert(1)</script>",
    "</style><b onload='x'>&amp;&lt;",
    "{{ x }} {% raw %} {#",
    '#read("x") $5 $$ @ref <label> *a* _b_ `c`',
    "[link](http://a.b) ![x](y) <http://a.b> www.a.com a@b.co",
    "# h\n## i\n- a\n1. b\n```\ncode\n```\n> q\n---\n===",
    "| a | b |\n| --- | --- |",
    "\\ \\\\ \\| \\` \\[",
    "[/] [bold] [TODO] [x] [^1] ~~s~~ :smile: ::: $x$",
    "\x1b[31mred\x07 \x00 \x85 \u2028 \u202egnp.exe \u2066x\u2069 \u200b \ufeff",
    "\r\nline\r\nline\rline",
    "日本語 中文 한국어 नमस्ते ไทย",
    "مرحبا hello שלום",
    "👩‍💻 🏴󠁧󠁢󠁥󠁮󠁧󠁿 🇬🇧 e\u0301",
    "    four blanks\tand a tab",
    "1. one 2) two + three - four > five",
    "a" * 900,
    "many words " * 100,
)
PIECES = st.sampled_from(
    [
        *"\\`*_{}[]<>#+-.!|~&:@$^=\"'()/;,?%",
        "a",
        "b",
        " ",
        "1",
        "\n",
        "\t",
        "é",
        "http://",
        "https://x.y",
        "www.",
    ]
    + [
        "a@b.co",
        "example.com",
        "<b>",
        "<!--",
        "](u)",
        "![",
        "&amp;",
        "&#60;",
        "***",
        "---",
        "```",
        "~~~",
        "===",
    ]
    + [
        "1.",
        "10)",
        "- ",
        "\n\n",
        "    ",
        "\u202e",
        "mailto:a@b.c",
        "$$",
        "[^1]",
        "[ ]",
        "x.com/_a_",
        "\x1b",
        "\\|",
    ]
)
TEXTS = st.one_of(st.lists(PIECES, min_size=1, max_size=12).map("".join), st.text(max_size=60))

PLACES = """# {x}

{x}

- {x}
- **Label:** {x} · {x}

> {x}

1. {x}

| a | b |
| --- | --- |
| {x} | {x} |

**{x}** and *{x}* end
"""


def _shape(reader: MarkdownIt, text: str) -> list[Any]:
    return [
        (token.type, token.tag, token.attrs, [(child.type, child.tag) for child in token.children or []])
        for token in reader.parse(text)
    ]


@pytest.mark.parametrize("preset", ["js-default", "gfm-like", "commonmark"])
@given(text=TEXTS)
def test_markdown_keeps_its_tokens_and_its_text(preset: str, text: str) -> None:
    visible = escape_invisible(text)
    if not visible.split():
        return
    reader = MarkdownIt(preset)
    if preset == "commonmark":
        reader.enable("table")
    assert _shape(reader, PLACES.format(x=escape_markdown(visible))) == _shape(reader, PLACES.format(x="x"))
    first = next(token for token in reader.parse(escape_markdown(visible)) if token.type == "inline")
    assert "".join(child.content for child in first.children or []) == " ".join(visible.split())


def test_an_excerpt_ends_between_words() -> None:
    assert excerpt("one two\nthree", 40) == "one two three"
    assert excerpt("one two three four", 12) == "one two…"
    assert excerpt("x" * 50, 10) == "x" * 9 + "…"


def _with_text(value: Any, text: str, people: set[str]) -> Any:
    """A copy of `value` with `text` in place of every text that is neither a choice nor a person."""
    if isinstance(value, dict):
        return {key: _with_text(item, text, people) for key, item in value.items()}
    if isinstance(value, list):
        return [_with_text(item, text, people) for item in value]
    if isinstance(value, str) and value not in people and (" " in value or value.istitle()):
        return text
    return value


def _render_with_text(name: str, text: str, form: str) -> bytes:
    document = charter(name)
    document = _with_text(document, text, set(document["people"]))
    return render_document("charter", form, build_charter_context(document, digest=DIGEST))


@cache
def _render_letter(form: str) -> bytes:
    return _render_with_text("lead", "x", form)


@pytest.mark.parametrize("text", HOSTILE)
def test_html_keeps_its_tags(text: str) -> None:
    body = _render_with_text("lead", text, "html")
    assert html_tags(body) == html_tags(_render_letter("html"))
    assert " ".join(escape_invisible(text).split())[:250] in html_text(body)


@pytest.mark.slow
@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_keeps_its_structure(text: str) -> None:
    body = _render_with_text("lead", text, "md")
    assert markdown_shape(body) == markdown_shape(_render_letter("md"))
    assert " ".join(escape_invisible(text).split()) in markdown_text(body)


@cache
def _count_pages(text: str) -> int:
    return int(pdf_info(_render_with_text("lead", text, "pdf"))["Pages"])


@pytest.mark.slow
@pytest.mark.parametrize(
    "texts",
    [HOSTILE[:9], HOSTILE[9:13], HOSTILE[13:16], (HOSTILE[16][:300],), (HOSTILE[17][:400],)],
)
def test_a_pdf_shows_it_on_as_many_pages_as_plain_letters(texts: tuple[str, ...]) -> None:
    text = "\n".join(texts)
    body = _render_with_text("lead", text, "pdf")
    plain = "".join(character if character.isspace() else "x" for character in escape_invisible(text))
    pages, plain_pages = int(pdf_info(body)["Pages"]), _count_pages(plain)
    assert abs(pages - plain_pages) <= max(1, plain_pages // 4)
    assert pdf_info(body)["Tagged"] == "yes"
    shown = pdf_text(body)
    for typed in texts:
        if typed.isascii() and len(typed) < 200:
            assert escape_invisible(typed).split()[0] in shown


@pytest.mark.parametrize(("text", "form"), in_turn(HOSTILE, ("html", "md", "pdf")))
def test_a_status_keeps_its_structure_too(form: str, text: str) -> None:
    def render(text: str) -> bytes:
        facts = week_facts("price", 2)
        facts["blockers"] = _with_text(facts["blockers"], text, {"ilka", "joris"})
        facts["checkin"] = {**facts["checkin"], "decisions": [text], "note": text}
        document = charter("price")
        document = _with_text(document, text, set(document["people"]))
        return render_document("status", form, build_status_context(document, **facts))

    if form == "html":
        assert html_tags(render(text)) == html_tags(render("x"))
    elif form == "md":
        assert markdown_shape(render(text)) == markdown_shape(render("x"))
    else:
        assert int(pdf_info(render(text))["Pages"]) <= 2


@pytest.mark.slow
@settings(max_examples=15)
@given(text=st.text(min_size=1, max_size=200))
def test_any_text_anywhere_renders(text: str) -> None:
    document = _with_text(charter("price"), text, set(charter("price")["people"]))
    context = build_charter_context(document, digest=DIGEST)
    blank = build_charter_context(
        _with_text(charter("price"), "x", set(charter("price")["people"])), digest=DIGEST
    )
    if context["charter"]["use_case"]["statement"]["given"]:
        assert html_tags(render_document("charter", "html", context)) == html_tags(
            render_document("charter", "html", blank)
        )
        assert markdown_shape(render_document("charter", "md", context)) == markdown_shape(
            render_document("charter", "md", blank)
        )
