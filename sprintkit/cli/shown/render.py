"""`render` as text."""

from __future__ import annotations

from collections.abc import Iterator

from sprintkit.actions.result import Result
from sprintkit.cli.shown.layout import Style, table
from sprintkit.text.escaping import one_line


def lines(result: Result, style: Style) -> Iterator[str]:
    """The path of what was written, one a line; or what there is to render."""
    data = result.data or {}
    if "templates" in data:
        yield f"documents: {', '.join(map(one_line, data['documents']))}; as {', '.join(data['forms'])}"
        yield from table(
            [
                (one_line(row["name"]), "this workspace's" if row["own"] else "shipped")
                for row in data["templates"]
            ]
        )
    elif "ejected" in data:
        yield from map(one_line, data["ejected"])
    elif "written" in data:
        yield from (one_line(one["shown"]) for one in data["written"])
    elif "shown" in data:
        yield one_line(data["shown"])
