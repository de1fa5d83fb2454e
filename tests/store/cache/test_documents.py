"""The key of a cached document depends on everything that the document depends on."""

from __future__ import annotations

import os

import pytest

from sprintkit.store.cache.documents import SprintSnapshot, load_entry, store_entry
from sprintkit.store.workspace import Workspace
from tests.store.helpers import path_in, write_file

CHARTER = "sprints/lead/charter.toml"


@pytest.fixture
def sprint(workspace: Workspace) -> Workspace:
    write_file(workspace, CHARTER)
    return workspace


def cache_key(workspace: Workspace, *parts: str | bytes) -> str | None:
    return SprintSnapshot(workspace, "lead").cache_key(*parts)


def test_a_stored_value_is_loaded_only_by_its_own_key(sprint: Workspace) -> None:
    store_entry(sprint, cache_key(sprint, "a"), {"title": "Lead"})
    assert load_entry(sprint, cache_key(sprint, "a")) == {"title": "Lead"}
    assert load_entry(sprint, cache_key(sprint, "b")) is None
    assert load_entry(sprint, None) is None


def test_the_key_depends_on_every_part_and_on_the_bytes_of_every_file(sprint: Workspace) -> None:
    keys = {cache_key(sprint, *parts) for parts in ([], ["ab"], ["a", "b"], ["", "ab"])}
    status = path_in(sprint, CHARTER).stat()
    write_file(sprint, CHARTER, "a = 2\n")
    os.utime(path_in(sprint, CHARTER), ns=(status.st_atime_ns, status.st_mtime_ns))
    keys.add(cache_key(sprint))
    write_file(sprint, "sprintkit.toml", "")
    keys.add(cache_key(sprint))
    assert len(keys) == 6 and None not in keys


def test_a_snapshot_is_current_until_a_file_changes(sprint: Workspace) -> None:
    snapshot = SprintSnapshot(sprint, "lead")
    assert snapshot.is_current()
    write_file(sprint, "sprints/lead/closing.toml")
    assert not snapshot.is_current()


def test_a_sprint_with_a_link_is_not_cached(sprint: Workspace) -> None:
    path_in(sprint, "sprints/lead/closing.toml").symlink_to("charter.toml")
    snapshot = SprintSnapshot(sprint, "lead")
    assert not snapshot.is_cacheable
    assert snapshot.cache_key("a") is None
