"""A workspace's templates replace or extend the shipped ones, and can do nothing else."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest

from sprintkit.documents import render_document, source, templates
from sprintkit.documents.context.charter import charter_context
from sprintkit.documents.render import sandbox
from sprintkit.documents.wording import wording
from sprintkit.errors import InputError
from tests.documents.examples import DIGEST, charter
from tests.documents.reading import html_text, markdown_text, pdf_text


@pytest.fixture(scope="module")
def context() -> dict[str, Any]:
    return charter_context(charter("lead"), digest=DIGEST)


def test_what_is_shipped_is_listed_and_can_be_taken_out() -> None:
    names = templates()
    for document in ("charter", "status"):
        for suffix in (".md.j2", ".html.j2", ".typ"):
            assert document + suffix in names
    assert {"house.typ", "words.json", "partials/colours.css", "partials/style.css", "README.md"} <= set(
        names
    )
    assert b"Page one" in source("charter.typ")
    with pytest.raises(InputError, match="There is no template 'nope"):
        source("nope.typ")
    with pytest.raises(InputError):
        source("../pyproject.toml")


def test_a_copy_of_the_shipped_templates_changes_nothing(context: dict[str, Any]) -> None:
    copies = {name: source(name) for name in templates()}
    for form in ("md", "html", "pdf"):
        assert render_document("charter", form, context, copies) == render_document("charter", form, context)


def test_a_block_alone_is_extended(context: dict[str, Any]) -> None:
    own = (
        '{% extends "shipped/charter.html.j2" %}\n'
        "{% block logo %}<p><strong>HOUSE</strong> {{ document.organization }}</p>{% endblock %}\n"
        "{% block style %}h1 { color: rebeccapurple }{% endblock %}"
    )
    made = render_document("charter", "html", context, {"charter.html.j2": own})
    assert b"<strong>HOUSE</strong> Quernmoor Access Hire" in made
    assert b"rebeccapurple" in made
    assert b"Median working minutes" in made
    text = render_document(
        "charter",
        "md",
        context,
        {"charter.md.j2": '{% extends "shipped/charter.md.j2" %}{% block front %}{% endblock %}'},
    )
    assert b"**What.**" not in text
    assert b"## 1. Use case" in text


def test_colours_alone_are_replaced(context: dict[str, Any]) -> None:
    css = source("partials/colours.css").replace(b"#0f5360", b"#123456")
    assert b"#123456" in render_document("charter", "html", context, {"partials/colours.css": css})
    house = source("house.typ").replace(b'rgb("#0f5360")', b'rgb("#ff00aa")')
    made = render_document("charter", "pdf", context, {"house.typ": house})
    assert made != render_document("charter", "pdf", context)
    assert "Median working minutes" in pdf_text(made)


def test_a_logo_goes_into_html_and_pdf(context: dict[str, Any]) -> None:
    logo = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20" fill="#c00"/></svg>'
    page = '{% extends "shipped/charter.html.j2" %}{% block logo %}{% include "logo.svg" %}{% endblock %}'
    assert b'fill="#c00"' in render_document(
        "charter", "html", context, {"charter.html.j2": page, "logo.svg": logo}
    )
    house = (
        b'#import "/shipped/house.typ": *\n#let logo(name) = image("/logo.svg", height: 9mm, alt: "House")\n'
    )
    plain = render_document("charter", "pdf", context)
    made = render_document("charter", "pdf", context, {"house.typ": house, "logo.svg": logo})
    assert made != plain
    assert "Quernmoor" not in pdf_text(made, 1)


def test_words_speak_another_language(context: dict[str, Any]) -> None:
    own = {
        "words.json": b'{"lang": "de", "thousands": ".", "decimal": ",", "charter": "Sprint-Vertrag", '
        b'"months": ["Januar", "Februar", "M\xc3\xa4rz", "April", "Mai", "Juni", "Juli", "August", "September", '
        b'"Oktober", "November", "Dezember"], "date": "{day}. {month} {year}", '
        b'"labels": {"use_case.statement": "Aussage"}, "choices": {"deliverable": "x", "working_system": "laufendes System"}}'
    }
    german = charter_context(charter("lead"), digest=DIGEST, words=wording(own))
    for form in ("md", "html", "pdf"):
        made = render_document("charter", form, german, own)
        text = pdf_text(made) if form == "pdf" else html_text(made) if form == "html" else markdown_text(made)
        assert "Sprint-Vertrag" in text
        assert "27. März 2026" in text
        assert "Aussage" in text
        assert "laufendes System" in text
        assert "42.000" in text
    assert b'<html lang="de"' in render_document("charter", "html", german, own)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (b"{", "line 1: this is no JSON"),
        (b"[]", "it must be an object"),
        (b'{"chart": "x"}', "no document reads 'chart'"),
        (b'{"charter": 3}', "'charter' must be a text"),
        (b'{"labels": {"use_case.statment": "x"}}', "no field is called 'use_case.statment'"),
        (
            b'{"timeline_sentence": "{wochen} Wochen"}',
            "'timeline_sentence' must be a text without {wochen}; what is filled in there is {weeks}, {start}",
        ),
        (b'{"months": ["Jan"]}', "'months' must be a list of 12 texts"),
    ],
)
def test_words_that_are_none_are_refused(words: bytes, said: str) -> None:
    with pytest.raises(InputError, match=re.escape(said)) as caught:
        wording({"words.json": words})
    assert caught.value.problems[0].path == "templates/words.json"


@pytest.mark.parametrize(
    ("template", "said"),
    [
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
    ],
)
def test_a_broken_template_names_file_line_and_what(
    context: dict[str, Any], template: str, said: str
) -> None:
    with pytest.raises(InputError, match=said) as caught:
        render_document("charter", "md", context, {"charter.md.j2": template})
    (problem,) = caught.value.problems
    assert problem.path == "templates/charter.md.j2" or "shipped" in said
    assert problem.code == "template"


def test_a_mistake_in_a_pdf_is_named_where_it_is(context: dict[str, Any]) -> None:
    house = '#import "/shipped/house.typ": *\n#let sans = ("No Such Font",)\n#let logo(name) = image("/none.svg")\n'
    with pytest.raises(InputError, match=r"^line 3: file not found") as caught:
        render_document("charter", "pdf", context, {"house.typ": house})
    assert caught.value.problems[0].path == "templates/house.typ"


def test_a_mistake_in_a_part_names_that_part(context: dict[str, Any]) -> None:
    own = {
        "charter.md.j2": "x\n{% include 'partials/mine.j2' %}",
        "partials/mine.j2": "a\nb\n{{ front.nope }}",
    }
    with pytest.raises(InputError, match=r"^line 3: .*'nope'") as caught:
        render_document("charter", "md", context, own)
    assert caught.value.problems[0].path == "templates/partials/mine.j2"


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("{{ 'a' * 10**9 }}", "400 MB"),
        ("{{ 'x'.center(10**9) }}", "400 MB"),
        ("{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}", "2 seconds"),
        ("{% for a in range(99999) %}{{ 'x' * 1000 }}{% endfor %}", "2 MB of output"),
    ],
)
def test_a_greedy_template_is_stopped(
    context: dict[str, Any], template: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sandbox, "SECONDS", 2)
    began = time.monotonic()
    with pytest.raises(InputError, match=said):
        render_document("charter", "md", context, {"charter.md.j2": template})
    assert time.monotonic() - began < 9


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ('#import "/partials/base.typ": *\n#data.nope', r"^line 2: .*nope"),
        ("#let x = (\n", r"^line \d+: "),
        ('#read("/etc/passwd")', "line 1: "),
        ('#read("../../../../etc/passwd")', "line 1: "),
        ('#import "@preview/cetz:0.3.0"', "line 1: "),
        ('#let p = "@pre" + "view/cetz:0.3.0"\n#import p', "line 2: "),
        ("#let f(n) = f(n + 1)\n#f(0)", "^line 1: maximum function call depth"),
        ('#let s = "aaaaaaaaaaaaaaaa"\n#for i in range(40) { s = s + s }', "400 MB|5 seconds"),
        ("#for i in range(100000000) [x]", "400 MB|5 seconds|2 MB"),
    ],
)
def test_a_broken_or_greedy_typst_template_is_stopped(
    context: dict[str, Any], template: str, said: str
) -> None:
    began = time.monotonic()
    with pytest.raises(InputError, match=said) as caught:
        render_document("charter", "pdf", context, {"charter.typ": template})
    assert time.monotonic() - began < 9
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


def test_a_template_that_is_no_text_is_refused(context: dict[str, Any]) -> None:
    with pytest.raises(InputError, match=r"^line 2: it is not UTF-8 text"):
        render_document("charter", "md", context, {"charter.md.j2": b"ok\n\xff\xfe"})


def test_a_document_of_ones_own(context: dict[str, Any]) -> None:
    own = {"letter.md.j2": "Dear {{ front.sponsor.name }},\n{{ front.what }}\n"}
    assert render_document("letter", "md", context, own).startswith(b"Dear Bram Yellowby,\n")
    with pytest.raises(InputError, match="no template for the document 'letter' as html"):
        render_document("letter", "html", context, own)


def test_an_unknown_document_form_or_paper_is_refused(context: dict[str, Any]) -> None:
    for arguments in (("chart", "md"), ("charter", "docx"), ("partials/base", "pdf"), ("../charter", "md")):
        with pytest.raises(InputError):
            render_document(*arguments, context)
    with pytest.raises(InputError, match="'a3' is no paper") as caught:
        render_document("charter", "pdf", context, paper="a3")
    assert caught.value.problems[0].hint == "Use a4 or letter."


def test_markdown_of_a_house_template_cannot_forget_to_escape(context: dict[str, Any]) -> None:
    document = charter("lead")
    document["use_case"]["statement"] = "*stars* <b> [x](y)"
    made = render_document(
        "charter",
        "md",
        charter_context(document),
        {"charter.md.j2": "{{ charter.use_case.statement.text }}"},
    )
    assert made == b"\\*stars\\* \\<b> \\[x\\](y)\n"
