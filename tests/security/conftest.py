"""The malicious workspace, built once for all tests of a module."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.security.malicious_workspace import MaliciousWorkspace, build, free


@pytest.fixture(scope="module")
def malicious_workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MaliciousWorkspace]:
    """The malicious workspace."""
    base = tmp_path_factory.mktemp("malicious")
    yield build(base / "m")
    free(base)
