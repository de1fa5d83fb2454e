"""`schema` as text: the schema itself."""

from __future__ import annotations

import json
from collections.abc import Iterator

from sprintkit.actions.result import Result
from sprintkit.cli.shown.layout import Style


def lines(result: Result, style: Style) -> Iterator[str]:
    """The schema as it can be piped into a file."""
    yield from json.dumps(result.data, indent=1, ensure_ascii=False).split("\n")
