"""Writes the board: an index of all sprints, those that need attention first, and a page for each sprint."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final, TypedDict

from sprintkit.actions.board.folder import INDEX, PAGES, BoardFolder
from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.output_file import relative_path
from sprintkit.actions.result import Result
from sprintkit.actions.status.attention import GROUPS, NEEDS, Attention, sorted_rows
from sprintkit.actions.status.entries import list_entries, row_with_needs
from sprintkit.charter.slug import first_free_name, slugify
from sprintkit.documents.context.board import BoardSprint, build_board_context
from sprintkit.documents.context.board_page import build_page_context
from sprintkit.documents.render.board import render_board, render_page
from sprintkit.errors import ExitCode, Problem
from sprintkit.progress.base_rates import (
    BaseRate,
    PastBlocker,
    compute_base_rates,
    describe_base_rates,
)
from sprintkit.store.cache.listing import SprintIndex, recover_from_odd_values
from sprintkit.text.numbers import format_count

TYPE_CHECKING = False
if TYPE_CHECKING:
    from sprintkit.actions.status.entries import Entry

DEFAULT_FOLDER: Final = "board"


class BoardPageData(TypedDict):
    """The page of one sprint."""

    slug: str
    workspace: str
    """Absolute path of its workspace."""
    path: str
    """Relative to the workspace if it is inside it, else absolute."""


class BaseRateData(TypedDict):
    """How often blockers of one category occurred in closed sprints; shares are 0 to 1, to four decimals."""

    category: str
    sprints: int
    affected: int
    share: float
    low: float
    high: float
    article_share: float
    week: float | None
    days_open: float | None


class BoardData(TypedDict):
    """A board that was written."""

    path: str
    """The index page; relative to the workspace if it is inside it, else absolute."""
    shown: str
    """The index page as the caller named it."""
    sprints: int
    needing: int
    """The number of sprints that need attention."""
    closed: int
    """The number of closed sprints, which the base rates are computed from."""
    base_rates: list[BaseRateData]
    """Empty with fewer than three closed sprints."""
    pages: list[BoardPageData]


class _ListedSprint:
    """A sprint with its entry, its workspace and the name of its page."""

    def __init__(self, context: WorkspaceContext, entry: Entry, page: str) -> None:
        self.context = context
        self.entry = entry
        self.page = page
        message = next((problem[1] for problem in entry["problems"]), None)
        self.row = {
            **row_with_needs(entry),
            "reasons": _brief_reasons(entry),
            "holders": entry["parked"],
            "message": message,
            "page": page,
        }


def write_board(
    contexts: Sequence[WorkspaceContext], out: str | None = None, *, force: bool = False
) -> Result[BoardData]:
    """Write the board of one or more workspaces into the folder `out`, by default `board` in the current folder.

    A sprint that cannot be read is listed as broken and reported as a problem; the exit code is then 2. Raises
    InputError if the board exists (unless `force`), if another file is in the way, or if the folder is reserved by a
    workspace; WriteError.
    """
    folder = BoardFolder(Path(out or DEFAULT_FOLDER), [context.root for context in contexts], force=force)
    today = contexts[0].today
    listed, names = list(_listed_sprints(contexts)), _workspace_names(contexts)
    by_page = {sprint.page: sprint for sprint in listed}
    ordered = sorted_rows([sprint.row for sprint in listed], today)
    sprints = [_board_sprint(by_page[row["page"]], attention, names) for row, attention in ordered]
    rates, closed = _base_rates(listed)
    pages = {
        sprint.page.removeprefix(f"{PAGES}/"): render_page(build_page_context(sprint, today))
        for sprint in sprints
    }
    folder.write(render_board(build_board_context(sprints, rates, closed, today)), pages)
    needing = sum(attention.group == NEEDS for _, attention in ordered)
    index = folder.path / INDEX
    root = contexts[0].root
    problems = tuple(Problem(*problem) for sprint in listed for problem in sprint.entry["problems"])
    data: BoardData = {
        "path": relative_path(root, index),
        "shown": str(index),
        "sprints": len(listed),
        "needing": needing,
        "closed": closed,
        "base_rates": [_base_rate_data(rate) for rate in rates],
        "pages": [
            {
                "slug": sprint.row["slug"],
                "workspace": sprint.context.root,
                "path": relative_path(root, folder.path / PAGES / sprint.page),
            }
            for sprint in listed
        ],
    }
    needs = "needs" if needing == 1 else "need"
    notes = (
        f"{format_count(len(listed), 'sprint')}, {needing} {needs} somebody. {describe_base_rates(rates, closed)}",
    )
    return Result(data, problems, ExitCode.USAGE if problems else ExitCode.OK, notes)


def _listed_sprints(contexts: Sequence[WorkspaceContext]) -> Iterator[_ListedSprint]:
    taken: set[str] = set()
    for context in contexts:
        entries = recover_from_odd_values(
            SprintIndex.open(context.workspace),
            lambda index, context=context: list_entries(context, index),  # type: ignore[misc]
        )
        for entry in entries:
            name = first_free_name(slugify(entry["row"]["slug"], fallback="sprint"), taken)
            taken.add(name)
            yield _ListedSprint(context, entry, f"{name}.html")


def _workspace_names(contexts: Sequence[WorkspaceContext]) -> dict[str, str]:
    """The name of each workspace's folder, by its root; empty if there is only one workspace."""
    if len(contexts) == 1:
        return {contexts[0].root: ""}
    names: dict[str, str] = {}
    for context in contexts:
        names[context.root] = first_free_name(Path(context.root).name or context.root, set(names.values()))
    return names


def _brief_reasons(entry: Entry) -> list[dict[str, Any]]:
    reasons = entry["row"]["reasons"] or []
    return [
        {"code": reason["code"], "message": brief}
        for reason, brief in zip(reasons, entry["briefs"], strict=True)
    ]


def _board_sprint(sprint: _ListedSprint, attention: Attention, names: dict[str, str]) -> BoardSprint:
    entry = sprint.entry
    return BoardSprint(
        row=entry["row"],
        briefs=entry["briefs"],
        needs=attention.needs,
        group=GROUPS[attention.group],
        metric=entry["metric"],
        parked=entry["parked"],
        waiting=entry["waiting"],
        ending=(entry["ending"] or {}).get("sentence", ""),
        workspace=names[sprint.context.root],
        page=f"{PAGES}/{sprint.page}",
    )


def _base_rates(listed: Sequence[_ListedSprint]) -> tuple[tuple[BaseRate, ...], int]:
    """The base rates, and the number of closed sprints."""
    closed = [
        [PastBlocker(*blocker) for blocker in sprint.entry["blockers"]]
        for sprint in listed
        if sprint.entry["blockers"] is not None
    ]
    return compute_base_rates(closed), len(closed)


def _base_rate_data(rate: BaseRate) -> BaseRateData:
    return {
        "category": rate.category,
        "sprints": rate.sprints,
        "affected": rate.affected,
        "share": round(rate.share, 4),
        "low": round(rate.low, 4),
        "high": round(rate.high, 4),
        "article_share": rate.article_share,
        "week": rate.week,
        "days_open": rate.days_open,
    }
