"""The brief: what page one of a charter needs, with no word about pages that it does not have."""

from __future__ import annotations

from typing import Any

from sprintkit.documents.context import charter
from sprintkit.documents.context.source import SprintSource
from sprintkit.documents.wording import Wording


def build_context(source: SprintSource, wording: Wording) -> dict[str, Any]:
    """What the brief's templates are given for a sprint: the charter's context."""
    context = charter.build_context(source, wording)
    return context | {"document": {**context["document"], "is_title_cut": False}}
