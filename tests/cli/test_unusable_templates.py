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

TOO_LARGE = b"x" * (MAX_TEMPLATE_BYTES + 1)
FORMS = ("md", "html", "pdf")

rendered_here = pytest.mark.usefixtures("rendered_here")


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


def render_in_every_form(run: RunCommand, name: str) -> dict[str, bytes]:
    """The charter of the sprint `lead` in every form."""
    for form in FORMS:
        result = run("render", "lead", "-o", f"{name}.{form}")
        assert (result.code, result.err) == (0, ""), form
    return {form: Path(f"{name}.{form}").read_bytes() for form in FORMS}


@pytest.mark.slow
@rendered_here
def test_unusable_templates_that_nothing_needs_block_nothing(templates: Path, run: RunCommand) -> None:
    before = render_in_every_form(run, "before")
    for _, spoil in UNUSABLE:
        spoil(templates)
    assert render_in_every_form(run, "after") == before
    listing, doctor = run("render", "--list"), run("doctor")
    assert (listing.code, doctor.code) == (0, 1)
    names_in_json = {row["name"] for row in run("render", "--list", "--json").data["unusable"]}
    for name, _ in UNUSABLE:
        assert f"templates: {name}: " in listing.err.replace("\\\\", "\\")
        assert name in names_in_json
        assert f"templates/{name}" in doctor.out.replace("\\\\", "\\")


@pytest.mark.slow
@rendered_here
def test_an_unusable_template_refuses_the_documents_that_need_it(templates: Path, run: RunCommand) -> None:
    render_in_every_form(run, "before")  # what is cached now must not be taken afterwards
    needing = {
        "charter.html.j2": {"html"},
        "partials/markdown.j2": {"md"},
        "partials/style.css": {"html"},
        "house.typ": {"pdf"},
        "partials/base.typ": {"pdf"},
        "words.json": {"md", "html", "pdf"},
    }
    (templates / "partials").mkdir()
    for name, refused in needing.items():
        (templates / name).write_bytes(TOO_LARGE)
        for form in FORMS:
            after = Path(f"after.{form}")
            after.unlink(missing_ok=True)
            result = run("render", "lead", "-o", after, "--json")
            assert result.code == (2 if form in refused else 0), (name, form)
            if form in refused:
                (error,) = result.json["errors"]
                assert (error["path"], error["code"]) == (f"templates/{name}", "too_large")
                assert not after.exists()
        (templates / name).unlink()


@rendered_here
def test_a_partial_that_is_not_utf_8_blocks_only_those_that_use_it(templates: Path, run: RunCommand) -> None:
    (templates / "partials").mkdir()
    (templates / "partials/style.css").write_bytes("/* größer */".encode("cp1252"))
    assert run("render", "lead", "-o", "out.md").code == 0
    result = run("render", "lead", "-o", "out.html")
    assert result.code == 2 and "templates/partials/style.css: line 1: it is not UTF-8 text" in result.err


@pytest.mark.slow
@rendered_here
def test_templates_after_the_200th_refuse_only_what_needs_them(templates: Path, run: RunCommand) -> None:
    for number in range(MAX_TEMPLATES):
        (templates / f"a{number:03}.txt").write_bytes(b"x")
    (templates / "status.md.j2").write_bytes(template_bytes("status.md.j2"))
    assert run("render", "lead", "-o", "out.md").code == 0
    result = run("render", "lead", "status", "-o", "status.md")
    assert result.code == 2 and "templates/status.md.j2: more than 200 files" in result.err


@pytest.mark.slow
@rendered_here
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
def test_a_charter_that_exceeds_the_limits_does_not_block_others(
    templates: Path, workspace: Path, run: RunCommand
) -> None:
    path = workspace / "sprints/lead/charter.toml"
    text = path.read_text("utf-8")
    start = text.index("statement = ") + len('statement = "')
    path.write_text(text[:start] + "a" + "\u0300" * 20_000 + text[start:], "utf-8")
    result = run("render", "--all", "--format", "pdf", "-o", "out", "--json")
    assert result.code == 2
    (error,) = result.json["errors"]
    assert (error["code"], error["path"]) == ("limit", "sprints/lead")
    assert error["message"].startswith("the charter as pdf was stopped")
    assert "use_case.statement" in error["hint"]
    assert (workspace / "out/price-charter.pdf").read_bytes().startswith(b"%PDF")


HOUSE = '#import "/shipped/house.typ": *\n#let sans = ("Nope Sans", "Source Sans 3", "Noto Sans Hebrew")\n'


@pytest.mark.slow
@rendered_here
def test_a_missing_house_font_is_reported_everywhere(templates: Path, run: RunCommand) -> None:
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


UNUSABLE_FONTS = {
    "House.woff2": b"wOF2",
    "Text.ttf": b"no font",
    "Cut.otf": template_bytes("fonts/SourceSans3-It.otf")[:40_000],
    "Empty.ttf": b"",
    "Large.otf": TOO_LARGE,
}


@pytest.mark.slow
@rendered_here
def test_fonts_that_cannot_be_used_are_reported_everywhere(templates: Path, run: RunCommand) -> None:
    (templates / "fonts").mkdir()
    for name, content in UNUSABLE_FONTS.items():
        (templates / "fonts" / name).write_bytes(content)
    text, machine = run("render", "lead"), run("render", "lead", "--force", "--json")
    doctor = run("doctor")
    assert (text.code, machine.code, doctor.code) == (0, 0, 1)
    for name in UNUSABLE_FONTS:
        message = f"templates/fonts/{name} is not used: "
        assert message in text.err
        assert message in " ".join(machine.data["warnings"])
        assert message in " ".join(doctor.out.split())


@pytest.mark.slow
@rendered_here
def test_a_house_font_that_is_there_is_used_without_a_word(templates: Path, run: RunCommand) -> None:
    (templates / "fonts").mkdir()
    (templates / "fonts/House.otf").write_bytes(template_bytes("fonts/SourceSans3-It.otf"))
    result = run("render", "lead")
    assert (result.code, result.err) == (0, "")
    assert run("doctor").code == 0
