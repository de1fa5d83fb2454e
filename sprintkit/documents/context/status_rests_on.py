"""What a sprint rests on that nobody settled yet, as the status tells it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sprintkit.documents.context.amendments import describe_path
from sprintkit.documents.context.answer_tree import AnswerTree
from sprintkit.documents.excerpt import excerpt
from sprintkit.documents.wording import Wording
from sprintkit.progress.unsettled import UnsettledItem, describe_unsettled, group_unsettled
from sprintkit.text.escaping import escape_invisible

MAX_NAME: Final = 80
"""Characters of what an item is about that are shown."""


def build_unsettled(items: Sequence[UnsettledItem], answers: AnswerTree, wording: Wording) -> list[str]:
    """A sentence for each kind, person and day."""
    return [
        escape_invisible(
            wording.tell(
                describe_unsettled(
                    group, [excerpt(_name(item, answers, wording), MAX_NAME) for item in group]
                )
            )
        )
        for group in group_unsettled(items)
    ]


def _name(item: UnsettledItem, answers: AnswerTree, wording: Wording) -> str:
    """What an item is about, in the words of the document."""
    if item.kind in ("parked", "waived"):
        return describe_path(item.path, answers, wording)
    if item.kind == "unsigned":
        return str(wording.phrases["party_roles"].get(item.about, item.about))
    return item.about
