"""What a sprint needs now, and from whom, as in its status document."""

from __future__ import annotations

from typing import NamedTuple

from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.render.sprint_source import LoadedSprint
from sprintkit.actions.sprint_view import SprintView
from sprintkit.documents.context.status import build_context
from sprintkit.documents.wording import english

STATES = ("chartered", "partly_signed", "signed", "running", "due")
"""The states in which people are needed: there is a charter, and the sprint is not closed."""


class NeededPeople(NamedTuple):
    """The people who are needed, and for what."""

    rows: tuple[tuple[str, str], ...]
    """Who, and for what."""
    aside: str
    """How many more there are, or a note that nothing is needed."""


def people_needed(context: WorkspaceContext, view: SprintView) -> NeededPeople | None:
    """Who is needed for what; None in a state outside `STATES`. Raises InputError, RefusedError."""
    if view.state not in STATES:
        return None
    needs = build_context(LoadedSprint(context, view.sprint), english())["needs"]
    rows = tuple((row["who"], row["what"]) for row in needs["rows"])
    return NeededPeople(rows, needs["more"] if rows else needs["line"])
