"""The catalogue declares each document once, completely, and without loading anything heavy."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib import import_module
from typing import get_args

import pytest

from sprintkit.documents import catalogue
from sprintkit.documents.builtin_templates import template_names
from sprintkit.documents.catalogue import Document, template_name
from sprintkit.progress.state import State


@pytest.mark.parametrize("document", catalogue.DOCUMENTS, ids=lambda document: document.name)
def test_a_declaration_is_complete(document: Document) -> None:
    assert document.forms and set(document.forms) <= set(catalogue.FORMS)
    assert set(document.states) <= set(get_args(State)) - {"broken"}
    assert document.output_name("slug", "md").endswith(".md")
    module, _, function = document.context.partition(":")
    assert callable(getattr(import_module(module), function))


def test_every_document_has_exactly_the_templates_of_its_forms() -> None:
    declared = {
        template_name(document.name, form) for document in catalogue.DOCUMENTS for form in document.forms
    }
    assert all("txt" in document.forms for document in catalogue.DOCUMENTS if "eml" in document.forms)
    suffixes = tuple(catalogue.TEMPLATE_SUFFIXES.values())
    built_in = {name for name in template_names() if name.endswith(suffixes) and "/" not in name}
    assert built_in == declared | {f"{catalogue.HOUSE_STYLE}.typ"}


def test_names_and_output_files_are_unique() -> None:
    documents = catalogue.DOCUMENTS
    assert len({document.name for document in documents}) == len(documents)
    assert len({document.output_name("slug", "md") for document in documents}) == len(documents)


def test_all_states_are_covered() -> None:
    assert set(catalogue.ANY_STATE) == set(get_args(State)) - {"broken"}
    assert {*catalogue.CHARTERED, "scoping"} == set(catalogue.ANY_STATE)


def test_a_workspace_adds_documents_and_forms() -> None:
    *declared, letter, note = catalogue.available(
        [
            "letter.html.j2",
            "letter.md.j2",
            "note.txt.j2",
            "house.typ",
            "partials/x.md.j2",
            "words.json",
            "status.typ",
        ]
    )
    assert tuple(declared) == catalogue.DOCUMENTS
    assert (note.forms, note.default_form()) == (("txt",), "txt")
    assert (letter.name, letter.forms, letter.default_form()) == ("letter", ("md", "html"), "md")
    assert letter.output_name("lead", "md") == "lead-letter.md"
    assert letter.context == declared[0].context


def test_the_catalogue_loads_no_engine_and_no_model() -> None:
    code = (
        "import json, sys; import sprintkit.documents.catalogue;"
        "rooms = ('sprintkit.', 'jinja2', 'pydantic', 'typst');"
        "print(json.dumps([name for name in sys.modules if name.startswith(rooms)]))"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert set(json.loads(loaded)) == {"sprintkit.documents", "sprintkit.documents.catalogue"}
