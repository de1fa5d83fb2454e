"""The demo: the three sample sprints in a temporary workspace, moved by whole weeks to where they show most.

One is in the middle of its sprint today, one waits for its check-in, one was closed the week before last.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final, NamedTuple

from sprintkit.actions.result import Result
from sprintkit.charter.choices import DAYS
from sprintkit.errors import InputError, WriteError
from sprintkit.store import create, save
from sprintkit.store.files import LoadedFile
from sprintkit.store.sprint import load_sprint, week_of
from sprintkit.store.workspace import SPRINTS, Workspace

PREFIX: Final = "sprintkit-demo-"
_INSTALLED: Final = Path(__file__).parent.parent
_CHECKOUT: Final = _INSTALLED.parent
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_SPOKEN: Final = re.compile(rf"(?:(\d{{1,2}})(?:-(\d{{1,2}}))? )?\b({'|'.join(_MONTHS)})\b")


class Sample(NamedTuple):
    """How one sprint stands in the demo."""

    slug: str
    week: int
    """The week it is in."""
    on: str | None = None
    """The weekday on which that week begins to show it; on the days before, it is a week further."""
    checkins: int | None = None
    """Weeks that have their check-in; None: all up to today."""


SAMPLES: Final = (
    Sample("lead-routing", 4),
    Sample("price-exceptions", 3, "wed", 2),
    Sample("referral-intake", 6),
)


def demo(today: date) -> Result:
    """Make the demo's workspace and tell where it lies. Raises WriteError, InputError if the samples are missing."""
    root = samples()
    try:
        folder = os.path.realpath(tempfile.mkdtemp(prefix=PREFIX))
    except OSError as error:
        raise WriteError(
            f"no temporary folder could be made: {error.strerror}",
            code="not_written",
            hint="Make room on the disk, or set TMPDIR to a folder that you may write in.",
        ) from None
    workspace, _ = create.init(folder)
    for sample in SAMPLES:
        _place(Workspace(root), workspace, sample, today)
    notes = (f"A demo, yours to change. It lies in {folder}; delete it when done.",)
    return Result("demo", {"path": folder, "sprints": [one.slug for one in SAMPLES]}, notes=notes)


def samples() -> str:
    """The workspace of the samples: inside the package, or at the top of a checkout. Raises InputError."""
    for root in (_INSTALLED, _CHECKOUT):
        if (root / SPRINTS / SAMPLES[0].slug / "charter.toml").is_file():
            return str(root)
    raise InputError(
        "the sample sprints are not installed", code="not_found", hint="Install sprintkit again."
    )


def _place(source: Workspace, target: Workspace, sample: Sample, today: date) -> None:
    found = load_sprint(source, sample.slug)
    if found.problems or found.charter is None:
        raise InputError.of(found.problems)
    start: date = found.charter.document["timeline"]["start"]
    monday = today - timedelta(days=today.weekday())
    if sample.on is not None and today.weekday() < DAYS.index(sample.on):
        monday -= timedelta(weeks=1)
    shift = monday - timedelta(weeks=sample.week - 1) - (start - timedelta(days=start.weekday()))
    shown = sample.checkins if sample.checkins is not None else 99

    def put(stored: LoadedFile | None, place: Callable[[dict[str, Any]], str]) -> None:
        if stored is None:
            return
        document = shifted(stored.document, shift, start)
        if _dated(document) <= today:
            save.save(target.root, place(document), document, expected=None)

    put(found.charter, lambda _: target.charter(sample.slug))
    for stored in found.checkins:
        if week_of(stored.path)[0] <= shown:
            put(stored, lambda record: target.checkin(sample.slug, record["week"]))
    for stored in found.amendments:
        put(
            stored,
            lambda record: target.amendment(
                sample.slug, record["requested_on"].isoformat(), record["kind"], record["requested_by"]
            ),
        )
    put(found.closing, lambda _: target.closing(sample.slug))


def _dated(document: Mapping[str, Any]) -> date:
    """The day from which a record is there; that of a charter is long past."""
    day = document.get("on") or document.get("signed_on") or date.min
    return day if isinstance(day, date) else date.min


def shifted(document: Mapping[str, Any], shift: timedelta, around: date) -> dict[str, Any]:
    """A document with every day in it moved by `shift`, also those that its texts name.

    A text names no year: the one is meant in which the day lies closest to `around`.
    """

    def moved(value: Any) -> Any:
        if isinstance(value, Mapping):
            return {key: moved(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [moved(inner) for inner in value]
        if isinstance(value, date):
            return value + shift
        if isinstance(value, str):
            return _SPOKEN.sub(lambda match: _spoken(match, shift, around), value)
        return value

    return {key: moved(value) for key, value in document.items()}


def _spoken(match: re.Match[str], shift: timedelta, around: date) -> str:
    first, last, name = match.groups()
    days = [int(day) for day in (first, last) if day] or [15]
    try:
        ends = [_closest(day, _MONTHS.index(name) + 1, around) + shift for day in days]
    except ValueError:
        return match[0]
    months = [_MONTHS[end.month - 1] for end in ends]
    if first is None:
        return months[0]
    if months[0] != months[-1]:
        return f"{ends[0].day} {months[0]} to {ends[-1].day} {months[-1]}"
    return f"{'-'.join(str(end.day) for end in ends)} {months[0]}"


def _closest(day: int, month: int, around: date) -> date:
    years = (around.year - 1, around.year, around.year + 1)
    return min((date(year, month, day) for year in years), key=lambda one: abs(one - around))
