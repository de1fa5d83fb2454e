"""The rows of all sprints with what the app's home shows beside them."""

from __future__ import annotations

from ..store.index import WHOLE, Index
from .status import cache_key, worked_out

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .desk import Desk

    Row = dict[str, Any]


def overview(desk: Desk) -> list[Row]:
    """The rows of `status`, each with `checkin_due` and `message`. Raises Unusable.

    `checkin_due` is the day of the earliest check-in that is to come or was missed, None where there is none;
    `message` says what is wrong with a sprint that cannot be read.
    """
    index = Index.open(desk.workspace)
    key = cache_key(index, desk.today.isoformat())
    whole: list[Row] | None = index.get(WHOLE, f"home {key}")
    if whole is None:
        whole = []
        for slug in index.slugs:
            entry = index.get(slug, key) or worked_out(desk, index, slug, key)
            beside = {"checkin_due": entry["due"], "message": _message(slug, entry["problems"])}
            whole.append({**entry["row"], **beside})
        index.put(WHOLE, f"home {key}", whole)
        index.close()
    return whole


def _message(slug: str, problems: list[list[str | None]]) -> str | None:
    """The first thing that is wrong, with its file."""
    for _, message, path, *_ in problems:
        file = (path or "").removeprefix(f"sprints/{slug}/")
        return f"{file}: {message}"
    return None
