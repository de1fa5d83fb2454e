"""The malicious workspace, built once for all tests of a module."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.security.command_runner import CommandRunner
from tests.security.malicious_workspace import MaliciousWorkspace, build, free


@pytest.fixture(scope="module")
def malicious_workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MaliciousWorkspace]:
    """The malicious workspace."""
    base = tmp_path_factory.mktemp("malicious")
    yield build(base / "m")
    free(base)


@pytest.fixture(scope="module")
def runner(malicious_workspace: MaliciousWorkspace) -> Iterator[CommandRunner]:
    """Runs commands in the environment of the malicious workspace."""
    runner = CommandRunner(malicious_workspace.environment)
    yield runner
    runner.close()
