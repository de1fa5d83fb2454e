"""Compares the charter in force with the one that was signed."""

from __future__ import annotations

from datetime import date
from typing import TypedDict

from sprintkit.actions.compare.changes import describe_changes
from sprintkit.actions.compare.differences import ChangeData
from sprintkit.actions.compare.signed_texts import text_since
from sprintkit.actions.compare.summary import summarise_changes
from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.load_agreed_sprint import load_signable_sprint
from sprintkit.actions.result import Result
from sprintkit.signoff.canonical import content_digest


class DiffData(TypedDict):
    """The `data` of `diff`."""

    slug: str
    since: date
    """The day on which the earlier text was first approved."""
    digest: str
    """The digest of the earlier text."""
    digest_now: str
    """The digest of the text in force."""
    changes: list[ChangeData]
    summary: str
    """One paragraph for people."""
    lines: list[str]
    """Each change as a sentence."""


def compare(context: WorkspaceContext, slug: str, since: str | None = None) -> Result[DiffData]:
    """The differences from the signed text; `since` selects another approved text by its digest or a day.

    Raises RefusedError if there is no charter or nobody approved any text of it; InputError for an unknown sprint or text,
    or a file that cannot be read.
    """
    sprint = load_signable_sprint(context, slug)
    before = text_since(sprint, since, context.today)
    after = sprint.document_in(sprint.week_of(context.today), on=context.today)
    changes = describe_changes(before.document, after)
    notes = []
    if sprint.draft_pending:
        notes.append("A changed draft lies beside the charter. It does not count until it is saved.")
    return Result(
        {
            "slug": sprint.slug,
            "since": before.day,
            "digest": before.digest,
            "digest_now": content_digest(after),
            "changes": [change.as_data() for change in changes],
            "summary": summarise_changes(before.document, after, before.day),
            "lines": [change.sentence for change in changes],
        },
        notes=tuple(notes),
    )
