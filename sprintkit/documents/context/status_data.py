"""What the last probe of each source measured, in sentences for the status."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sprintkit.documents.excerpt import excerpt
from sprintkit.documents.wording import Wording
from sprintkit.progress.data_checks import ProbedSource
from sprintkit.progress.data_words import describe_source
from sprintkit.text.escaping import escape_invisible

MAX_LINE: Final = 240
"""Characters shown of a line about a source."""


def build_probed(sources: Sequence[ProbedSource], wording: Wording) -> list[str]:
    """A sentence for each source."""
    return [
        excerpt(
            escape_invisible(
                wording.tell(describe_source(source, lambda check: wording.choice_label(check, "check")))
            ),
            MAX_LINE,
        )
        for source in sources
    ]
