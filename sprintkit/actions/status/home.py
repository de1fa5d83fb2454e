"""The rows of all sprints with what the app's home shows beside them."""

from __future__ import annotations

from sprintkit.actions.status.attention import sorted_rows
from sprintkit.actions.status.status import cache_key, entry_of, worked_out
from sprintkit.store.cache.listing import WHOLE, Index
from sprintkit.store.workspace import form_path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from sprintkit.actions.context import WorkspaceContext

    Row = dict[str, Any]


SHOWN = (
    "slug", "title", "state", "draft_pending", "deadline", "week", "weeks", "planned", "earned", "health",
    "answered", "questions", "parked", "signatures", "owner", "next", "last_checkin",
)  # fmt: skip
"""What home shows of a row; the rest would only have to be read at every start."""


def checkin_form(slug: str) -> str:
    """The name under which a sprint's check-in is kept while it is written."""
    return f"checkin-{slug}"


def is_checkin_begun(desk: WorkspaceContext, slug: str) -> bool:
    """Whether somebody began a check-in of a sprint and has not saved it."""
    return form_path(checkin_form(slug)) in desk.workspace.forms()


def with_forms(desk: WorkspaceContext, rows: Sequence[Row]) -> list[Row]:
    """The rows, with `begun` in those whose check-in was begun and not saved."""
    forms = desk.workspace.forms()
    if not forms:
        return list(rows)
    return [row | {"begun": True} if form_path(checkin_form(row["slug"])) in forms else row for row in rows]


def last_seen(desk: WorkspaceContext) -> list[Row]:
    """What `overview` gave when the sprints were last looked at on this day, without looking at them now.

    For a first picture of many sprints, until they have been looked at; nothing where nothing is kept.
    """
    index = Index.as_written(desk.workspace)
    rows: list[Row] | None = index.get(WHOLE, _key(index, desk))
    return rows or []


def overview(desk: WorkspaceContext, at_most: int | None = None, *, is_kept: bool = True) -> list[Row] | None:
    """What home shows of every sprint, in the order of `attention`. Raises InputError.

    Beside parts of the rows of `status`: `checkin_due`, the day of the earliest check-in that is to come or was
    missed, None where there is none; `holders`, who holds what is parked and by when; `message`, what is wrong
    with a sprint that cannot be read; and of `reasons` the code and the message where there is little room. None
    where more than `at_most` sprints would have to be read from their files. With `is_kept` False the index is
    left alone: settings that cannot be read are not what a row should be kept for.
    """
    if not is_kept:
        entries = {slug: entry_of(desk, slug) for slug in desk.workspace.slugs()}
        rows = [_shown(slug, entry) for slug, entry in entries.items()]
        return [dict(row) for row, _ in sorted_rows(rows, desk.today)]
    index = Index.open(desk.workspace)
    before: list[Row] = index.get(WHOLE, _key(index, desk)) or []
    # A right to read that was given back leaves no trace in a file's time, so what was broken is read again.
    rows = [row for row in before if row["message"] is None]
    known = {row["slug"] for row in rows}
    key = cache_key(index, desk.today.isoformat())
    left = {slug: index.get(slug, key) for slug in index.slugs if slug not in known}
    if not left:
        return before
    if at_most is not None and sum(entry is None for entry in left.values()) > at_most:
        return None
    rows += [_shown(slug, entry or worked_out(desk, index, slug, key)) for slug, entry in left.items()]
    rows = [dict(row) for row, _ in sorted_rows(rows, desk.today)]
    if rows != before:
        index.put(WHOLE, _key(index, desk), rows)
    index.close()
    return rows


def _key(index: Index, desk: WorkspaceContext) -> str:
    """Under what all rows together are kept."""
    return f"home {cache_key(index, desk.today.isoformat())}"


def _shown(slug: str, entry: dict[str, Any]) -> Row:
    """What home shows of one sprint."""
    row = {key: entry["row"][key] for key in SHOWN}
    reasons = entry["row"]["reasons"] or []
    row["reasons"] = [
        {"code": one["code"], "message": brief} for one, brief in zip(reasons, entry["briefs"], strict=True)
    ]
    row["checkin_due"] = entry["due"]
    row["holders"] = entry["parked"]
    row["message"] = _message(slug, entry["problems"])
    return row


def _message(slug: str, problems: list[list[str | None]]) -> str | None:
    """The first thing that is wrong, with its file."""
    for _, message, path, *_ in problems:
        file = (path or "").removeprefix(f"sprints/{slug}/")
        return f"{file}: {message}"
    return None
