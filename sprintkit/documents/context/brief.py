"""The brief: page one of a charter alone, which refers to no other page."""

from __future__ import annotations

from typing import Any

from sprintkit.documents.context import charter
from sprintkit.documents.context.source import SprintSource
from sprintkit.documents.wording import Wording


def build_context(source: SprintSource, wording: Wording) -> dict[str, Any]:
    """The context of the brief's templates for a sprint: that of the charter."""
    context = charter.build_context(source, wording)
    return context | {"document": {**context["document"], "is_title_cut": False}}
