"""What stands at the head of every document about a sprint."""

from __future__ import annotations

from typing import Any, Final

from sprintkit.documents.context.answer_tree import Node
from sprintkit.documents.excerpt import excerpt
from sprintkit.documents.wording import Wording

MAX_ID_LENGTH: Final = 64
"""The longest id that a charter can have: it is never cut."""


def build_heading(charter: Node, wording: Wording) -> dict[str, Any]:
    """Title, id and organization of a sprint, and language and direction of the text; "" for what is not given."""
    frame = charter["charter"]
    return {
        "title": excerpt(frame["title"]["text"], 140) if frame["title"]["given"] else wording.say("untitled"),
        "id": excerpt(frame["id"]["text"], MAX_ID_LENGTH) if frame["id"]["given"] else "",
        "organization": excerpt(frame["organization"]["text"], 80) if frame["organization"]["given"] else "",
        "lang": wording.phrases["lang"],
        "dir": wording.phrases["dir"],
    }


def build_agreed_heading(charter: Node, wording: Wording) -> dict[str, Any]:
    """`build_heading`, with the deadline and the owner."""
    return {
        **build_heading(charter, wording),
        "deadline": charter["timeline"]["deadline"]["text"],
        "owner": excerpt(charter["owner"]["person"]["text"], 60),
    }
