"""The page for template writers is true: every name it tells is there, every name there is told."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from sprintkit.documents import builtin_templates, render_document
from sprintkit.documents.context.charter import charter_context
from sprintkit.documents.context.status import status_context
from sprintkit.documents.wording import wording
from tests.documents.examples import DIGEST, charter, signatures, week_facts

PAGE = (Path(builtin_templates.folder()) / "README.md").read_text(encoding="utf-8")
CHARTER, STATUS = PAGE.partition("### Charter\n")[2].split("### Status\n")
EXAMPLES = re.findall(r"```(\w+)\n(.*?)```", PAGE, re.DOTALL)


def _charter() -> dict[str, Any]:
    document = charter("lead")
    document["waivers"] = [{"rule": "R", "path": "p", "reason": "r", "by": "bram"}]
    document["extra"] = {"a": 1}
    return charter_context(
        document,
        digest=DIGEST,
        signatures=signatures("lead"),
        amendments=[
            {"id": "A1", "kind": "plan", "changes": [{"path": "x", "old": 1, "new": 2}], "from_week": 2}
        ],
        value={"entered": {"net": 1.0}, "sober": {"net": 1.0}, "break_even": 10.0},
    )


def _status() -> dict[str, Any]:
    return status_context(charter("lead"), **week_facts("lead", 5))


@pytest.mark.parametrize(("part", "context"), [(CHARTER, _charter()), (STATUS, _status())])
def test_every_name_on_the_page_is_in_the_context(part: str, context: dict[str, Any]) -> None:
    for name in re.findall(r"`([a-z_0-9]+(?:\.[a-z_0-9]+)+)`", part):
        if name.endswith(".json"):
            continue
        at: Any = context
        for key in name.split("."):
            assert key in at, name
            at = at[key]


@pytest.mark.parametrize(("part", "context"), [(CHARTER, _charter()), (STATUS, _status())])
def test_every_name_in_the_context_is_on_the_page(part: str, context: dict[str, Any]) -> None:
    told = set(re.findall(r"`([a-z_0-9.]+)`", part))

    def names(value: Any, path: str) -> list[str]:
        if isinstance(value, dict) and path in (
            "",
            "front",
            "signed",
            "agreement",
            "warnings",
            "value",
            "document",
        ):
            return [one for key, below in value.items() for one in names(below, f"{path}.{key}".lstrip("."))]
        if isinstance(value, dict) and path in (
            "section",
            "pictures",
            "health",
            "needs",
            "blockers",
            "milestones",
            "decisions",
            "guardrails",
        ):
            return [f"{path}.{key}" for key in value]
        return [path]

    untold = [name for name in names(context, "") if name not in told]
    assert not untold

    rows = {
        "signed.required": ("signed", "required"),
        "agreement.cases": ("agreement", "cases"),
        "changes": ("changes",),
        "milestones.rows": ("milestones", "rows"),
        "guardrails.rows": ("guardrails", "rows"),
        "figures": ("figures",),
    }
    for keys in rows.values():
        at: Any = context
        for key in keys:
            at = at.get(key, []) if isinstance(at, dict) else []
        for row in at[:1]:
            hidden = {"key"}
            assert set(row) - hidden <= told, set(row) - hidden - told


def test_the_examples_of_the_page_work() -> None:
    context = _charter()
    logo = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle r="4"/></svg>'
    done = set()
    for language, text in EXAMPLES:
        if language == "typst":
            assert render_document(
                "charter", "pdf", context, {"house.typ": text, "logo.svg": logo}
            ).startswith(b"%PDF")
        elif language == "json":
            assert wording({"words.json": text}).number(1234.5) == "1 234,5"
        elif "extends" in text:
            made = render_document("charter", "html", context, {"charter.html.j2": text, "logo.svg": logo})
            assert b'<circle r="4"/>' in made
        else:
            made = render_document("letter", "md", context, {"letter.md.j2": text})
            assert b"Dear Bram Yellowby," in made
            assert b"- routing rules accepted (Due in week: 1), Suvi Rautakerr" in made
        done.add(language)
    assert done == {"typst", "json", "jinja"}


def test_every_shipped_file_is_named() -> None:
    for name in builtin_templates.names():
        folder = name.partition("/")[0] + "/"
        assert f"`{name}`" in PAGE or f"`{folder}`" in PAGE or name == "README.md", name
