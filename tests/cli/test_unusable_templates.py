"""A template, font or charter that cannot be used hinders only the documents that need it, and is pointed out."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from sprintkit.documents.builtin_templates import template_bytes, templates_folder
from sprintkit.store.house_files import MAX_TEMPLATE_BYTES, MAX_TEMPLATES
from tests.cli.conftest import EXAMPLES, RunCommand
from tests.conftest import in_turn

TOO_LARGE = b"x" * (MAX_TEMPLATE_BYTES + 1)
FORMS = ("md", "html", "pdf")


@pytest.fixture
def templates(workspace: Path, run: RunCommand) -> Path:
    """The templates folder of a workspace with two charters."""
    for name in ("lead", "price"):
        assert run("scope", name, "--from", EXAMPLES / f"{name}.toml").code == 0
    (workspace / "templates").mkdir()
    return workspace / "templates"


def make_deep(folder: Path) -> None:
    (folder / "a/b/c/d/e").mkdir(parents=True)
    (folder / "a/b/c/d/e/deep.md.j2").write_bytes(b"x")


UNUSABLE: list[tuple[str, Callable[[Path], object]]] = [
    ("unused.md.j2", lambda folder: (folder / "unused.md.j2").write_bytes(TOO_LARGE)),
    ("a/b/c/d", make_deep),
    ("pipe.typ", lambda folder: os.mkfifo(folder / "pipe.typ")),
    ("gone.svg", lambda folder: (folder / "gone.svg").symlink_to("nowhere")),
    ("out.typ", lambda folder: (folder / "out.typ").symlink_to("/etc/hostname")),
    ("back\\slash.typ", lambda folder: (folder / "back\\slash.typ").write_bytes(b"x")),
    ("x" * 220 + ".typ", lambda folder: (folder / ("x" * 220 + ".typ")).write_bytes(b"x")),
    ("shipped/charter.typ", lambda folder: shutil.copytree(templates_folder(), folder / "shipped")),
]


@pytest.mark.slow
@pytest.mark.parametrize(("unusable", "form"), in_turn(UNUSABLE, FORMS))
def test_an_unusable_template_that_nothing_needs_hinders_nothing(
    templates: Path, run: RunCommand, unusable: tuple[str, Callable[[Path], object]], form: str
) -> None:
    name, spoil = unusable
    assert run("render", "lead", "-o", f"before.{form}").code == 0
    spoil(templates)
    result = run("render", "lead", "-o", f"after.{form}")
    assert (result.code, result.err) == (0, "")
    assert Path(f"after.{form}").read_bytes() == Path(f"before.{form}").read_bytes()
    listing = run("render", "--list")
    assert listing.code == 0 and f"templates: {name}: " in listing.err.replace("\\\\", "\\")
    assert name in {row["name"] for row in run("render", "--list", "--json").data["unusable"]}
    doctor = run("doctor")
    assert doctor.code == 1 and f"templates/{name}" in doctor.out.replace("\\\\", "\\")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "needing"),
    [
        ("charter.html.j2", {"html"}),
        ("partials/markdown.j2", {"md"}),
        ("partials/style.css", {"html"}),
        ("house.typ", {"pdf"}),
        ("partials/base.typ", {"pdf"}),
        ("words.json", {"md", "html", "pdf"}),
    ],
)
def test_an_unusable_template_refuses_the_documents_that_need_it(
    templates: Path, run: RunCommand, name: str, needing: set[str]
) -> None:
    for form in FORMS:  # what is cached now must not be taken afterwards
        assert run("render", "lead", "-o", f"before.{form}").code == 0
    (templates / name).parent.mkdir(exist_ok=True)
    (templates / name).write_bytes(TOO_LARGE)
    for form in FORMS:
        result = run("render", "lead", "-o", f"after.{form}", "--json")
        assert result.code == (2 if form in needing else 0), form
        if form in needing:
            (error,) = result.json["errors"]
            assert (error["path"], error["code"]) == (f"templates/{name}", "too_large")
            assert not Path(f"after.{form}").exists()


def test_a_partial_that_is_not_utf_8_hinders_only_those_that_use_it(templates: Path, run: RunCommand) -> None:
    (templates / "partials").mkdir()
    (templates / "partials/style.css").write_bytes("/* größer */".encode("cp1252"))
    assert run("render", "lead", "-o", "out.md").code == 0
    result = run("render", "lead", "-o", "out.html")
    assert result.code == 2 and "templates/partials/style.css: line 1: it is not UTF-8 text" in result.err


@pytest.mark.slow
def test_templates_after_the_200th_refuse_only_what_needs_them(templates: Path, run: RunCommand) -> None:
    for number in range(MAX_TEMPLATES):
        (templates / f"a{number:03}.txt").write_bytes(b"x")
    (templates / "status.md.j2").write_bytes(template_bytes("status.md.j2"))
    assert run("render", "lead", "-o", "out.md").code == 0
    result = run("render", "lead", "status", "-o", "status.md")
    assert result.code == 2 and "templates/status.md.j2: more than 200 files" in result.err


@pytest.mark.slow
def test_all_renders_what_it_can_and_names_the_rest(
    templates: Path, workspace: Path, run: RunCommand
) -> None:
    (templates / "charter.html.j2").write_bytes(TOO_LARGE)
    result = run("render", "--all", "-o", "out", "--json")
    assert result.code == 2
    assert [error["path"] for error in result.json["errors"]] == ["templates/charter.html.j2"]
    names = {f"{slug}-charter.{form}" for slug in ("lead", "price") for form in ("md", "pdf")}
    written = {Path(document["path"]).name for document in result.data["written"]}
    assert written == {path.name for path in (workspace / "out").iterdir()}
    assert names <= written and not any(name.endswith("charter.html") for name in written)


@pytest.mark.slow
def test_a_charter_that_exceeds_the_limits_hinders_no_other(
    templates: Path, workspace: Path, run: RunCommand
) -> None:
    path = workspace / "sprints/lead/charter.toml"
    text = path.read_text("utf-8")
    start = text.index("statement = ") + len('statement = "')
    path.write_text(text[:start] + "a" + "\u0300" * 20_000 + text[start:], "utf-8")
    result = run("render", "lead", "--json")
    assert result.code == 2
    (error,) = result.json["errors"]
    assert (error["code"], error["path"]) == ("limit", "sprints/lead")
    assert "use_case.statement" in error["hint"]
    everything = run("render", "--all", "--format", "pdf", "-o", "out")
    assert everything.code == 2 and "sprints/lead: the charter as pdf was stopped" in everything.err
    assert (workspace / "out/price-charter.pdf").read_bytes().startswith(b"%PDF")


HOUSE = '#import "/shipped/house.typ": *\n#let sans = ("Nope Sans", "Source Sans 3", "Noto Sans Hebrew")\n'


@pytest.mark.slow
def test_a_house_font_that_is_not_there_is_told_everywhere(templates: Path, run: RunCommand) -> None:
    assert not any(run("render", "lead", "-o", "plain.pdf", "--json").data["warnings"])
    (templates / "house.typ").write_text(HOUSE, "utf-8")
    message = "No font in templates/fonts is called 'nope sans'; another one is used instead."
    result = run("render", "lead", "-o", "one.pdf")
    assert (result.code, result.err) == (0, message + "\n")
    result = run("render", "lead", "-o", "two.pdf", "--json")
    assert (result.code, result.data["warnings"]) == (0, [message])
    assert run("render", "lead", "-o", "three.md").err == ""
    everything = run("render", "--all", "--format", "pdf", "-o", "out")
    assert (everything.code, everything.err.count(message)) == (0, 1)
    doctor = run("doctor")
    assert doctor.code == 1 and message in " ".join(doctor.out.split())


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("House.woff2", b"wOF2"),
        ("House.ttf", b"no font"),
        ("House.otf", template_bytes("fonts/SourceSans3-It.otf")[:40_000]),
        ("House.ttf", b""),
        ("House.otf", TOO_LARGE),
    ],
    ids=["woff2", "text", "cut", "empty", "large"],
)
def test_a_font_that_cannot_be_used_is_told_everywhere(
    templates: Path, run: RunCommand, name: str, content: bytes
) -> None:
    (templates / "fonts").mkdir()
    (templates / "fonts" / name).write_bytes(content)
    result = run("render", "lead")
    assert result.code == 0 and f"templates/fonts/{name} is not used: " in result.err
    result = run("render", "lead", "--force", "--json")
    assert result.code == 0 and f"templates/fonts/{name} is not used: " in result.data["warnings"][0]
    doctor = run("doctor")
    assert doctor.code == 1 and f"templates/fonts/{name} is not used: " in " ".join(doctor.out.split())


@pytest.mark.slow
def test_a_house_font_that_is_there_is_used_without_a_word(templates: Path, run: RunCommand) -> None:
    (templates / "fonts").mkdir()
    (templates / "fonts/House.otf").write_bytes(template_bytes("fonts/SourceSans3-It.otf"))
    result = run("render", "lead")
    assert (result.code, result.err) == (0, "")
    assert run("doctor").code == 0
