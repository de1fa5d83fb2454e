"""Answers that earlier sessions could not save: found in their side copies, to be taken, compared or discarded.

`actions.background_writer` writes side copies, `store.side_copies` says where they lie.
"""

from __future__ import annotations

import contextlib
from typing import NamedTuple

from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.form.names import resume_form
from sprintkit.actions.session.autosave import UnsavedAnswers
from sprintkit.actions.session.session import Session
from sprintkit.charter.blank import is_blank
from sprintkit.errors import WriteError
from sprintkit.store.side_copies import StoredCopy, delete_side_copy, find_side_copies


class BegunSprint(NamedTuple):
    """A sprint that was begun and has no folder, because nothing of it could be saved."""

    slug: str
    title: str


def find_unsaved(session: Session) -> UnsavedAnswers | None:
    """The latest answers that an earlier session of this sprint set aside and that are not on disk since.

    Side copies that would change nothing are deleted.
    """
    for copy in find_side_copies(session.context.root, resume_form(session.slug)):
        unsaved = _parse(copy, session.slug)
        if unsaved is None:
            continue
        if session.merge_with_unsaved(unsaved).document != session.document:
            return unsaved
        with contextlib.suppress(WriteError):
            delete_side_copy(copy)
    return None


def find_begun_sprints(context: WorkspaceContext) -> list[BegunSprint]:
    """The sprints that exist in side copies only, the latest first."""
    slugs = set(context.workspace.slugs())
    begun: dict[str, BegunSprint] = {}
    for copy in find_side_copies(context.root, resume_form("")):
        slug = copy.content.get("slug")
        unsaved = _parse(copy, slug) if isinstance(slug, str) and slug not in slugs else None
        if unsaved is not None and isinstance(slug, str):
            frame = unsaved.mine.get("charter")
            title = frame.get("title") if isinstance(frame, dict) else None
            begun.setdefault(
                slug, BegunSprint(slug, slug if not isinstance(title, str) or is_blank(title) else title)
            )
    return list(begun.values())


def _parse(copy: StoredCopy, slug: str) -> UnsavedAnswers | None:
    """What a side copy holds; None if it is not one of the sprint `slug`."""
    base, mine, resume_state = (copy.content.get(key) for key in ("base", "document", "resume_state"))
    if copy.name != resume_form(slug) or not isinstance(base, dict) or not isinstance(mine, dict):
        return None
    forms = resume_state.get("forms") if isinstance(resume_state, dict) else None
    unfinished = (
        {key: form for key, form in forms.items() if isinstance(form, dict)}
        if isinstance(forms, dict)
        else {}
    )
    return UnsavedAnswers(copy, base, mine, unfinished)
