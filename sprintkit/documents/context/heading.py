"""The heading of every document about a sprint."""

from __future__ import annotations

from typing import Any, Final

from sprintkit.documents.context.answer_tree import Node
from sprintkit.documents.excerpt import excerpt
from sprintkit.documents.wording import Wording

MAX_ID_LENGTH: Final = 64
"""The length of the longest possible charter id, so that none is ever cut."""


def build_heading(charter: Node, wording: Wording) -> dict[str, Any]:
    """A sprint's title, id and organization ("" if not given), and the language and direction of the text."""
    frame = charter["charter"]
    return {
        "title": excerpt(frame["title"]["text"], 140) if frame["title"]["given"] else wording.say("untitled"),
        "id": excerpt(frame["id"]["text"], MAX_ID_LENGTH) if frame["id"]["given"] else "",
        "organization": excerpt(frame["organization"]["text"], 80) if frame["organization"]["given"] else "",
        "lang": wording.phrases["lang"],
        "dir": wording.phrases["dir"],
    }


def build_agreed_heading(charter: Node, wording: Wording) -> dict[str, Any]:
    """`build_heading` plus the deadline and the owner."""
    return {
        **build_heading(charter, wording),
        "deadline": charter["timeline"]["deadline"]["text"],
        "owner": excerpt(charter["owner"]["person"]["text"], 60),
    }
