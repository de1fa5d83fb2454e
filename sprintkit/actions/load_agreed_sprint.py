"""Loads a sprint that has a charter, for use cases that follow what was agreed, sign it or prove it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.load_sprint import Sprint, load_records
from sprintkit.errors import InputError, Problem, RefusedError
from sprintkit.records.kinds import AMENDMENT, CHECKIN, CLOSING, SIGNATURE, RecordKind, top_name_of
from sprintkit.store.sprint_folder import CHARTER_NAME, SIGNED_FOLDER

_NEEDED: Final = (CHARTER_NAME, *(kind.top_name for kind in (SIGNATURE, AMENDMENT, CHECKIN, CLOSING)))
"""The files and folders that both following and signing need, in the sprint's folder."""


def load_followed_sprint(context: WorkspaceContext, slug: str, kinds: Iterable[RecordKind] = ()) -> Sprint:
    """Load a sprint that records can follow; those of `kinds` must be readable in addition to `_NEEDED`.

    Raises RefusedError if it has no charter, InputError if a file that following needs cannot be read.
    """
    sprint = load_records(context, slug)
    needed = (*_NEEDED, *(kind.top_name for kind in kinds))
    unreadable = [
        problem
        for problem in sprint.problems
        if problem.path and _top_name(context, sprint, problem.path) in needed
    ]
    return _require_agreed(context, sprint, unreadable, "follow")


def load_signable_sprint(context: WorkspaceContext, slug: str, purpose: str = "sign") -> Sprint:
    """Load a sprint whose charter can be signed; `purpose` is a verb that says what for.

    Every file that says who agreed to what must be readable. Raises RefusedError if the sprint has no charter,
    InputError if there is no such sprint or a file that proof needs cannot be read.
    """
    sprint = load_records(context, slug)
    folder = context.workspace.sprint_folder(sprint.slug)
    unreadable = [
        problem
        for problem in sprint.problems
        if problem.path in (None, folder)
        or _top_name(context, sprint, problem.path or "") in (*_NEEDED, SIGNED_FOLDER)
    ]
    return _require_agreed(context, sprint, unreadable, purpose)


def _top_name(context: WorkspaceContext, sprint: Sprint, path: str) -> str:
    """The name, directly in the sprint's folder, of the file or folder that `path` is in."""
    return top_name_of(path.removeprefix(f"{context.workspace.sprint_folder(sprint.slug)}/"))


def _require_agreed(
    context: WorkspaceContext, sprint: Sprint, unreadable: Sequence[Problem], purpose: str
) -> Sprint:
    """The sprint. Raises InputError if a file is unreadable, RefusedError if it has no charter."""
    if unreadable:
        raise InputError.from_problems(unreadable)
    if sprint.document is None:
        raise RefusedError(
            f"{sprint.slug} has no charter yet, so there is nothing to {purpose}",
            code="no_charter",
            path=context.workspace.charter_path(sprint.slug),
            hint=f"Use: sprintkit scope {sprint.slug}",
        )
    return sprint
