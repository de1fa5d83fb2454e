"""The rows of all sprints on the app's home screen."""

from __future__ import annotations

from sprintkit.actions.find_unsaved_text import find_unsaved_text
from sprintkit.actions.form.names import checkin_form_name, closing_form_name, review_form_name
from sprintkit.actions.status.attention import sorted_rows
from sprintkit.actions.status.entries import cache_entries, cache_key, cached_entry, read_entry
from sprintkit.store.cache.listing import ALL_SPRINTS, SprintIndex, recover_from_odd_values
from sprintkit.store.workspace import form_draft_path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from sprintkit.actions.context import WorkspaceContext

    HomeRow = dict[str, Any]
    """See `home_rows` for its keys."""

SHARED_KEYS = (
    "slug", "title", "state", "draft_pending", "start", "deadline", "week", "as_of_week", "weeks", "planned", "earned", "health",
    "answered", "questions", "parked", "signatures", "owner", "next", "last_checkin",
)  # fmt: skip
"""The keys of a `StatusRow` that the home screen shows; others would only slow down every start."""


def mark_unfinished(context: WorkspaceContext, rows: Sequence[HomeRow]) -> list[HomeRow]:
    """The rows, marked with unfinished work.

    `begun` is True if a check-in was begun and not saved, `closing_begun` if a closing was, `review_begun` if a review
    was. `unsaved` names text that could not be saved and was set aside, such as "answers".
    """
    drafts, unsaved = context.workspace.form_draft_paths(), _unsaved_labels(context)
    if not drafts and not unsaved:
        return list(rows)
    marked = []
    for row in rows:
        slug = row["slug"]
        if form_draft_path(checkin_form_name(slug)) in drafts:
            row = row | {"begun": True}
        if form_draft_path(review_form_name(slug)) in drafts:
            row = row | {"review_begun": True}
        if form_draft_path(closing_form_name(slug)) in drafts:
            row = row | {"closing_begun": True}
        marked.append(row | {"unsaved": unsaved[slug]} if slug in unsaved else row)
    return marked


def _unsaved_labels(context: WorkspaceContext) -> dict[str, str]:
    """The label of the latest text that was set aside for each sprint."""
    texts = find_unsaved_text(context.root)
    return {text.slug: text.label for text in reversed(texts) if text.slug is not None}


def cached_home_rows(context: WorkspaceContext) -> list[HomeRow]:
    """What `home_rows` last returned on this day, without looking at the sprints; [] if nothing is cached.

    It fills the first frame while the sprints are being examined.
    """
    index = SprintIndex.open_unchecked(context.workspace)
    rows: list[HomeRow] | None = index.get(ALL_SPRINTS, _home_cache_key(index, context))
    return rows or []


def home_rows(
    context: WorkspaceContext,
    max_computed: int | None = None,
    *,
    use_cache: bool = True,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> list[HomeRow] | None:
    """The row of every sprint, the most urgent first. Raises InputError.

    A row has `SHARED_KEYS`, and: `reasons`, each with code and a short message; `checkin_due`, the date of the
    check-in that is due, or None; `holders`, the name and due date of each holder of a parked question; `waiting`, the
    name and date of each person whose decision others wait for, and whether it is a rejection; `ending`, the decision at
    the end (see `read_entry`); `operating`, an OperatingData or None; and `message`, why the sprint cannot be read, or
    None.

    Returns None if more than `max_computed` sprints would have to be read from their files, and once `is_cancelled`
    returns True; what was read until then is cached. Without `use_cache` the index is neither read nor written: a row
    computed without the workspace's settings must not be cached.
    """
    if not use_cache:
        rows = []
        for slug in context.workspace.slugs():
            if is_cancelled():
                return None
            rows.append(_home_row(slug, read_entry(context, slug)))
        return _sorted(rows, context)
    return recover_from_odd_values(
        SprintIndex.open(context.workspace),
        lambda index: _rows_from_index(context, index, max_computed, is_cancelled),
    )


def _rows_from_index(
    context: WorkspaceContext,
    index: SprintIndex,
    max_computed: int | None,
    is_cancelled: Callable[[], bool],
) -> list[HomeRow] | None:
    cached: list[HomeRow] = index.get(ALL_SPRINTS, _home_cache_key(index, context)) or []
    # Restoring the permission to read a file does not change its mtime, so broken sprints are read again.
    rows = [row for row in cached if row["message"] is None]
    known = {row["slug"] for row in rows}
    missing = {slug: cached_entry(index, slug, context.today) for slug in index.slugs if slug not in known}
    if not missing:
        return cached
    if max_computed is not None and sum(entry is None for entry in missing.values()) > max_computed:
        return None
    for slug, entry in missing.items():
        if is_cancelled():
            index.close()
            return None
        rows.append(_home_row(slug, entry or cache_entries(context, index, slug)))
    rows = _sorted(rows, context)
    if rows != cached:
        index.put(ALL_SPRINTS, _home_cache_key(index, context), rows)
    index.close()
    return rows


def _sorted(rows: list[HomeRow], context: WorkspaceContext) -> list[HomeRow]:
    return [dict(row) for row, _ in sorted_rows(rows, context.today)]


def _home_cache_key(index: SprintIndex, context: WorkspaceContext) -> str:
    """The cache key of the complete list of rows."""
    return f"home {cache_key(index, context.today.isoformat())}"


def _home_row(slug: str, entry: dict[str, Any]) -> HomeRow:
    """The row of one sprint, made of its entry (see `read_entry`)."""
    row = {key: entry["row"][key] for key in SHARED_KEYS}
    reasons = entry["row"]["reasons"] or []
    row["reasons"] = [
        {"code": reason["code"], "message": brief}
        for reason, brief in zip(reasons, entry["briefs"], strict=True)
    ]
    row["checkin_due"] = entry["due"]
    row["ending"] = entry["ending"]
    row["holders"] = entry["parked"]
    row["waiting"] = entry["waiting"]
    row["operating"] = entry["operating"]
    row["message"] = _first_problem(slug, entry["problems"])
    return row


def _first_problem(slug: str, problems: list[list[str | None]]) -> str | None:
    """The first problem, with its file."""
    for _, message, path, *_ in problems:
        file = (path or "").removeprefix(f"sprints/{slug}/")
        return f"{file}: {message}"
    return None
