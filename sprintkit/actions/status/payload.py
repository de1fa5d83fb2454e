"""The `data` of `status`. Apart from the use case, because the warm listing must not import `typing`."""

from __future__ import annotations

from typing import TypedDict

from sprintkit.actions.sprint_view import StatusRow


class StatusData(TypedDict):
    """The `data` of `status`."""

    sprints: list[StatusRow]
    """Those that need a person now come first."""
