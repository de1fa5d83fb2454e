"""What a sprint rests on and nobody has settled yet, in sentences for the status."""

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
"""Characters shown of what an item is about."""
MAX_NAMES: Final = 4
"""The most items named per kind, person and day."""


def build_unsettled(items: Sequence[UnsettledItem], answers: AnswerTree, wording: Wording) -> list[str]:
    """A sentence for each kind, person and day."""
    return [
        escape_invisible(wording.tell(describe_unsettled(group, _names(group, answers, wording))))
        for group in group_unsettled(items)
    ]


def _names(group: Sequence[UnsettledItem], answers: AnswerTree, wording: Wording) -> list[str]:
    """What the items of a group are about. Beyond `MAX_NAMES` they are counted, except signatures, which are all named."""
    names = [excerpt(_name(item, answers, wording), MAX_NAME) for item in group]
    if group[0].kind == "unsigned" or len(names) <= MAX_NAMES:
        return names
    return [*names[: MAX_NAMES - 1], wording.say("names_more", n=len(names) - MAX_NAMES + 1)]


def _name(item: UnsettledItem, answers: AnswerTree, wording: Wording) -> str:
    """What an item is about, in the words of the document."""
    if item.kind in ("parked", "waived"):
        return describe_path(item.path, answers, wording)
    if item.kind == "unsigned":
        return wording.party_role(item.about)
    return item.about
