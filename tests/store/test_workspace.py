"""Where things lie, names safe on every system, a new workspace, its settings and templates, drafts of forms."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sprintkit.errors import InputError, WriteError
from sprintkit.store import form_drafts, house_files
from sprintkit.store.create import create_workspace
from sprintkit.store.save import save_document, sweep
from sprintkit.store.workspace import MAX_SLUG, RESERVED, Workspace, validate_slug, find_workspace, free_slug, safe_slug
from tests.store.conftest import Tracer, names_in


def test_a_workspace_is_found_from_any_folder_in_it(workspace: Workspace) -> None:
    deep = Path(workspace.absolute_path("sprints/lead/checkins"))
    deep.mkdir(parents=True)
    assert find_workspace(deep) == workspace
    assert find_workspace(workspace.root) == workspace


def test_no_workspace_is_told_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="workspace") as caught:
        find_workspace(tmp_path)
    assert "init" in (caught.value.problems[0].hint or "")
    for name in ("missing", "a\0b", "x" * 5000):
        with pytest.raises(InputError):
            find_workspace(tmp_path / name) if "\0" not in name else find_workspace(name)


def test_everything_lies_where_its_name_says(workspace: Workspace) -> None:
    digest = "0123456789abcdef" * 4
    assert workspace.draft_path("lead") == "sprints/lead/draft.toml"
    assert workspace.charter_path("lead") == "sprints/lead/charter.toml"
    assert workspace.testimony_path("lead", "Desk Lead B") == "sprints/lead/answers/desk-lead-b.toml"
    assert (
        workspace.signature_path("lead", digest, "owner", "odile")
        == "sprints/lead/signatures/0123456789ab/owner-odile.toml"
    )
    assert workspace.signed_path("lead", digest) == "sprints/lead/signed/0123456789ab.toml"
    assert (
        workspace.amendment_path("lead", "2027-04-02", "scope", "ann")
        == "sprints/lead/amendments/2027-04-02-scope-ann.toml"
    )
    assert workspace.checkin_path("lead", 3) == "sprints/lead/checkins/week-03.toml"
    assert workspace.correction_path("lead", 3, 1) == "sprints/lead/checkins/week-03-fix-1.toml"
    assert workspace.closing_path("lead") == "sprints/lead/closing.toml"
    assert workspace.review_path("lead", "2027-04") == "sprints/lead/reviews/2027-04.toml"
    assert workspace.readiness_path("lead") == "sprints/lead/readiness.toml"


def test_sprints_are_the_folders_sorted(workspace: Workspace) -> None:
    for name in ("price", "lead", ".hidden"):
        Path(workspace.absolute_path(f"sprints/{name}")).mkdir()
    Path(workspace.absolute_path("sprints/README.md")).touch()
    Path(os.fsdecode(workspace.absolute_path("sprints").encode() + b"/\xff")).mkdir()
    assert workspace.slugs() == ["lead", "price"]
    assert workspace.require_sprint("lead") == "lead"


def test_an_unknown_sprint_names_the_nearest(workspace: Workspace) -> None:
    with pytest.raises(InputError, match="no sprint x") as caught:
        workspace.require_sprint("x")
    assert "scope" in (caught.value.problems[0].hint or "")
    for name in ("lead-routing", "price"):
        Path(workspace.absolute_path(f"sprints/{name}")).mkdir()
    with pytest.raises(InputError) as caught:
        workspace.require_sprint("Lead_Routin")
    assert caught.value.problems[0].hint == "Did you mean lead-routing?"
    with pytest.raises(InputError):
        workspace.require_sprint("../sprints/price")


SLUGS = [
    ("Lead routing!", "lead-routing"),
    ("  Ünïcode Straße Ærø ", "unicode-strasse-aero"),
    ("Bram's team", "brams-team"),
    ("漢字", "sprint"),
    ("漢字 phase 2", "phase-2"),
    ("Привет", "sprint"),
    ("..", "sprint"),
    ("../../etc/passwd", "etc-passwd"),
    ("CON", "sprint-con"),
    ("lpt1", "sprint-lpt1"),
    ("com¹", "sprint-com1"),
    ("con.toml", "con-toml"),
    ("-rf", "rf"),
    ("a_b", "a-b"),
    ("a\x1b[31m\n", "a-31m"),
    ("‮abc", "abc"),
    ("", "sprint"),
    ("x" * 300, "x" * MAX_SLUG),
    ("count " * 12, "count-" * 9 + "count"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "slug"), SLUGS)
def test_a_name_makes_one_safe_folder(text: str, slug: str) -> None:
    assert safe_slug(text) == slug


@given(st.text())
def test_any_text_makes_a_slug_that_holds_everywhere(text: str) -> None:
    slug = safe_slug(text)
    assert validate_slug(slug) == slug == safe_slug(slug) == slug.casefold()
    assert slug not in RESERVED
    assert free_slug(text, [slug.upper()]) == validate_slug(free_slug(text, [slug])) != slug


def test_a_taken_name_gets_a_number() -> None:
    assert free_slug("Lead", ["lead", "lead-2"]) == "lead-3"
    assert len(free_slug("x" * 300, ["x" * MAX_SLUG])) == MAX_SLUG


@pytest.mark.parametrize(
    "slug", ["", "Lead", "a b", "../x", "a/b", "con", ".x", "-x", "x" * 61, "ä", "a\n", "a."]
)
def test_an_unsafe_slug_is_refused_with_one_that_would_do(slug: str) -> None:
    with pytest.raises(InputError) as caught:
        validate_slug(slug)
    assert safe_slug(slug) in (caught.value.problems[0].hint or "")


def test_a_new_workspace(tmp_path: Path) -> None:
    workspace, made = create_workspace(tmp_path / "a" / "b")
    assert made == ["sprints/", ".gitattributes", ".gitignore"]
    assert Path(workspace.absolute_path(".gitattributes")).read_text() == "*.toml text eol=lf\n"
    assert Path(workspace.absolute_path(".gitignore")).read_text() == ".sprintkit/\n"
    assert find_workspace(workspace.absolute_path("sprints")) == workspace
    assert create_workspace(workspace.root) == (workspace, [])


def test_a_workspace_in_a_repository_adds_its_lines_and_overwrites_nothing(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("*.pyc")
    (tmp_path / ".gitattributes").write_bytes(b"*.png binary\r\n*.toml text eol=lf\r\n")
    assert create_workspace(tmp_path)[1] == ["sprints/", ".gitignore"]
    assert (tmp_path / ".gitignore").read_text() == "*.pyc\n.sprintkit/\n"
    assert (tmp_path / ".gitattributes").read_bytes() == b"*.png binary\r\n*.toml text eol=lf\r\n"


def test_a_place_that_cannot_be_a_workspace_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for place in (tmp_path / "file", tmp_path / "file" / "inner"):
        with pytest.raises(WriteError, match="could not be made a workspace"):
            create_workspace(place)
    with pytest.raises(WriteError):
        create_workspace("a\0b")


def test_settings_are_a_document_or_none(workspace: Workspace) -> None:
    assert house_files.load_settings(workspace) is None
    Path(workspace.absolute_path("sprintkit.toml")).write_text('theme = "nord"\n')
    stored = house_files.load_settings(workspace)
    assert stored is not None
    assert stored.document == {"theme": "nord"}
    Path(workspace.absolute_path("sprintkit.toml")).write_text("theme = \n")
    with pytest.raises(InputError, match="line 1"):
        house_files.load_settings(workspace)


def lay_template(workspace: Workspace, name: str, data: bytes = b"x") -> Path:
    path = Path(workspace.absolute_path(f"templates/{name}"))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def test_templates_are_read_whole_with_their_folders(workspace: Workspace) -> None:
    assert house_files.load_templates(workspace) == {}
    lay_template(workspace, "charter.md.j2", b"one")
    lay_template(workspace, "parts/head.typ", b"\xff")
    lay_template(workspace, ".hidden")
    assert house_files.load_templates(workspace) == {"charter.md.j2": b"one", "parts/head.typ": b"\xff"}


def test_templates_that_leave_their_folder_or_its_bounds_are_told_all_at_once(
    workspace: Workspace, tmp_path: Path
) -> None:
    (tmp_path / "secret").write_text("secret")
    Path(workspace.absolute_path("sprintkit.toml")).write_text("secret = 1")
    lay_template(workspace, "good.md.j2")
    lay_template(workspace, "large.md.j2", b"x" * (house_files.MAX_TEMPLATE + 1))
    Path(workspace.absolute_path("templates/out.typ")).symlink_to(tmp_path / "secret")
    Path(workspace.absolute_path("templates/settings.typ")).symlink_to("../sprintkit.toml")
    Path(workspace.absolute_path("templates/folder")).symlink_to(tmp_path)
    os.mkfifo(workspace.absolute_path("templates/pipe"))
    lay_template(workspace, "a/b/c/d/deep.typ")
    with pytest.raises(InputError) as caught:
        house_files.load_templates(workspace)
    assert {problem.path: problem.code for problem in caught.value.problems} == {
        "templates/large.md.j2": "too_large",
        "templates/out.typ": "outside",
        "templates/settings.typ": "outside",
        "templates/folder": "outside",
        "templates/pipe": "not_a_file",
        "templates/a/b/c/d": "too_deep",
    }


def test_too_many_templates_are_told(workspace: Workspace) -> None:
    for number in range(house_files.MAX_TEMPLATES + 1):
        lay_template(workspace, f"{number}.typ")
    with pytest.raises(InputError, match="more than 200"):
        house_files.load_templates(workspace)


def test_a_half_filled_form_outlives_the_program(workspace: Workspace) -> None:
    content = {"week": 3, "notes": "a\r\n\ud800 漢", "accepted": [{"id": "M1"}]}
    assert form_drafts.load_form_draft(workspace.root, "checkin lead") is None
    form_drafts.save_form_draft(workspace.root, "checkin lead", content)
    assert form_drafts.load_form_draft(workspace.root, "checkin lead") == content
    form_drafts.save_form_draft(workspace.root, "checkin lead", {"week": 4})
    assert form_drafts.load_form_draft(workspace.root, "checkin lead") == {"week": 4}
    assert names_in(workspace.root) == [".sprintkit/forms/checkin-lead.json", ".sprintkit/lock"]
    form_drafts.delete_form_draft(workspace.root, "checkin lead")
    form_drafts.delete_form_draft(workspace.root, "checkin lead")
    assert form_drafts.load_form_draft(workspace.root, "checkin lead") is None


@pytest.mark.parametrize("data", [b"", b"{", b"[1]", b"\xff", b"[" * 100_000, b'{"a": ' * 50_000])
def test_a_broken_draft_of_a_form_is_none(workspace: Workspace, data: bytes) -> None:
    form_drafts.save_form_draft(workspace.root, "closing", {"a": 1})
    Path(workspace.absolute_path(form_drafts.form_draft_path("closing"))).write_bytes(data)
    assert form_drafts.load_form_draft(workspace.root, "closing") is None


def test_a_form_that_cannot_be_kept_is_told(workspace: Workspace, tracer: Tracer) -> None:
    with pytest.raises(WriteError, match="more than"):
        form_drafts.save_form_draft(workspace.root, "closing", {"a": "x" * 2_000_000})

    def full(number: int, call: str, name: str) -> None:
        if call == "write":
            raise OSError(28, "No space left on device")

    tracer.at, tracer.on = full, True
    with pytest.raises(WriteError, match="No space left"):
        form_drafts.save_form_draft(workspace.root, "closing", {"a": 1})


def test_left_over_files_go_and_others_stay(workspace: Workspace) -> None:
    save_document(workspace.root, "sprints/lead/signatures/0123456789ab/a-b.toml", {"a": 1}, expected=None)
    dead = ".sprintkit-4194999-0123abcd.tmp"
    for name in (dead, f".sprintkit-{os.getppid()}-0123abcd.tmp", ".sprintkit-1-x.tmp", "my.tmp"):
        Path(workspace.absolute_path(f"sprints/lead/signatures/0123456789ab/{name}")).touch()
    sweep(workspace.root)
    left = [path.rpartition("/")[2] for path in names_in(workspace.absolute_path("sprints"))]
    assert dead not in left
    assert len(left) == 4
