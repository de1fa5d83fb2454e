"""A context builder of a document that only tests declare."""

from __future__ import annotations

from typing import Any

from sprintkit.documents.context.source import SprintSource
from sprintkit.documents.wording import Wording


def build_context(source: SprintSource, wording: Wording) -> dict[str, Any]:
    """Three facts: one of the charter, one of the progress, one of the wording."""
    title = source.charter.document["charter"]["title"]
    return {
        "title": title,
        "week": source.progress.week,
        "owner": wording.say("owner"),
        "words": wording.phrases,
    }
