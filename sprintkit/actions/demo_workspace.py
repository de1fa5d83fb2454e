"""Creates the demo: the sample sprints in a temporary workspace, with dates shifted by whole weeks.

One sprint is halfway through today, one waits for its check-in and for signatures on an amendment, and one was stopped
the week before last. Three more are made from the same samples: one is half signed, one is due to be closed, and one
has been operating for some months, the last of them with a flag.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final, NamedTuple, TypedDict

from sprintkit.actions import demo_extracts, demo_records
from sprintkit.actions.result import Result
from sprintkit.charter.choices import WEEKDAYS
from sprintkit.errors import InputError, WriteError
from sprintkit.records.kinds import AMENDMENT, CHECKIN, CLOSING, REVIEW, RecordKind
from sprintkit.store import create, save
from sprintkit.store.files import LoadedFile
from sprintkit.store.sprint_files import SprintFiles, load_sprint
from sprintkit.store.workspace import SPRINTS_FOLDER, Workspace
from sprintkit.text.dates import MONTH_NAMES

FOLDER_PREFIX: Final = "sprintkit-demo-"
_PACKAGE_FOLDER: Final = Path(__file__).parent.parent
_CHECKOUT_FOLDER: Final = _PACKAGE_FOLDER.parent
_DATE_IN_TEXT: Final = re.compile(rf"(?:(\d{{1,2}})(?:-(\d{{1,2}}))? )?\b({'|'.join(MONTH_NAMES)})\b")
"""`16 February`, `2-6 March`, or a month alone."""
_MID_MONTH: Final = 15
"""The day that stands for a month alone."""


class Sample(NamedTuple):
    """One sprint of the demo: the week it is in, and the records it has."""

    slug: str
    week: int
    """The week of the sprint that today is in; 0 for the week before its start."""
    week_begins_on: str | None = None
    """The weekday on which `week` begins; on earlier weekdays, today is still in the week before."""
    checkins: int | None = None
    """How many weeks have a check-in; None for all up to today."""
    made_from: str | None = None
    """The sample that it is a variant of; None if it is a sample itself."""
    title: str | None = None
    """Its title, if it is not the sample's."""
    approvals: int = 0
    """How many signatories have approved it."""
    has_proposal: bool = False
    """Whether an amendment waits for signatures."""
    is_closed: bool = True
    """Whether it is closed on the day of the sample's closing."""
    has_probes: bool = False
    """Whether its sources were measured in the last weeks."""
    has_reviews: bool = False
    """Whether every month since its closing is reviewed."""


SAMPLES: Final = (
    Sample("lead-routing", 4, has_probes=True),
    Sample("price-exceptions", 3, "wed", 2, has_proposal=True),
    Sample("referral-intake", 6),
    Sample(
        "referral-second-clinic",
        0,
        made_from="referral-intake",
        title="Incomplete referrals of the second clinic answered the same day",
        approvals=3,
    ),
    Sample(
        "price-exceptions-parts",
        6,
        made_from="price-exceptions",
        title="Price exceptions for spare parts decided in the order queue",
        is_closed=False,
    ),
    Sample(
        "lead-routing-south",
        21,
        made_from="lead-routing",
        title="Every hire enquiry of the south to one rep in minutes",
        has_reviews=True,
    ),
)


class DemoData(TypedDict):
    """The `data` of `demo`."""

    path: str
    """Absolute path of the workspace."""
    sprints: list[str]


def create_demo_workspace(today: date) -> Result[DemoData]:
    """Create the demo in a new temporary folder. Raises WriteError, and InputError if the samples are missing."""
    samples = Workspace(find_samples())
    try:
        folder = os.path.realpath(tempfile.mkdtemp(prefix=FOLDER_PREFIX))
    except OSError as error:
        raise WriteError(
            f"no temporary folder could be made: {error.strerror}",
            code="not_written",
            hint="Free some disk space, or set TMPDIR to a folder that you may write in.",
        ) from None
    workspace, _ = create.create_workspace(folder)
    for sample in SAMPLES:
        _copy_sample(samples, workspace, sample, today)
    sources_path = workspace.sources_path(SAMPLES[0].slug)
    save.save_file(workspace.root, sources_path, demo_extracts.RECIPES, expected=None)
    for path, content in demo_extracts.demo_extracts(today):

        def replace(_: bytes | None, content: bytes = content) -> bytes:
            return content

        save.update_bytes(workspace.root, path, replace, expected=save.ANY_VERSION)
    note = f"A demo, yours to change. It lies in {folder}; delete it when you are done."
    return Result({"path": folder, "sprints": sorted(sample.slug for sample in SAMPLES)}, notes=(note,))


def find_samples() -> str:
    """The workspace of the samples: inside the package, or at the top of a checkout. Raises InputError."""
    for root in (_PACKAGE_FOLDER, _CHECKOUT_FOLDER):
        if (root / SPRINTS_FOLDER / SAMPLES[0].slug / "charter.toml").is_file():
            return str(root)
    raise InputError(
        "the sample sprints are not installed", code="not_found", hint="Install sprintkit again."
    )


