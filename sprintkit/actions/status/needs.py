"""What a sprint needs now, and from whom: as in its status document, and what that has no room for."""

from __future__ import annotations

from typing import Final, NamedTuple

from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.render.sprint_source import LoadedSprint
from sprintkit.actions.sprint_view import SprintView
from sprintkit.actions.status.attention import AGREED_STATES
from sprintkit.documents.context.status import build_context
from sprintkit.documents.wording import english

MAX_NEEDS: Final = 40
"""Most rows, which a page can scroll; the document has fewer."""


class NeededPeople(NamedTuple):
    """The people who are needed, and for what."""

    rows: tuple[tuple[str, str], ...]
    """Who, and for what."""
    aside: str
    """How many more there are, or a note that nothing is needed."""


def people_needed(context: WorkspaceContext, view: SprintView) -> NeededPeople | None:
    """Who is needed for what; None without a charter and once closed. Raises InputError, RefusedError."""
    if view.state not in AGREED_STATES:
        return None
    source = LoadedSprint(context, view.sprint)
    needs = build_context(source, english(), max_action_items=MAX_NEEDS)["needs"]
    rows = tuple((row["who"], row["what"]) for row in needs["rows"])
    return NeededPeople(rows, needs["more"] if rows else needs["line"])
