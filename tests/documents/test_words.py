"""One catalogue of words: a house or a language replaces any of them in one file, and nothing misspelt is taken."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from sprintkit.actions.context import open_context
from sprintkit.actions.load_sprint import load_records
from sprintkit.actions.render.sprint_source import build_document_context
from sprintkit.actions.render.templates import eject_templates, list_documents
from sprintkit.charter.question_bank import questions_by_path
from sprintkit.documents import catalogue
from sprintkit.documents.builtin_templates import templates_folder
from sprintkit.documents.builtin_words import NOTE_MARK, builtin_words, complete_words, encode_words
from sprintkit.documents.wording import english, load_wording
from sprintkit.errors import InputError
from sprintkit.store.house_files import HouseTemplates
from tests.cli.conftest import SAMPLES
from tests.documents.test_ending_documents import CLOSED, REVIEWED, RUNNING

_PACKAGE = Path(catalogue.__file__).parent.parent
_NO_WORD = re.compile(r"key|state$|role|kind|anchor|lang|dir|digest|iso|id$|depth$|part$|opening|sentence")
"""Names in a context whose texts no reader sees, or that stay as they are."""
BY_NAME = {document.name: document for document in catalogue.DOCUMENTS}
_KEPT = {"lang", "dir", "thousands", "decimal"}
"""Words that are none: they say how to write."""


def _translated(words: dict[str, Any]) -> dict[str, Any]:
    """Every word replaced by one that no English document has, with its slots."""

    def replace(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: replace(item) for key, item in value.items() if not key.startswith(NOTE_MARK)}
        if isinstance(value, list):
            return [replace(item) for item in value]
        slots = re.findall(r"\{[a-z_]+\}", value)
        return " ".join(["Ж", *slots]) if re.search(r"[A-Za-z]", re.sub(r"\{.*?\}", "", value)) else value

    return {key: value if key in _KEPT else replace(value) for key, value in words.items()}


def test_eject_writes_all_words_with_their_places(tmp_path: Path) -> None:
    (tmp_path / "sprints").mkdir()
    context = open_context(str(tmp_path), RUNNING)
    result = eject_templates(context, "words")
    assert result.data is not None and result.data["ejected"] == ["templates/words.json"]
    words = json.loads((tmp_path / "templates/words.json").read_text("utf-8"))
    assert set(words["labels"]) == set(questions_by_path())
    assert words["labels"]["use_case.statement"] == "Statement"
    assert words["choices"]["kind.working_system"] == "working system"
    assert words["choices"]["handover.deputy_cycle"] == "the deputy has run one full cycle"
    assert words["sentences"]["reason_lands_late"] == "Even if nothing else slips it lands {landing}."
    notes = [key for key in words if key.startswith(NOTE_MARK)]
    assert next(iter(words)) in notes and len(notes) > 10 and all(words[note] for note in notes)
    for document in ("charter", "status", "closing", "handover", "weekly"):
        assert any(document in note for note in notes)
    listed = list_documents(context).data
    assert listed is not None
    # A copy that nobody has changed counts as built in.
    assert [row["own"] for row in listed["templates"] if row["name"] == "words.json"] == [False]


def test_a_copy_of_all_words_changes_nothing() -> None:
    copy = load_wording({"words.json": encode_words(complete_words())})
    for slug, document, day in (
        ("lead-routing", "charter", RUNNING),
        ("lead-routing", "status", RUNNING),
        ("lead-routing", "closing", REVIEWED),
    ):
        context = open_context(str(SAMPLES.parent), day)
        sprint = load_records(context, slug)
        own = HouseTemplates({"words.json": encode_words(complete_words())}, {})
        built = build_document_context(context, sprint, BY_NAME[document], HouseTemplates({}, {}))
        assert build_document_context(context, sprint, BY_NAME[document], own) | {"words": 0} == built | {
            "words": 0
        }
    assert copy.choice_label("hold", "on_fail") == english().choice_label("hold", "on_fail")


@pytest.mark.parametrize("document", BY_NAME)
def test_one_file_translates_every_word_of_a_document(document: str) -> None:
    """What is left in English are the answers of the charter and its records."""
    own = {"words.json": json.dumps(_translated(complete_words())).encode()}
    for slug, day in (("lead-routing", RUNNING), ("lead-routing", CLOSED), ("price-exceptions", RUNNING)):
        context = open_context(str(SAMPLES.parent), day)
        sprint = load_records(context, slug)
        answers = " ".join(
            [
                *_texts(sprint.document),
                *(text for file in sprint.checkins for text in _texts(file.record.model_dump())),
            ]
            + [text for stored in sprint.closings for text in _texts(stored.record.model_dump())]
        )
        built = build_document_context(context, sprint, BY_NAME[document], HouseTemplates(own, {}))
        built.pop("words")
        own_words = set(re.findall(r"[A-Za-z]{4,}", answers))
        for path, text in _paths(built, ""):
            if _NO_WORD.search(path.rpartition(".")[2]):
                continue
            english_words = set(re.findall(r"[A-Za-z]{4,}", text)) - own_words
            assert not english_words, (path, text)


def _texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for item in value.values() for text in _texts(item)]
    if isinstance(value, (list, tuple)):
        return [text for item in value for text in _texts(item)]
    return [str(value)]


def _paths(value: Any, path: str) -> list[tuple[str, str]]:
    if isinstance(value, dict):
        return [pair for key, item in value.items() for pair in _paths(item, f"{path}.{key}")]
    if isinstance(value, list):
        return [pair for item in value for pair in _paths(item, path)]
    return [(path, value)] if isinstance(value, str) else []


@pytest.mark.parametrize(
    ("own", "message"),
    [
        (
            {"choices": {"working_sistem": "x"}},
            "no field has the choice 'working_sistem'. Did you mean 'working_system'?",
        ),
        ({"choices": {"on_fail.holdd": "x"}}, "Did you mean 'on_fail.hold'?"),
        ({"labels": {"use_case.statment": "x"}}, "Did you mean 'use_case.statement'?"),
        ({"sentences": {"reason_land_late": "x"}}, "Did you mean 'reason_lands_late'?"),
        ({"sentences": {"reason_lands_late": "{lading}"}}, "without {lading}; its slots are {landing}"),
        ({"health_on_trak": "x"}, "Did you mean 'health_on_track'?"),
    ],
)
def test_a_misspelt_word_is_refused_with_the_nearest(own: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=re.escape(message)):
        load_wording({"words.json": json.dumps(own)})


def test_every_word_is_used_by_some_document() -> None:
    texts = [
        path.read_text("utf-8") for path in templates_folder().rglob("*") if path.suffix in (".j2", ".typ")
    ]
    sources = "\n".join(path.read_text("utf-8") for path in _PACKAGE.rglob("*.py"))
    named = {*re.findall(r"words\.(\w+)", "\n".join(texts)), *re.findall(r"(?<=[\"'])\w+(?=[\"'])", sources)}
    beginnings = tuple(re.findall(r'"(\w{3,})\{', sources))
    assert [key for key in builtin_words() if key not in named and not key.startswith(beginnings)] == []
