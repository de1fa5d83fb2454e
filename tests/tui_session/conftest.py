"""Workspaces for tests of the session. Each is built once per process; every test gets a copy of its own."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.scope.apply_answers import apply_answers
from tests.actions.session_helpers import LEAN_ANSWERS, begin_session, make_context, type_answers
from tests.conftest import example

Build = Callable[[Path], None]
CopyOf = Callable[[Build], WorkspaceContext]

_templates: dict[Build, Path] = {}


@pytest.fixture
def copy_of(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> CopyOf:
    """Copies the workspace that a function builds."""

    def copy(build: Build) -> WorkspaceContext:
        if build not in _templates:
            folder = tmp_path_factory.mktemp(build.__name__)
            build(folder)
            _templates[build] = folder
        root = tmp_path / "workspace"
        shutil.copytree(_templates[build], root)
        return make_context(root)

    return copy


def build_half_answered(folder: Path) -> None:
    """The lean sprint `half`: answered as far as the owner, the cursor on the name of the metric."""
    session = begin_session(make_context(folder), "Half", slug="half")
    type_answers(session, LEAN_ANSWERS[:11])
    session.remember_cursor("success_metric", "question:success_metric.name")
    session.close()


def build_lean_draft(folder: Path) -> None:
    """The lean sprint `lean`: half done, with one question parked and the cursor on the target."""
    session = begin_session(make_context(folder), slug="lean")
    type_answers(session, LEAN_ANSWERS[:14])
    entry = session.park("success_metric.stop_line")
    session.answer(f"{entry}.holder", "Tunde Okonfield")
    session.answer(f"{entry}.due", "12 Feb 2026")
    session.remember_cursor("success_metric", "question:success_metric.target")
    session.close()


def build_lead_charter(folder: Path) -> None:
    """The lead example as the unsigned charter `lead`."""
    apply_answers(make_context(folder), "lead", source=example("lead"))


def build_weak_draft(folder: Path) -> None:
    """The weak example as the draft `weak`."""
    apply_answers(make_context(folder), "weak", source=example("weak"))


@pytest.fixture
def empty(tmp_path: Path) -> WorkspaceContext:
    """A workspace without sprints."""
    return make_context(tmp_path)


@pytest.fixture
def half_answered(copy_of: CopyOf) -> WorkspaceContext:
    return copy_of(build_half_answered)


@pytest.fixture
def lean_draft(copy_of: CopyOf) -> WorkspaceContext:
    return copy_of(build_lean_draft)


@pytest.fixture
def lead_charter(copy_of: CopyOf) -> WorkspaceContext:
    return copy_of(build_lead_charter)


@pytest.fixture
def weak_draft(copy_of: CopyOf) -> WorkspaceContext:
    return copy_of(build_weak_draft)
