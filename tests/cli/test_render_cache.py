"""Documents from the cache are identical, and never out of date."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from sprintkit.documents import catalogue
from sprintkit.store.cache import documents as document_cache
from sprintkit.store.workspace import Workspace
from tests.cli.conftest import SAMPLES, RunCommand

SLUG = "price-exceptions"

pytestmark = pytest.mark.usefixtures("rendered_here")


@pytest.fixture
def samples(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with the samples, which is the current folder, and an empty cache beside it."""
    root = tmp_path / "workspace"
    shutil.copytree(SAMPLES, root / "sprints")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(root)
    return root


def cache_entries(root: Path) -> list[Path]:
    """The files in the cache."""
    return sorted((root.parent / "cache/sprintkit/contexts").glob("*"))


@pytest.mark.parametrize("form", ["md", "html", "pdf"])
@pytest.mark.parametrize("document", ["charter", "status"])
def test_a_document_from_the_cache_is_identical(
    samples: Path, run: RunCommand, document: str, form: str
) -> None:
    for name in ("one", "two"):
        assert run("render", SLUG, document, "-o", f"{name}.{form}").code == 0
    assert (samples / f"one.{form}").read_bytes() == (samples / f"two.{form}").read_bytes()
    assert cache_entries(samples)


def test_cache_files_are_private_and_outside_the_workspace(samples: Path, run: RunCommand) -> None:
    before = sorted(samples.rglob("*"))
    run("render", SLUG, "-o", "-", "--format", "md")
    assert sorted(samples.rglob("*")) == before
    assert len(cache_entries(samples)) == 1
    for entry in cache_entries(samples):
        assert entry.stat().st_mode & 0o77 == 0 and entry.parent.stat().st_mode & 0o77 == 0


def test_the_cache_key_changes_with_any_byte_of_any_file(samples: Path) -> None:
    workspace = Workspace(str(samples))
    (samples / "sprintkit.toml").write_text("schema = 1\n", "utf-8")
    first = document_cache.SprintSnapshot(workspace, SLUG).cache_key("charter")
    assert first is not None and first == document_cache.SprintSnapshot(workspace, SLUG).cache_key("charter")
    keys = {first, document_cache.SprintSnapshot(workspace, SLUG).cache_key("status")}
    files = [path for path in (samples / "sprints" / SLUG).rglob("*") if path.is_file()]
    for path in [*files, samples / "sprintkit.toml"]:
        content, status = path.read_bytes(), path.stat()
        for index in (0, len(content) // 2, len(content) - 1):
            path.write_bytes(content[:index] + bytes([content[index] ^ 1]) + content[index + 1 :])
            os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))  # time and size are unchanged
            keys.add(document_cache.SprintSnapshot(workspace, SLUG).cache_key("charter"))
        path.write_bytes(content)
    assert len(keys) == 2 + 3 * (len(files) + 1)
    assert document_cache.SprintSnapshot(workspace, SLUG).cache_key("charter") == first
    files[0].rename(files[0].with_name("another.toml"))
    assert document_cache.SprintSnapshot(workspace, SLUG).cache_key("charter") not in keys


def test_a_changed_answer_shows_at_once(samples: Path, run: RunCommand) -> None:
    charter = samples / "sprints" / SLUG / "charter.toml"
    before = run("render", SLUG, "-o", "-", "--format", "md").out
    status = charter.stat()
    charter.write_bytes(charter.read_bytes().replace(b'title = "', b'title = "Z', 1))
    os.utime(charter, ns=(status.st_atime_ns, status.st_mtime_ns))
    after = run("render", SLUG, "-o", "-", "--format", "md").out
    assert after != before and after.startswith("# Z")


@pytest.mark.slow
@pytest.mark.parametrize("form", ["md", "html"])
def test_a_changed_template_shows_at_once(samples: Path, run: RunCommand, form: str) -> None:
    renderings = [run("render", SLUG, "-o", "-", "--format", form).out]
    template = samples / "templates" / f"charter.{form}.j2"
    template.parent.mkdir()
    for text in ("<p>Ours</p>\n", "<p>Yours</p>\n"):
        template.write_text(text, "utf-8")
        for _ in range(2):
            renderings.append(run("render", SLUG, "-o", "-", "--format", form).out)
    template.unlink()
    renderings.append(run("render", SLUG, "-o", "-", "--format", form).out)
    assert renderings[1] == renderings[2] and "Ours" in renderings[1]
    assert renderings[3] == renderings[4] and "Yours" in renderings[3]
    assert renderings[5] == renderings[0] != renderings[1]


