"""Whatever people type stays text, in every form and every place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import cycle, repeat
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
from tests.conftest import IS_SOAKING, in_turn
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


@cache
def _reader(preset: str) -> MarkdownIt:
    reader = MarkdownIt(preset)
    return reader.enable("table") if preset == "commonmark" else reader


@cache
def _shape_of_letter(preset: str) -> list[Any]:
    return _shape(_reader(preset), PLACES.format(x="x"))


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
    reader = _reader(preset)
    assert _shape(reader, PLACES.format(x=escape_markdown(visible))) == _shape_of_letter(preset)
    first = next(token for token in reader.parse(escape_markdown(visible)) if token.type == "inline")
    assert "".join(child.content for child in first.children or []) == " ".join(visible.split())


def test_an_excerpt_ends_between_words() -> None:
    assert excerpt("one two\nthree", 40) == "one two three"
    assert excerpt("one two three four", 12) == "one two…"
    assert excerpt("x" * 50, 10) == "x" * 9 + "…"


def _with_texts(value: Any, texts: Iterator[str], people: set[str]) -> Any:
    """A copy of `value` with one of `texts` in place of every text that is neither a choice nor a person."""
    if isinstance(value, dict):
        return {key: _with_texts(item, texts, people) for key, item in value.items()}
    if isinstance(value, list):
        return [_with_texts(item, texts, people) for item in value]
    if isinstance(value, str) and value not in people and (" " in value or value.istitle()):
        return next(texts)
    return value


def _render_with_texts(name: str, form: str, *texts: str) -> bytes:
    """The charter of an example with these texts in turn in place of its own."""
    document = charter(name)
    document = _with_texts(document, cycle(texts), set(document["people"]))
    return render_document("charter", form, build_charter_context(document, digest=DIGEST))


@cache
def _render_letter(name: str, form: str) -> bytes:
    return _render_with_texts(name, form, "x")


@pytest.mark.parametrize("text", HOSTILE)
def test_html_keeps_its_tags(text: str) -> None:
    body = _render_with_texts("lead", "html", text)
    assert html_tags(body) == html_tags(_render_letter("lead", "html"))
    assert " ".join(escape_invisible(text).split())[:250] in html_text(body)


@pytest.mark.slow
@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_keeps_its_structure(text: str) -> None:
    body = _render_with_texts("lead", "md", text)
    assert markdown_shape(body) == markdown_shape(_render_letter("lead", "md"))
    assert " ".join(escape_invisible(text).split()) in markdown_text(body)


@pytest.mark.slow
@pytest.mark.parametrize("first", range(len(HOSTILE)) if IS_SOAKING else (0,))
def test_a_pdf_shows_it_on_as_many_pages_as_plain_letters(first: int) -> None:
    texts = [text[:400] for text in (*HOSTILE[first:], *HOSTILE[:first])]
    body = _render_with_texts("lead", "pdf", *texts)
    plain = [re.sub(r"\S", "x", escape_invisible(text)) for text in texts]
    pages, plain_pages = (
        int(pdf_info(shown)["Pages"]) for shown in (body, _render_with_texts("lead", "pdf", *plain))
    )
    assert abs(pages - plain_pages) <= max(1, plain_pages // 4)
    assert pdf_info(body)["Tagged"] == "yes"
    shown = pdf_text(body)
    for typed in texts:
        if typed.isascii() and len(typed) < 200:
            assert escape_invisible(typed).split()[0] in shown


@pytest.mark.parametrize(("text", "form"), in_turn(HOSTILE, ("html", "md")))
def test_a_status_keeps_its_structure_too(form: str, text: str) -> None:
    structure_of = html_tags if form == "html" else markdown_shape
    assert structure_of(_render_status(form, text)) == structure_of(_render_status(form, "x"))


@pytest.mark.parametrize("first", range(len(HOSTILE)) if IS_SOAKING else (0, 9))
def test_a_status_stays_one_page_too(first: int) -> None:
    body = _render_status("pdf", *HOSTILE[first:], *HOSTILE[:first])
    assert pdf_info(body)["Pages"] == "1"


@cache
def _render_status(form: str, *texts: str) -> bytes:
    """A status with these texts in turn in place of its own."""
    facts, document, typed = week_facts("price", 2), charter("price"), cycle(texts)
    facts["blockers"] = _with_texts(facts["blockers"], typed, {"ilka", "joris"})
    facts["checkin"] = {**facts["checkin"], "decisions": [next(typed)], "note": next(typed)}
    document = _with_texts(document, typed, set(document["people"]))
    return render_document("status", form, build_status_context(document, **facts))


@pytest.mark.slow
@settings(max_examples=15)
@given(text=st.text(min_size=1, max_size=200))
def test_any_text_anywhere_renders(text: str) -> None:
    document = _with_texts(charter("price"), repeat(text), set(charter("price")["people"]))
    context = build_charter_context(document, digest=DIGEST)
    if context["charter"]["use_case"]["statement"]["given"]:
        for form, structure_of in (("html", html_tags), ("md", markdown_shape)):
            body = render_document("charter", form, context)
            assert structure_of(body) == structure_of(_render_letter("price", form))
