"""A document rendered again: the same bytes, nothing worked out anew, and never anything out of date."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from sprintkit.store.cache import documents as document_cache
from sprintkit.store.workspace import Workspace
from tests.cli.conftest import SAMPLES, RunCommand

SLUG = "price-exceptions"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with the samples, the current folder; the cache lies beside it, and is empty."""
    root = tmp_path / "workspace"
    shutil.copytree(SAMPLES, root / "sprints")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(root)
    return root


def kept(root: Path) -> list[Path]:
    """Entries in the cache."""
    return sorted((root.parent / "cache/sprintkit/contexts").glob("*"))


@pytest.mark.parametrize("form", ["md", "html", "pdf"])
@pytest.mark.parametrize("document", ["charter", "status"])
def test_a_document_from_the_cache_is_identical(
    place: Path, run: RunCommand, document: str, form: str
) -> None:
    for name in ("one", "two"):
        assert run("render", SLUG, document, "-o", f"{name}.{form}").code == 0
    assert (place / f"one.{form}").read_bytes() == (place / f"two.{form}").read_bytes()
    assert kept(place)


def test_cache_files_are_private_and_outside_the_workspace(place: Path, run: RunCommand) -> None:
    before = sorted(place.rglob("*"))
    run("render", SLUG, "-o", "-", "--format", "md")
    assert sorted(place.rglob("*")) == before
    assert len(kept(place)) == 2  # the document, and what its templates were given
    for entry in kept(place):
        assert entry.stat().st_mode & 0o77 == 0 and entry.parent.stat().st_mode & 0o77 == 0


def test_the_cache_key_changes_with_any_byte_of_any_file(place: Path) -> None:
    workspace = Workspace(str(place))
    (place / "sprintkit.toml").write_text("schema = 1\n", "utf-8")
    first = document_cache.SprintSnapshot(workspace, SLUG).cache_key("charter")
    assert first is not None and first == document_cache.SprintSnapshot(workspace, SLUG).cache_key("charter")
    names = {first, document_cache.SprintSnapshot(workspace, SLUG).cache_key("status")}
    files = [path for path in (place / "sprints" / SLUG).rglob("*") if path.is_file()]
    for path in [*files, place / "sprintkit.toml"]:
        whole, status = path.read_bytes(), path.stat()
        for at in (0, len(whole) // 2, len(whole) - 1):
            path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
            os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))  # its time and size tell nothing
            names.add(document_cache.SprintSnapshot(workspace, SLUG).cache_key("charter"))
        path.write_bytes(whole)
    assert len(names) == 2 + 3 * (len(files) + 1)
    assert document_cache.SprintSnapshot(workspace, SLUG).cache_key("charter") == first
    files[0].rename(files[0].with_name("another.toml"))
    assert document_cache.SprintSnapshot(workspace, SLUG).cache_key("charter") not in names


def test_a_changed_answer_shows_at_once(place: Path, run: RunCommand) -> None:
    charter = place / "sprints" / SLUG / "charter.toml"
    before = run("render", SLUG, "-o", "-", "--format", "md").out
    status = charter.stat()
    charter.write_bytes(charter.read_bytes().replace(b'title = "', b'title = "Z', 1))
    os.utime(charter, ns=(status.st_atime_ns, status.st_mtime_ns))
    after = run("render", SLUG, "-o", "-", "--format", "md").out
    assert after != before and after.startswith("# Z")


@pytest.mark.parametrize("form", ["md", "html"])
def test_a_changed_template_shows_at_once(place: Path, run: RunCommand, form: str) -> None:
    shown = [run("render", SLUG, "-o", "-", "--format", form).out]
    template = place / "templates" / f"charter.{form}.j2"
    template.parent.mkdir()
    for text in ("<p>Ours</p>\n", "<p>Yours</p>\n"):
        template.write_text(text, "utf-8")
        for _ in range(2):
            shown.append(run("render", SLUG, "-o", "-", "--format", form).out)
    template.unlink()
    shown.append(run("render", SLUG, "-o", "-", "--format", form).out)
    assert shown[1] == shown[2] and "Ours" in shown[1]
    assert shown[3] == shown[4] and "Yours" in shown[3]
    assert shown[5] == shown[0] != shown[1]


def test_a_broken_charter_is_refused_although_a_document_is_cached(place: Path, run: RunCommand) -> None:
    assert run("render", SLUG, "-o", "-", "--format", "md").code == 0
    (place / "sprints" / SLUG / "charter.toml").write_text("schema = 1\n[charter\n", "utf-8")
    result = run("render", SLUG, "-o", "-", "--format", "md")
    assert result.code == 2 and result.out == "" and "charter.toml" in result.err


@pytest.mark.parametrize("spoilt", [b"", b"\0\0\0\0", b"nothing of ours" * 100])
def test_a_corrupt_cache_entry_is_replaced(place: Path, run: RunCommand, spoilt: bytes) -> None:
    first = run("render", SLUG, "-o", "-", "--format", "md")
    good = {entry: entry.read_bytes() for entry in kept(place)}
    for at in range(3):
        for entry, content in good.items():
            entry.write_bytes((spoilt, content[:-3], content[:50] + b"?" + content[51:])[at])
        assert run("render", SLUG, "-o", "-", "--format", "md") == first
        assert {entry: entry.read_bytes() for entry in kept(place)} == good


def test_rendering_works_without_a_usable_cache(place: Path, run: RunCommand) -> None:
    first = run("render", SLUG, "-o", "-", "--format", "md")
    shutil.rmtree(place.parent / "cache")
    (place.parent / "cache").write_text("a file", "utf-8")
    assert run("render", SLUG, "-o", "-", "--format", "md") == first


def test_a_cache_entry_that_others_could_write_is_not_used(place: Path, run: RunCommand) -> None:
    first = run("render", SLUG, "-o", "-", "--format", "md")
    for entry in kept(place):
        entry.chmod(0o666)
        assert document_cache.load_entry(Workspace(str(place)), entry.name) is None
    assert run("render", SLUG, "-o", "-", "--format", "md") == first


def test_only_the_newest_cache_entries_are_kept(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document_cache, "MAX_ENTRIES", 3)
    workspace = Workspace(str(place))
    for number in range(6):
        document_cache.store_entry(workspace, f"{number:064}", [number])
    assert len(kept(place)) == 3 and document_cache.load_entry(workspace, f"{5:064}") == [5]


def test_a_link_is_not_served_from_the_cache(place: Path, run: RunCommand) -> None:
    outside = place.parent / "outside.toml"
    charter = place / "sprints" / SLUG / "charter.toml"
    assert run("render", SLUG, "-o", "-", "--format", "md").code == 0
    charter.rename(outside)
    charter.symlink_to(outside)
    result = run("render", SLUG, "-o", "-", "--format", "md")
    assert result.code == 2 and "leads out of the workspace" in result.err


def test_all_reports_each_document_as_it_is_written(place: Path, run: RunCommand) -> None:
    result = run("render", "--all", "-o", "out", "--format", "pdf")
    told = [line for line in result.err.splitlines() if " of 6: " in line]
    assert (result.code, len(told)) == (0, 6)
    assert result.out.splitlines() == [line.partition(": ")[2] for line in told]
    run("render", SLUG, "status", "-o", "alone.pdf")
    assert (place / f"out/{SLUG}-status.pdf").read_bytes() == (place / "alone.pdf").read_bytes()
