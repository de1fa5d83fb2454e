"""Finds text that could not be saved and was set aside: what it belongs to, and how to open it."""

from __future__ import annotations

import shlex
from datetime import datetime
from typing import NamedTuple

from sprintkit.actions.form.names import NEW_READINESS_FORM, NEW_SPRINT_FORM, parse_form_name
from sprintkit.store.side_copies import StoredCopy, find_side_copies

LABELS = {
    "scope": "answers",
    "checkin": "a check-in",
    "correction": "a correction",
    "amend": "an amendment",
    "close": "a closing",
    "review": "a review",
    "readiness": "readiness answers",
}


class UnsavedText(NamedTuple):
    """The unsaved text of one form or session of an earlier run."""

    slug: str | None
    """None if the sprint had not been created yet."""
    label: str
    """What it is: `answers`, `a check-in`, `a correction of week 3`, `a title`."""
    set_aside_at: datetime
    """When it was written, in local time."""
    path: str
    """Relative to the workspace if it is inside."""
    how_to_open: str
    """A sentence."""


def find_unsaved_text(root: str) -> list[UnsavedText]:
    """All text that earlier runs set aside for the workspace at `root`, the latest first. Changes nothing."""
    return [text for copy in find_side_copies(root, "") if (text := _describe(copy)) is not None]


def _describe(copy: StoredCopy) -> UnsavedText | None:
    """Describe a copy; None if its name is not the name of a form."""
    time = datetime.fromtimestamp(copy.modified_at)
    if copy.name == NEW_SPRINT_FORM and copy.content.get("slug") != "new":
        return UnsavedText(None, "a title", time, copy.shown_path, "To go on from it: sprintkit scope")
    if copy.name == NEW_READINESS_FORM:
        how = "To go on from it: sprintkit readiness"
        return UnsavedText(None, LABELS["readiness"], time, copy.shown_path, how)
    form = parse_form_name(copy.name)
    if form is None or not form.slug:
        return None
    label, command = LABELS[form.kind], f"sprintkit {form.kind} {shlex.quote(form.slug)}"
    if form.kind == "correction":
        label = f"{label} of week {form.week}"
        return UnsavedText(
            form.slug, label, time, copy.shown_path, "To go on from it: sprintkit, earlier weeks"
        )
    if form.kind == "readiness":
        command = "sprintkit, readiness on its page"
    return UnsavedText(form.slug, label, time, copy.shown_path, f"To go on from it: {command}")
