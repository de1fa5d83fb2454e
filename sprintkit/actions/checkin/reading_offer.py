"""A reading of the metric by its recipe, which a check-in offers for a person to accept."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final, NamedTuple

from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.probe.read import ReadOptions, read_success_metric
from sprintkit.actions.probe.recipes import find_metric_recipe
from sprintkit.errors import SprintkitError
from sprintkit.text.dates import MONTH_NAMES
from sprintkit.text.numbers import format_figure, format_thousands

TAKEN_KEY: Final = "metric.measured"
"""The key under which the answers keep an accepted reading, so that a value typed afterwards is not called measured."""


class OfferedReading(NamedTuple):
    """What the recipe reads now."""

    value: float
    from_: date
    to: date
    rows: int
    recipe_digest: str
    file_digest: str
    is_comparable: bool

    def describe(self) -> str:
        """`read now: 61 of 412 rows, 2 to 27 March`."""
        comparable = "" if self.is_comparable else ", not comparable with the baseline"
        figure, rows = format_figure(self.value), format_thousands(self.rows)
        return f"read now: {figure} of {rows} rows, {_window(self.from_, self.to)}{comparable}"

    def answers(self) -> dict[str, str]:
        """The answers that accept the reading."""
        typed = {
            "value": format_figure(self.value),
            "from": self.from_.isoformat(),
            "to": self.to.isoformat(),
        }
        digests = {"recipe_digest": self.recipe_digest, "file_digest": self.file_digest}
        accepted = {TAKEN_KEY: json.dumps({"typed": typed, "digests": digests})}
        return {f"metric.{name}": text for name, text in typed.items()} | accepted


def can_read(context: WorkspaceContext, slug: str) -> bool:
    """Whether there is a recipe for the metric, even a faulty one: reading with it then reports the fault."""
    try:
        return find_metric_recipe(context.workspace, slug) is not None
    except SprintkitError:
        return True


def read_offer(
    context: WorkspaceContext, slug: str, on_progress: Callable[[str, float], None] | None = None
) -> OfferedReading:
    """Read the metric up to the context's day. Raises InputError, WriteError, as `read` does."""
    data = read_success_metric(context, slug, ReadOptions(), on_progress=on_progress).data
    assert data is not None
    return OfferedReading(
        value=data["value"],
        from_=date.fromisoformat(data["from"]),
        to=date.fromisoformat(data["to"]),
        rows=data["rows"],
        recipe_digest=data["recipe_digest"],
        file_digest=data["file_digest"],
        is_comparable=data["comparable"] is not False,
    )


def accepted_digests(answers: Mapping[str, str], reading: Mapping[str, Any]) -> dict[str, str]:
    """The digests of recipe and extract, if `reading` is the accepted one and was not changed since; else empty."""
    try:
        acceptance = json.loads(answers.get(TAKEN_KEY, ""))
        typed, digests = acceptance["typed"], acceptance["digests"]
        expected = (float(typed["value"]), date.fromisoformat(typed["from"]), date.fromisoformat(typed["to"]))
        both = {name: str(digests[name]) for name in ("recipe_digest", "file_digest")}
    except (ValueError, KeyError, TypeError):  # no reading was accepted, or the draft was edited by hand
        return {}
    return both if expected == tuple(reading.get(name) for name in ("value", "from", "to")) else {}


def _window(first: date, last: date) -> str:
    """`2 to 27 March`, `27 February to 5 March`; with years if they differ."""
    end = f"{last.day} {MONTH_NAMES[last.month - 1]}"
    if first.year != last.year:
        return f"{first.day} {MONTH_NAMES[first.month - 1]} {first.year} to {end} {last.year}"
    if first.month != last.month:
        return f"{first.day} {MONTH_NAMES[first.month - 1]} to {end}"
    return end if first == last else f"{first.day} to {end}"