def test_a_broken_charter_is_refused_although_a_document_is_cached(samples: Path, run: RunCommand) -> None:
    assert run("render", SLUG, "-o", "-", "--format", "md").code == 0
    (samples / "sprints" / SLUG / "charter.toml").write_text("schema = 1\n[charter\n", "utf-8")
    result = run("render", SLUG, "-o", "-", "--format", "md")
    assert result.code == 2 and result.out == "" and "charter.toml" in result.err


@pytest.mark.parametrize("corrupt", [b"", b"\0\0\0\0", b"nothing of ours" * 100])
def test_a_corrupt_cache_entry_is_replaced(samples: Path, run: RunCommand, corrupt: bytes) -> None:
    first = run("render", SLUG, "-o", "-", "--format", "md")
    good = {entry: entry.read_bytes() for entry in cache_entries(samples)}
    for index in range(3):
        for entry, content in good.items():
            entry.write_bytes((corrupt, content[:-3], content[:50] + b"?" + content[51:])[index])
        assert run("render", SLUG, "-o", "-", "--format", "md") == first
        assert {entry: entry.read_bytes() for entry in cache_entries(samples)} == good


def test_rendering_works_without_a_usable_cache(samples: Path, run: RunCommand) -> None:
    first = run("render", SLUG, "-o", "-", "--format", "md")
    shutil.rmtree(samples.parent / "cache")
    (samples.parent / "cache").write_text("a file", "utf-8")
    assert run("render", SLUG, "-o", "-", "--format", "md") == first


def test_a_cache_entry_that_others_could_write_is_not_used(samples: Path, run: RunCommand) -> None:
    first = run("render", SLUG, "-o", "-", "--format", "md")
    for entry in cache_entries(samples):
        entry.chmod(0o666)
        assert document_cache.load_entry(Workspace(str(samples)), entry.name) is None
    assert run("render", SLUG, "-o", "-", "--format", "md") == first


def test_only_the_newest_cache_entries_are_kept(samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document_cache, "MAX_ENTRIES", 3)
    workspace = Workspace(str(samples))
    for number in range(6):
        document_cache.store_entry(workspace, f"{number:064}", [number])
    assert len(cache_entries(samples)) == 3 and document_cache.load_entry(workspace, f"{5:064}") == [5]


def test_a_link_is_not_served_from_the_cache(samples: Path, run: RunCommand) -> None:
    outside = samples.parent / "outside.toml"
    charter = samples / "sprints" / SLUG / "charter.toml"
    assert run("render", SLUG, "-o", "-", "--format", "md").code == 0
    charter.rename(outside)
    charter.symlink_to(outside)
    result = run("render", SLUG, "-o", "-", "--format", "md")
    assert result.code == 2 and "leads out of the workspace" in result.err


def test_all_reports_each_document_as_it_is_written(samples: Path, run: RunCommand) -> None:
    result = run("render", "--all", "-o", "out", "--format", "html", "--today", "2026-12-01")
    progress = [line for line in result.err.splitlines() if line.endswith(".html")]
    as_html = [document for document in catalogue.DOCUMENTS if "html" in document.forms]
    # Of the three samples one was stopped, and has nothing to hand over; none has readiness answers.
    assert (result.code, len(progress)) == (0, 3 * len(as_html) - 4)
    assert "referral-intake: no readiness: Not all 25 questions are answered yet." in result.err
    assert "referral-intake: no handover: It was stopped" in result.err
    assert result.out.splitlines() == [line.partition(": ")[2] for line in progress]
    run("render", SLUG, "status", "-o", "alone.html", "--today", "2026-12-01")
    assert (samples / f"out/{SLUG}-status.html").read_bytes() == (samples / "alone.html").read_bytes()