def _copy_sample(source: Workspace, target: Workspace, sample: Sample, today: date) -> None:
    """Copy a sprint with shifted dates, leaving out records that would be dated after today; add what it lacks."""
    sprint = load_sprint(source, sample.made_from or sample.slug)
    if sprint.problems or sprint.charter is None:
        raise InputError.from_problems(sprint.problems)
    start: date = sprint.charter.document["timeline"]["start"]
    shift = _shift_to_today(sample, start, today)

    def copy(file: LoadedFile, path: str) -> None:
        document = shift_dates(file.document, shift, start)
        if _recorded_on(document) <= today:
            save.save_file(target.root, path, document, expected=None)

    charter = _own_charter(shift_dates(sprint.charter.document, shift, start), sample)
    save.save_file(target.root, target.charter_path(sample.slug), charter, expected=None)
    for file in sprint.records_of(CHECKIN):
        week = file.document["week"]
        if sample.checkins is None or week <= sample.checkins:
            copy(file, target.record_path(sample.slug, CHECKIN, week=week))
    for file in sprint.records_of(AMENDMENT):
        amendment = shift_dates(file.document, shift, start)
        path = target.record_path(
            sample.slug,
            AMENDMENT,
            on=amendment["requested_on"].isoformat(),
            change=amendment["kind"],
            person=amendment["requested_by"],
        )
        copy(file, path)
    for file in sprint.records_of(CLOSING) if sample.is_closed else ():
        is_first = file.path.endswith(f"/{CLOSING.path}")
        day = {} if is_first else {"on": shift_dates(file.document, shift, start)["on"].isoformat()}
        copy(file, target.record_path(sample.slug, CLOSING, **day))
    for path, document in _additions(sprint, target, sample, charter, shift, today):
        save.save_file(target.root, path, document, expected=None)


def _own_charter(charter: dict[str, Any], sample: Sample) -> dict[str, Any]:
    """The charter with the id and title of a variant of a sample."""
    if sample.made_from is None:
        return charter
    return {**charter, "charter": {**charter["charter"], "id": sample.slug, "title": sample.title}}


def _additions(
    sprint: SprintFiles,
    workspace: Workspace,
    sample: Sample,
    charter: dict[str, Any],
    shift: timedelta,
    today: date,
) -> Iterator[demo_records.File]:
    """The path and content of each record that the sample lacks."""
    slug, start = sample.slug, charter["timeline"]["start"]

    def shifted(kind: RecordKind) -> list[dict[str, Any]]:
        return [shift_dates(file.document, shift, start - shift) for file in sprint.records_of(kind)]

    if sample.approvals:
        yield from demo_records.approvals(workspace, slug, charter, sample.approvals, today)
    if sample.has_proposal:
        proposed_on = start + timedelta(weeks=2)
        yield demo_records.proposed_amendment(workspace, slug, charter, shifted(AMENDMENT), proposed_on)
    if sample.has_probes:
        yield from demo_records.probes(workspace, slug, charter, today)
    if sample.has_reviews:
        (closing,) = shifted(CLOSING)
        yield from demo_records.reviews_until(workspace, slug, shifted(REVIEW), closing["on"], today)


def _shift_to_today(sample: Sample, start: date, today: date) -> timedelta:
    """The shift, in whole weeks, of a sprint that starts on `start`, so that today is in the sample's week."""
    monday = today - timedelta(days=today.weekday())
    if sample.week_begins_on is not None and today.weekday() < WEEKDAYS.index(sample.week_begins_on):
        monday -= timedelta(weeks=1)
    return monday - timedelta(weeks=sample.week - 1) - (start - timedelta(days=start.weekday()))


def _recorded_on(document: Mapping[str, Any]) -> date:
    """The date from which a record exists; the earliest possible date for a charter."""
    day = document.get("on") or document.get("signed_on") or date.min
    return day if isinstance(day, date) else date.min


def shift_dates(document: Mapping[str, Any], shift: timedelta, around: date) -> dict[str, Any]:
    """A copy of the document with every date moved by `shift`, including dates in its texts.

    A date in a text has no year: it is taken to be the one closest to `around`.
    """

    def shifted(value: Any) -> Any:
        if isinstance(value, Mapping):
            return {key: shifted(part) for key, part in value.items()}
        if isinstance(value, list):
            return [shifted(part) for part in value]
        if isinstance(value, date):
            return value + shift
        if isinstance(value, str):
            return _DATE_IN_TEXT.sub(lambda match: _shift_date_in_text(match, shift, around), value)
        return value

    return {key: shifted(value) for key, value in document.items()}


def _shift_date_in_text(match: re.Match[str], shift: timedelta, around: date) -> str:
    first_day, last_day, month = match.groups()
    days = [int(day) for day in (first_day, last_day) if day] or [_MID_MONTH]
    try:
        dates = [_nearest_date(day, MONTH_NAMES.index(month) + 1, around) + shift for day in days]
    except ValueError:  # no such day, as in 30 February
        return match[0]
    first, last = dates[0], dates[-1]
    first_month, last_month = MONTH_NAMES[first.month - 1], MONTH_NAMES[last.month - 1]
    if first_day is None:
        return first_month
    if first_month != last_month:
        return f"{first.day} {first_month} to {last.day} {last_month}"
    return f"{'-'.join(str(shifted.day) for shifted in dates)} {first_month}"


def _nearest_date(day: int, month: int, around: date) -> date:
    """The date with this day and month that is closest to `around`. Raises ValueError if there is none."""
    candidates = [date(year, month, day) for year in (around.year - 1, around.year, around.year + 1)]
    return min(candidates, key=lambda candidate: abs(candidate - around))
