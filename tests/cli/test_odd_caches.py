"""A cache entry of an odd shape or of somebody else is rebuilt, even with a right checksum."""

from __future__ import annotations

import marshal
import os
from binascii import crc32
from pathlib import Path
from typing import Any

import pytest

from sprintkit.store.cache import listing
from sprintkit.store.workspace import Workspace
from tests.cli.conftest import RunCommand

COMMANDS = (("status",), ("status", "--json"), ("render", "lead", "-o", "-", "--format", "md"))
ODD_VALUES: tuple[object, ...] = (
    None,
    7,
    b"odd",
    [],
    [1],
    {},
    {"rows": 1, "problems": []},
    {"rows": [{}], "problems": []},
)


@pytest.fixture
def lead(scoped_lead: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with one sprint, old enough to be cached in a cache folder of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(scoped_lead.parent / f"{scoped_lead.name}-cache"))
    monkeypatch.setenv("SPRINTKIT_TODAY", "2026-02-02")
    for path in (scoped_lead / "sprints", *(scoped_lead / "sprints").rglob("*")):
        os.utime(path, (1_700_000_000, 1_700_000_000))
    return scoped_lead


def all_output(run: RunCommand) -> list[tuple[int, str]]:
    """What each command prints, with its exit code."""
    return [(result.code, result.output) for result in (run(*command) for command in COMMANDS)]


def index_file() -> Path:
    """The one index in the cache folder."""
    (path,) = Path(os.environ["XDG_CACHE_HOME"]).rglob("*.index")
    return path


def rewrite_index(change: Any) -> None:
    """Replaces every value of the index by what `change` makes of it, with right checksums."""
    path = index_file()
    index = listing.SprintIndex(Workspace(str(Path.cwd())))
    file = listing._IndexFile(str(path), str(Path.cwd()))
    assert file.snapshots and index.slugs == ["lead"]
    values = {slug: {key: marshal.dumps(change) for key in file.read_values(slug)} for slug in file.snapshots}
    path.write_bytes(b"".join(listing._encode_index(str(Path.cwd()), file.snapshots, values)))


@pytest.mark.slow
@pytest.mark.parametrize("value", ODD_VALUES, ids=repr)
def test_a_malformed_value_is_computed_again(lead: Path, run: RunCommand, value: object) -> None:
    fresh = all_output(run)
    assert all_output(run) == fresh
    rewrite_index(value)
    assert all_output(run) == fresh


@pytest.mark.slow
@pytest.mark.parametrize(
    "head", [7, (), (1, 2, 3), ("", {}, {}), ("", {"": [1, 2, 3]}, {}), ("", {"": []}, {"a": 1})]
)
def test_a_malformed_head_is_not_an_index(lead: Path, run: RunCommand, head: Any) -> None:
    fresh = all_output(run)
    if isinstance(head, tuple) and head[:1] == ("",):
        head = (str(Path.cwd()), *head[1:])
    content = marshal.dumps(head)
    index_file().write_bytes(listing._head_prefix(content) + content)
    assert all_output(run) == fresh


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="files have no owner here")
@pytest.mark.parametrize("pattern", ["*.index", "contexts/*"])
def test_an_entry_that_others_can_write_is_not_read(lead: Path, run: RunCommand, pattern: str) -> None:
    fresh = all_output(run)
    paths = list(Path(os.environ["XDG_CACHE_HOME"]).rglob(pattern))
    assert paths and all(path.stat().st_mode & 0o077 == 0 for path in paths)
    if pattern == "*.index":
        rewrite_index("odd")
    for path in paths:
        if pattern != "*.index":
            content = marshal.dumps(b"odd")
            path.write_bytes(crc32(content).to_bytes(4, "big") + content)
        path.chmod(0o666)
    assert all_output(run) == fresh
