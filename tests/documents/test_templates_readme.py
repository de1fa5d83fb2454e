"""The README for template authors is true: it documents all names of each context, and no others."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import cache, partial
from typing import Any

import pytest

from sprintkit.actions.context import open_context
from sprintkit.actions.load_sprint import load_records
from sprintkit.actions.render.sprint_source import build_document_context
from sprintkit.charter.monthly_value import value_inputs
from sprintkit.charter.parsing import parse_lenient
from sprintkit.documents import catalogue
from sprintkit.documents.builtin_templates import template_names, templates_folder
from sprintkit.documents.context.charter import build_charter_context
from sprintkit.documents.context.status import build_status_context
from sprintkit.documents.render.document import render_document
from sprintkit.documents.wording import load_wording
from sprintkit.progress.value import compute_value_columns
from sprintkit.store.house_files import HouseTemplates
from tests.documents.examples import DIGEST, charter, signatures, week_facts

README = (templates_folder() / "README.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^### (.+)\n((?:(?!^#).*\n)*)", README, re.MULTILINE))
"""The sections about the context of each document, by its title."""
LOGO = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle r="4"/></svg>'

SHOWN_KEY_BY_KEY = ("", "front", "signed", "agreement", "warnings", "value", "document")
"""Tables of a context whose keys are documented one by one, and the tables inside them too."""
SHOWN_ONE_LEVEL = (
    "section",
    "pictures",
    "ending",
    "health",
    "needs",
    "blockers",
    "milestones",
    "decisions",
    "guardrails",
    "mail",
    "verdict",
    "metric",
    "delivery",
    "cost",
    "checklist",
    "switch_off",
)
"""Tables whose keys are documented one by one."""
ROWS = (
    "signed.required",
    "agreement.cases",
    "changes",
    "value.rows",
    "milestones.rows",
    "guardrails.rows",
    "figures",
    "facts",
    "needs",
    "duties",
    "points",
    "checks",
    "reviews",
    "delivery.acceptance",
    "checklist.items",
)
"""Lists of tables whose keys are documented in brackets."""


@cache
def _charter_context() -> dict[str, Any]:
    document = charter("lead")
    document["waivers"] = [{"rule": "R", "path": "p", "reason": "r", "by": "bram"}]
    document["extra"] = {"a": 1}
    inputs = value_inputs(parse_lenient(document).charter)
    assert inputs is not None
    return build_charter_context(
        document,
        digest=DIGEST,
        signatures=signatures("lead"),
        amendments=[
            {"id": "A1", "kind": "plan", "changes": [{"path": "x", "old": 1, "new": 2}], "from_week": 2}
        ],
        value=compute_value_columns(inputs),
    )


@cache
def _status_context() -> dict[str, Any]:
    return build_status_context(charter("lead"), **week_facts("lead", 5))


@cache
def _sample_context(name: str) -> dict[str, Any]:
    """The context of a document of the sample that is operated."""
    context = open_context(str(templates_folder().parent), date(2026, 6, 10))
    document = next(document for document in catalogue.DOCUMENTS if document.name == name)
    sprint = load_records(context, "lead-routing")
    return build_document_context(context, sprint, document, HouseTemplates({}, {}))


CONTEXTS: dict[str, Callable[[], dict[str, Any]]] = {
    "Charter": _charter_context,
    "Status": _status_context,
    **{
        document.title: partial(_sample_context, document.name)
        for document in catalogue.DOCUMENTS
        if document.title in SECTIONS and document.name not in ("charter", "status")
    },
}


def test_the_readme_has_a_section_for_each_context() -> None:
    titles = {document.title for document in catalogue.DOCUMENTS}
    assert set(CONTEXTS) <= set(SECTIONS) <= titles


@pytest.mark.parametrize("title", CONTEXTS)
def test_every_name_in_the_readme_is_in_the_context(title: str) -> None:
    for name in re.findall(r"`([a-z_0-9]+(?:\.[a-z_0-9]+)+)`", SECTIONS[title]):
        if name != "words.json":
            value: Any = CONTEXTS[title]()
            for key in name.split("."):
                assert key in value, name
                value = value[key]


@pytest.mark.parametrize("title", CONTEXTS)
def test_every_name_in_the_context_is_in_the_readme(title: str) -> None:
    documented = set(re.findall(r"`([a-z_0-9.]+)`", SECTIONS[title]))
    context = CONTEXTS[title]()
    assert [name for name in _names(context, "") if name not in documented] == []
    for path in ROWS:
        rows: Any = context
        for key in path.split("."):
            rows = rows.get(key, []) if isinstance(rows, dict) else []
        for row in rows[:1] if isinstance(rows, list) else []:
            assert set(row) - {"key"} - documented == set(), path


def _names(value: Any, path: str) -> list[str]:
    """The names that the README has to mention, as paths."""
    if isinstance(value, dict) and path in SHOWN_KEY_BY_KEY:
        return [name for key, item in value.items() for name in _names(item, f"{path}.{key}".lstrip("."))]
    if isinstance(value, dict) and path in SHOWN_ONE_LEVEL:
        return [f"{path}.{key}" for key in value]
    return [path]


@pytest.mark.slow
@pytest.mark.usefixtures("rendered_here")
def test_the_examples_in_the_readme_work() -> None:
    context = _charter_context()
    examples = re.findall(r"```(\w+)\n(.*?)```", README, re.DOTALL)
    for language, text in examples:
        if language == "typst":
            own = {"house.typ": text, "logo.svg": LOGO}
            assert render_document("charter", "pdf", context, own).startswith(b"%PDF")
        elif language == "json":
            assert load_wording({"words.json": text}).format_number(1234.5) == "1 234,5"
        elif "shipped/charter.html.j2" in text:
            own = {"charter.html.j2": text, "logo.svg": LOGO}
            assert b'<circle r="4"/>' in render_document("charter", "html", context, own)
        elif "shipped/closing.md.j2" in text:
            body = render_document("closing", "md", _sample_context("closing"), {"closing.md.j2": text})
            assert b"## Cost against the plan" in body
            assert b"## Booked by the finance department\n\nCost centre 4711, closed on 10 June 2026." in body
        elif "16. Februar" in text:
            body = render_document("letter", "txt", context, {"letter.txt.j2": text})
            assert b"please approve Every hire enquiry to one rep in minutes by 16. Februar. It" in body
        else:
            body = render_document("letter", "md", context, {"letter.md.j2": text})
            assert b"Dear Bram Yellowby," in body
            assert b"- routing rules accepted (Due in week: 1), Suvi Rautakerr" in body
    assert {language for language, _ in examples} == {"typst", "json", "jinja"}


def test_the_readme_explains_every_template() -> None:
    templates_of_documents = {
        catalogue.template_name(document.name, form)
        for document in catalogue.DOCUMENTS
        for form in document.forms
    }
    for suffix in catalogue.TEMPLATE_SUFFIXES.values():
        assert f"`DOCUMENT{suffix}`" in README
    for name in template_names():
        folder = name.partition("/")[0] + "/"
        is_explained = f"`{name}`" in README or f"`{folder}`" in README or name in templates_of_documents
        assert is_explained or name == "README.md", name
