"""What a use case gives back, for either front end to show."""

from __future__ import annotations

from typing import Any, NamedTuple

from sprintkit.errors import ExitCode, Problem


class Result(NamedTuple):
    """What was done or found. Nothing in it is printed yet, and text in it is as it was typed."""

    kind: str
    """The command's name, as JSON says it."""
    data: dict[str, Any] | None
    """In the shape of JSON; days are `date`. None with exit codes 2 and 3, where a part can say nothing."""
    errors: tuple[Problem, ...] = ()
    exit_code: int = ExitCode.OK
    notes: tuple[str, ...] = ()
    """Lines beside the data: what was done on the way, or what to do next."""
    seen: Any = None
    """What the data was taken from, for a text that tells more than JSON holds."""
