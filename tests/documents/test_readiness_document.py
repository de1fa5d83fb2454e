"""The readiness score as a document: its numbers in every form, on one page, and in a house's own words."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sprintkit.actions.context import WorkspaceContext, open_context
from sprintkit.actions.readiness.readiness import record_readiness
from sprintkit.actions.render.render import render_all, render_bytes
from sprintkit.records.readiness import readiness_questions
from sprintkit.store import create
from tests.documents.reading import html_tags, html_text, markdown_text, pdf_info, pdf_text

WORKED = (1, 0.5, 0.5, 0, 1, 0.5, 0.5, 0, 1, 0, 1, 1, 0.5, 1, 0.5, 1, 0.5, 1, 1, 1, 0.5, 1, 0.5, 0, 1)
ANSWERS = dict(zip(readiness_questions(), map(float, WORKED), strict=True))
RECORD: dict[str, Any] = {
    "on": date(2026, 3, 3),
    "by": "Odile Tamsworth",
    "answers": ANSWERS,
    "proofs": {"live_rows_read": "profile of 12 May"},
}
HOSTILE = "#panic() $x$ <script>alert(1)</script> | **b** [/] {{ 7*7 }} \u202egpj.exe"


@pytest.fixture
def context(tmp_path: Path) -> WorkspaceContext:
    """A workspace with a sprint that has a title and nothing else."""
    create.create_workspace(str(tmp_path))
    folder = tmp_path / "sprints/lead"
    folder.mkdir(parents=True)
    (folder / "draft.toml").write_text('schema = 1\n[charter]\ntitle = "Route every lead"\n', "utf-8")
    return open_context(str(tmp_path), date(2026, 3, 9))


def render(context: WorkspaceContext, form: str) -> bytes:
    return render_bytes(context, "lead", "readiness", form).body


def test_every_form_says_band_numbers_and_what_to_fix_first(context: WorkspaceContext) -> None:
    record_readiness(context, "lead", RECORD)
    pdf = render(context, "pdf")
    texts = {
        "md": markdown_text(render(context, "md")),
        "html": html_text(render(context, "html")),
        "txt": render(context, "txt").decode(),
        "pdf": pdf_text(pdf),
    }
    for form, text in texts.items():
        flat = " ".join(text.split())
        for fact in (
            "Route every lead",
            "answered on 3 March 2026 by Odile Tamsworth",
            "Scope, but fix process first",
            "62.88",
            "process; it decides the band",
            "On the scale of the ML Test Score: first pass.",
            "Are the cases that do not fit counted?",
            "Scoping asks: Which cases do not fit? How many in a hundred? Who takes them? (Exceptions)",
            "profile of 12 May",
            "shown, where?",
            "Shown without a word on where it can be seen: 11 of 12.",
        ):
            assert fact in flat, (form, fact)
        assert flat.index("Are the cases that do not fit") < flat.index("Where they differed")
    assert pdf_info(pdf)["Pages"] == "1"
    assert (pdf_info(pdf)["Tagged"], pdf) == ("yes", render(context, "pdf"))
    assert max(map(len, texts["txt"].splitlines())) <= 78


def test_25_proofs_of_usual_length_leave_it_on_one_page(context: WorkspaceContext) -> None:
    proof = "folder 7 of the shared drive, 12 May 2026"
    everything = dict.fromkeys(ANSWERS, 1.0)
    record_readiness(context, "lead", {"answers": everything, "proofs": dict.fromkeys(ANSWERS, proof)})
    pdf = render(context, "pdf")
    assert pdf_info(pdf)["Pages"] == "1"
    text = " ".join(pdf_text(pdf).split())
    assert "Ready to build" in text and "Everything is shown." in text and "where?" not in text


def test_a_note_says_that_the_band_depends_on_the_weights(context: WorkspaceContext) -> None:
    halves = dict.fromkeys(ANSWERS, 0.5)
    metric = ("business_number", "baseline_measured", "target_and_day", "stop_line", "shifted_work_guarded")
    record_readiness(context, "lead", {"answers": {**halves, **dict.fromkeys(metric, 1.0)}})
    assert "The band depends on the weights." in markdown_text(render(context, "md"))


def test_text_of_people_stays_text(context: WorkspaceContext) -> None:
    record_readiness(context, "lead", RECORD)
    tags = html_tags(render(context, "html"))
    proofs = {"live_rows_read": HOSTILE, "one_owner": "long " * 900 + "w" * 400}
    record_readiness(context, "lead", {**RECORD, "by": HOSTILE, "proofs": proofs})
    body = render(context, "html")
    assert [tag for tag in html_tags(body) if tag[0] == "script"] == [
        tag for tag in tags if tag[0] == "script"
    ]
    assert "<script>alert(1)</script>" in html_text(body)
    for form in ("md", "txt"):
        assert "\u202e" not in render(context, form).decode()
    assert "#panic() $x$" in " ".join(pdf_text(render(context, "pdf")).split())


def test_without_all_25_answers_there_is_nothing_to_show_yet(
    context: WorkspaceContext, tmp_path: Path
) -> None:
    assert "Not all 25 questions are answered yet." in markdown_text(render(context, "md"))
    folder = tmp_path / "out"
    render_all(context, "lead", form="md", out=str(folder))
    assert sorted(path.name for path in folder.iterdir()) == ["lead-brief.md", "lead-charter.md"]
    record_readiness(context, "lead", RECORD)
    render_all(context, "lead", form="md", out=str(folder), force=True)
    assert "lead-readiness.md" in [path.name for path in folder.iterdir()]


def test_a_house_rewords_questions_areas_and_bands(context: WorkspaceContext, tmp_path: Path) -> None:
    words = {
        "readiness_fix_first": "Zuerst",
        "choices": {"readiness.exceptions_counted": "Sind die Ausnahmen gezählt?"},
        "labels": {"process.exceptions": "Ausnahmen"},
        "sentences": {"readiness_process": "Ablauf", "readiness_band_fix_first": "erst {area} klären"},
    }
    (tmp_path / "templates").mkdir(exist_ok=True)
    (tmp_path / "templates/words.json").write_text(json.dumps(words), "utf-8")
    record_readiness(context, "lead", RECORD)
    text = " ".join(markdown_text(render(context, "md")).split())
    for fact in ("Erst Ablauf klären", "Zuerst", "Sind die Ausnahmen gezählt? (no)", "(Ausnahmen)"):
        assert fact in text, fact
