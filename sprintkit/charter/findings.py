"""The findings that rules report about a charter."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

Severity = Literal["error", "warning"]
ERROR: Final = "error"
WARNING: Final = "warning"


class Finding(NamedTuple):
    """One finding, with the fields it has in the JSON of `check`."""

    rule: str
    severity: Severity
    """An error blocks sign-off. A warning may be waived, with a reason and a name."""
    path: str
    """The field it is about, with list items as [index]."""
    message: str
    """What is wrong, then what to type instead."""
    waived: bool = False
