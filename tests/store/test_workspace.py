"""Where the files of a workspace are, and names that are safe on every system."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sprintkit.errors import InputError
from sprintkit.records import kinds
from sprintkit.records.kinds import RecordKind
from sprintkit.store.cache.listing import SprintIndex
from sprintkit.store.workspace import (
    MAX_SLUG,
    RESERVED_NAMES,
    Workspace,
    find_workspace,
    free_slug,
    safe_slug,
    validate_slug,
)
from tests.store.helpers import path_in, write_file


def test_a_workspace_is_found_from_any_folder_inside_it(workspace: Workspace) -> None:
    deep = path_in(workspace, "sprints/lead/checkins")
    deep.mkdir(parents=True)
    assert find_workspace(deep) == workspace
    assert find_workspace(workspace.root) == workspace


def test_without_a_workspace_the_error_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="workspace") as caught:
        find_workspace(tmp_path)
    assert "init" in (caught.value.problems[0].hint or "")
    for folder in (tmp_path / "missing", "a\0b", tmp_path / ("x" * 5000)):
        with pytest.raises(InputError):
            find_workspace(folder)


def test_every_file_has_its_path(workspace: Workspace) -> None:
    digest = "0123456789abcdef" * 4
    assert workspace.draft_path("lead") == "sprints/lead/draft.toml"
    assert workspace.charter_path("lead") == "sprints/lead/charter.toml"
    assert workspace.signed_path("lead", digest) == "sprints/lead/signed/0123456789ab.toml"
    records: list[tuple[RecordKind, dict[str, str | int], str]] = [
        (kinds.TESTIMONY, {"person": "Desk Lead B"}, "answers/desk-lead-b.toml"),
        (
            kinds.SIGNATURE,
            {"digest": digest, "party": "owner", "person": "odile"},
            "signatures/0123456789ab/owner-odile.toml",
        ),
        (
            kinds.AMENDMENT,
            {"on": "2027-04-02", "change": "scope", "person": "ann"},
            "amendments/2027-04-02-scope-ann.toml",
        ),
        (kinds.CHECKIN, {"week": 3}, "checkins/week-03.toml"),
        (kinds.CORRECTION, {"week": 3, "number": 1}, "checkins/week-03-fix-1.toml"),
        (kinds.CLOSING, {}, "closing.toml"),
        (kinds.REVIEW, {"month": "2027-04"}, "reviews/2027-04.toml"),
        (kinds.READINESS, {}, "readiness.toml"),
    ]
    for kind, names, path in records:
        assert workspace.record_path("lead", kind, **names) == f"sprints/lead/{path}"
        assert kind.match_path(f"sprints/lead/{path}")


def test_slugs_are_the_sorted_names_of_visible_folders(workspace: Workspace) -> None:
    for name in ("price", "lead", ".hidden"):
        write_file(workspace, f"sprints/{name}/draft.toml")
    write_file(workspace, "sprints/README.md")
    Path(os.fsdecode(workspace.absolute_path("sprints").encode() + b"/\xff")).mkdir()
    assert workspace.slugs() == ["lead", "price"]
    assert workspace.require_sprint("lead") == "lead"


def test_a_folder_without_charter_draft_or_records_is_not_a_sprint(workspace: Workspace) -> None:
    write_file(workspace, "sprints/@eaDir/SYNO@index", "")
    write_file(workspace, "sprints/archive/old/charter.toml")
    path_in(workspace, "sprints/#recycle").mkdir()
    files = {
        "with-answer": "answers/ann.toml",
        "with-charter": "charter.toml",
        "with-closing": "closing.toml",
        "with-draft": "draft.toml",
        "with-signed-charter": "signed/0123456789ab.toml",
    }
    for slug, name in files.items():
        write_file(workspace, f"sprints/{slug}/{name}")
    assert workspace.slugs() == list(files)
    assert SprintIndex.open(workspace).slugs == workspace.slugs()
    assert workspace.find_sprint("archive") is None
    with pytest.raises(InputError, match="no sprint archive"):
        workspace.require_sprint("archive")


def test_a_folder_that_becomes_a_sprint_is_listed_at_once(workspace: Workspace) -> None:
    folder = path_in(workspace, "sprints/archive")
    folder.mkdir()
    for path in (folder, folder.parent):
        os.utime(path, (1_700_000_000, 1_700_000_000))
    index = SprintIndex.open(workspace)
    index.put("", "key", [])
    index.close()
    assert SprintIndex.open(workspace).slugs == []
    write_file(workspace, "sprints/archive/draft.toml")
    assert SprintIndex.open(workspace).slugs == ["archive"]


def test_a_slug_is_found_in_either_spelling_of_its_letters(workspace: Workspace) -> None:
    decomposed, composed = "cafe\u0301", "caf\u00e9"
    write_file(workspace, f"sprints/{decomposed}/draft.toml")
    assert workspace.require_sprint(composed) == decomposed
    write_file(workspace, f"sprints/{composed}/draft.toml")
    assert workspace.require_sprint(composed) == composed
    assert workspace.require_sprint(decomposed) == decomposed


def test_an_unknown_sprint_suggests_the_closest_one(workspace: Workspace) -> None:
    with pytest.raises(InputError, match="no sprint x") as caught:
        workspace.require_sprint("x")
    assert "scope" in (caught.value.problems[0].hint or "")
    for name in ("lead-routing", "price"):
        write_file(workspace, f"sprints/{name}/draft.toml")
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
    ("\u202eabc", "abc"),
    ("", "sprint"),
    ("x" * 300, "x" * MAX_SLUG),
    ("count " * 12, "count-" * 9 + "count"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "slug"), SLUGS)
def test_a_name_becomes_a_safe_folder_name(text: str, slug: str) -> None:
    assert safe_slug(text) == slug


@given(st.text())
def test_any_text_becomes_a_slug_that_is_safe_on_every_system(text: str) -> None:
    slug = safe_slug(text)
    assert validate_slug(slug) == slug == safe_slug(slug) == slug.casefold()
    assert slug not in RESERVED_NAMES
    assert free_slug(text, [slug.upper()]) == validate_slug(free_slug(text, [slug])) != slug


def test_a_taken_name_gets_a_number() -> None:
    assert free_slug("Lead", ["lead", "lead-2"]) == "lead-3"
    assert len(free_slug("x" * 300, ["x" * MAX_SLUG])) == MAX_SLUG


@pytest.mark.parametrize(
    "slug", ["", "Lead", "a b", "../x", "a/b", "con", ".x", "-x", "x" * 61, "ä", "a\n", "a."]
)
def test_an_unsafe_slug_is_refused_with_a_safe_suggestion(slug: str) -> None:
    with pytest.raises(InputError) as caught:
        validate_slug(slug)
    assert safe_slug(slug) in (caught.value.problems[0].hint or "")
