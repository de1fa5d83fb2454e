"""What a rule says about a charter."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

Severity = Literal["error", "warning"]
ERROR: Final = "error"
WARNING: Final = "warning"


class Finding(NamedTuple):
    """One finding, in the shape of the JSON of `check`."""

    rule: str
    severity: Severity
    """An error blocks sign-off; a warning may be waived by a named person with a reason."""
    path: str
    """The field it is about, list items as [index]."""
    message: str
    """What is wrong, then what to type instead."""
    waived: bool = False
