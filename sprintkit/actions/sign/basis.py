"""Loading a sprint for signing and for proof: every file that says who agreed to what must be readable."""

from __future__ import annotations

from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.load_sprint import Sprint, load_records
from sprintkit.errors import InputError, RefusedError
from sprintkit.records.kinds import AMENDMENT, CHECKIN, CLOSING, SIGNATURE, top_name_of
from sprintkit.store.sprint_folder import CHARTER_NAME, SIGNED_FOLDER

_NEEDED = (CHARTER_NAME, SIGNED_FOLDER, *(kind.top_name for kind in (SIGNATURE, AMENDMENT, CHECKIN, CLOSING)))


def load_signable_sprint(context: WorkspaceContext, slug: str, purpose: str = "sign") -> Sprint:
    """A sprint that has a charter; `purpose` is what that is needed for, as a verb.

    Raises RefusedError if it has none, InputError if there is no such sprint or a file that proof needs cannot be read.
    """
    sprint = load_records(context, slug)
    folder = context.workspace.sprint_folder(sprint.slug)
    unreadable = [
        problem
        for problem in sprint.problems
        if problem.path is None
        or problem.path == folder
        or top_name_of(problem.path.removeprefix(f"{folder}/")) in _NEEDED
    ]
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
