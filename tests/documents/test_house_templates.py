"""A workspace's templates replace or extend the built-in ones, and can do nothing else."""

from __future__ import annotations

import re
from typing import Any

import pytest

from sprintkit.documents.builtin_templates import template_bytes, template_names
from sprintkit.documents.context.charter import build_charter_context
from sprintkit.documents.render import sandbox
from sprintkit.documents.render.document import render_document
from sprintkit.documents.wording import load_wording
from sprintkit.errors import InputError
from tests.documents.examples import DIGEST, charter, rendered_charter
from tests.documents.reading import html_text, markdown_text, pdf_text


@pytest.fixture(scope="module")
def context() -> dict[str, Any]:
    return build_charter_context(charter("lead"), digest=DIGEST)


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the sandbox wait for a busy machine; its limit of processor time remains."""
    monkeypatch.setattr(sandbox, "WAIT_LIMIT", 120)


def test_built_in_templates_are_listed_and_can_be_read() -> None:
    names = template_names()
    for document in ("charter", "status"):
        for suffix in (".md.j2", ".html.j2", ".typ"):
            assert document + suffix in names
    assert {"house.typ", "words.json", "partials/colours.css", "partials/style.css", "README.md"} <= set(
        names
    )
    assert b"page one decides" in template_bytes("charter.typ")
    with pytest.raises(InputError, match="There is no template 'nope"):
        template_bytes("nope.typ")
    with pytest.raises(InputError):
        template_bytes("../pyproject.toml")


def test_an_unchanged_copy_of_the_templates_changes_nothing(context: dict[str, Any]) -> None:
    copies = {name: template_bytes(name) for name in template_names()}
    for form in ("md", "html", "pdf"):
        assert render_document("charter", form, context, copies) == rendered_charter("lead", form)


@pytest.mark.slow
def test_a_template_can_replace_one_block(context: dict[str, Any]) -> None:
    own = (
        '{% extends "shipped/charter.html.j2" %}\n'
        "{% block logo %}<p><strong>HOUSE</strong> {{ document.organization }}</p>{% endblock %}\n"
        "{% block style %}h1 { color: rebeccapurple }{% endblock %}"
    )
    body = render_document("charter", "html", context, {"charter.html.j2": own})
    assert b"<strong>HOUSE</strong> Quernmoor Access Hire" in body
    assert b"rebeccapurple" in body
    assert b"Median working minutes" in body
    text = render_document(
        "charter",
        "md",
        context,
        {"charter.md.j2": '{% extends "shipped/charter.md.j2" %}{% block front %}{% endblock %}'},
    )
    assert b"**What.**" not in text
    assert b"## 6. Use case" in text


@pytest.mark.slow
@pytest.mark.usefixtures("rendered_here")
def test_a_workspace_can_replace_the_colours(context: dict[str, Any]) -> None:
    css = template_bytes("partials/colours.css").replace(b"#0f5360", b"#123456")
    assert b"#123456" in render_document("charter", "html", context, {"partials/colours.css": css})
    house = template_bytes("house.typ").replace(b'rgb("#0f5360")', b'rgb("#ff00aa")')
    body = render_document("charter", "pdf", context, {"house.typ": house})
    assert body != rendered_charter("lead", "pdf")
    assert "Median working minutes" in pdf_text(body)


@pytest.mark.slow
@pytest.mark.usefixtures("rendered_here")
def test_a_logo_is_shown_in_html_and_pdf(context: dict[str, Any]) -> None:
    logo = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20" fill="#c00"/></svg>'
    page = '{% extends "shipped/charter.html.j2" %}{% block logo %}{% include "logo.svg" %}{% endblock %}'
    assert b'fill="#c00"' in render_document(
        "charter", "html", context, {"charter.html.j2": page, "logo.svg": logo}
    )
    house = (
        b'#import "/shipped/house.typ": *\n#let logo(name) = image("/logo.svg", height: 9mm, alt: "House")\n'
    )
    body = render_document("charter", "pdf", context, {"house.typ": house, "logo.svg": logo})
    assert body != rendered_charter("lead", "pdf")
    assert "Quernmoor" not in pdf_text(body, 1)


@pytest.mark.slow
def test_a_workspace_can_translate_the_words(context: dict[str, Any]) -> None:
    own = {
        "words.json": b'{"lang": "de", "thousands": ".", "decimal": ",", "charter": "Sprint-Vertrag", '
        b'"months": ["Januar", "Februar", "M\xc3\xa4rz", "April", "Mai", "Juni", "Juli", "August", "September", '
        b'"Oktober", "November", "Dezember"], "date": "{day}. {month} {year}", '
        b'"labels": {"use_case.statement": "Aussage"}, "choices": {"kind.pilot": "x", "working_system": "laufendes System"}}'
    }
    german = build_charter_context(charter("lead"), digest=DIGEST, wording=load_wording(own))
    for form in ("md", "html", "pdf"):
        body = render_document("charter", form, german, own)
        text = pdf_text(body) if form == "pdf" else html_text(body) if form == "html" else markdown_text(body)
        assert "Sprint-Vertrag" in text
        assert "27. März 2026" in text
        assert "Aussage" in text
        assert "laufendes System" in text
        assert "42.000" in text
    assert b'<html lang="de"' in render_document("charter", "html", german, own)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (b"{", "line 1: this is not JSON"),
        (b"[]", "it must be an object"),
        (b'{"chart": "x"}', "no document uses 'chart'"),
        (b'{"charter": 3}', "'charter' must be a text"),
        (b'{"labels": {"use_case.statment": "x"}}', "no field is called 'use_case.statment'"),
        (
            b'{"timeline_sentence": "{wochen} Wochen"}',
            "'timeline_sentence' must be a text without {wochen}; its slots are {weeks}, {start}",
        ),
        (b'{"months": ["Jan"]}', "'months' must be a list of 12 texts"),
    ],
)
def test_invalid_words_are_refused(words: bytes, message: str) -> None:
    with pytest.raises(InputError, match=re.escape(message)) as caught:
        load_wording({"words.json": words})
    assert caught.value.problems[0].path == "templates/words.json"


BROKEN = [
    ("one\ntwo {{ charter.use_case.statment.text }}", r"^line 2: .*statment"),
    ("{{ nothing }}", r"^line 1: 'nothing' is undefined"),
    ("\n\n{% if %}", r"^line 3: "),
    ("{% for x in y %}", r"^line 1: "),
    ("a\n{{ 1 / 0 }}", r"^line 2: division by zero"),
    ("{% include 'other.j2' %}", r"^line 1: there is no template 'other\.j2'"),
    ("{% extends 'shipped/nope.j2' %}", r"there is no template 'shipped/nope\.j2'"),
    ("{{ charter.__class__ }}", r"line 1: .*unsafe"),
    ("{{ ''.__class__.__mro__[1].__subclasses__() }}", r"line 1: .*unsafe"),
    ("{{ charter.update({}) }}", r"line 1: .*unsafe"),
    ("{{ ''.join.__globals__ }}", r"line 1: "),
    ("{% set x = charter %}{{ x.pop('use_case') }}", r"line 1: .*unsafe"),
    ("{{ ('%s' % charter).format_map }}{{ cycler }}", r"'cycler' is undefined"),
    ("{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}", r"line 1: it includes itself without end"),
]
"""Templates of text, and what is said of each."""


@pytest.mark.slow
@pytest.mark.parametrize("number", range(len(BROKEN)), ids=[template for template, _ in BROKEN])
def test_a_broken_template_is_reported_with_file_line_and_name(context: dict[str, Any], number: int) -> None:
    own = {f"broken-{index}.md.j2": template for index, (template, _) in enumerate(BROKEN)}
    message = BROKEN[number][1]
    with pytest.raises(InputError, match=message) as caught:
        render_document(f"broken-{number}", "md", context, own)
    (problem,) = caught.value.problems
    assert problem.path == f"templates/broken-{number}.md.j2" or "shipped" in message
    assert problem.code == "template"


def test_a_mistake_in_a_pdf_template_is_reported_with_file_and_line(context: dict[str, Any]) -> None:
    house = '#import "/shipped/house.typ": *\n#let sans = ("No Such Font",)\n#let logo(name) = image("/none.svg")\n'
    with pytest.raises(InputError, match=r"^line 3: file not found") as caught:
        render_document("charter", "pdf", context, {"house.typ": house})
    assert caught.value.problems[0].path == "templates/house.typ"


@pytest.mark.usefixtures("rendered_here")
def test_a_mistake_in_an_included_file_names_that_file(context: dict[str, Any]) -> None:
    own = {
        "charter.md.j2": "x\n{% include 'partials/mine.j2' %}",
        "partials/mine.j2": "a\nb\n{{ front.nope }}",
    }
    with pytest.raises(InputError, match=r"^line 3: .*'nope'") as caught:
        render_document("charter", "md", context, own)
    assert caught.value.problems[0].path == "templates/partials/mine.j2"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("{{ 'a' * 10**9 }}", "400 MB"),
        ("{{ 'x'.center(10**9) }}", "400 MB"),
        ("{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}", "0 seconds"),
        ("{% for a in range(99999) %}{{ 'x' * 1000 }}{% endfor %}", "2 MB of output"),
    ],
)
def test_a_greedy_template_is_stopped(
    context: dict[str, Any], template: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if "second" in message:
        monkeypatch.setattr(sandbox, "CPU_LIMIT_SECONDS", 0)  # no second besides the one that has begun
    with pytest.raises(InputError, match=message):
        render_document("charter", "md", context, {"charter.md.j2": template})


BROKEN_OR_GREEDY = [
    ('#import "/partials/base.typ": *\n#data.nope', r"^line 2: .*nope"),
    ("#let x = (\n", r"^line \d+: "),
    ('#read("/etc/passwd")', "line 1: "),
    ('#read("../../../../etc/passwd")', "line 1: "),
    ('#import "@preview/cetz:0.3.0"', "line 1: "),
    ('#let p = "@pre" + "view/cetz:0.3.0"\n#import p', "line 2: "),
    ("#let f(n) = f(n + 1)\n#f(0)", "^line 1: maximum function call depth"),
    ('#let s = "aaaaaaaaaaaaaaaa"\n#for i in range(40) { s = s + s }', "400 MB|5 seconds"),
    ("#for i in range(100000000) [x]", "400 MB|5 seconds|2 MB"),
]
"""Templates of PDF, and what is said of each."""


@pytest.mark.slow
@pytest.mark.parametrize(
    "number", range(len(BROKEN_OR_GREEDY)), ids=[template for template, _ in BROKEN_OR_GREEDY]
)
def test_a_broken_or_greedy_typst_template_is_stopped(context: dict[str, Any], number: int) -> None:
    own = {f"broken-{index}.typ": template for index, (template, _) in enumerate(BROKEN_OR_GREEDY)}
    with pytest.raises(InputError, match=BROKEN_OR_GREEDY[number][1]) as caught:
        render_document(f"broken-{number}", "pdf", context, own)
    assert "/tmp" not in str(caught.value)


@pytest.mark.parametrize(
    "name",
    [
        "../charter.md.j2",
        "/etc/x.typ",
        "a/../../b.j2",
        "shipped/charter.typ",
        "a\\b.j2",
        ".hidden/x.j2",
        "x\n.j2",
    ],
)
def test_a_name_that_could_leave_the_folder_is_refused(context: dict[str, Any], name: str) -> None:
    with pytest.raises(InputError, match="cannot be the name of a template"):
        render_document("charter", "md", context, {name: b"x"})


def test_a_template_that_is_not_text_is_refused(context: dict[str, Any]) -> None:
    with pytest.raises(InputError, match=r"^line 2: it is not UTF-8 text"):
        render_document("charter", "md", context, {"charter.md.j2": b"ok\n\xff\xfe"})


@pytest.mark.usefixtures("rendered_here")
def test_a_workspace_can_add_a_document(context: dict[str, Any]) -> None:
    own = {"letter.md.j2": "Dear {{ front.sponsor.name }},\n{{ front.what }}\n"}
    assert render_document("letter", "md", context, own).startswith(b"Dear Bram Yellowby,\n")
    with pytest.raises(InputError, match="no template for the document 'letter' as html"):
        render_document("letter", "html", context, own)


def test_an_unknown_document_form_or_paper_is_refused(context: dict[str, Any]) -> None:
    for arguments in (("chart", "md"), ("charter", "docx"), ("partials/base", "pdf"), ("../charter", "md")):
        with pytest.raises(InputError):
            render_document(*arguments, context)
    with pytest.raises(InputError, match="'a3' is not a paper size") as caught:
        render_document("charter", "pdf", context, paper="a3")
    assert caught.value.problems[0].hint == "Use a4 or letter."


@pytest.mark.usefixtures("rendered_here")
def test_markdown_is_escaped_in_a_workspaces_template_too(context: dict[str, Any]) -> None:
    document = charter("lead")
    document["use_case"]["statement"] = "*stars* <b> [x](y)"
    body = render_document(
        "charter",
        "md",
        build_charter_context(document),
        {"charter.md.j2": "{{ charter.use_case.statement.text }}"},
    )
    assert body == b"\\*stars\\* \\<b> \\[x\\](y)\n"
