"""Saves what a probe measured as a record of the sprint."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple

from sprintkit.actions import save_document
from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.load_sprint import Sprint
from sprintkit.charter.people import find_person
from sprintkit.errors import InputError, RefusedError
from sprintkit.measure.report import ProbeReport
from sprintkit.records.kinds import PROBE
from sprintkit.records.parsing import parse_record
from sprintkit.records.probe import Probe
from sprintkit.records.validation.probe import source_names, validate_probe


class Recorder(NamedTuple):
    """Who records a measurement, and when."""

    person: str
    """Name, or key in `[people]`."""
    at: datetime
    """The time of day on today's date, which names a second record of the same day."""


def find_recorder(sprint: Sprint, recorder: Recorder) -> str:
    """The key of the person who records it. Raises RefusedError, listing the people, if there is no such person."""
    people = sprint.current_charter.people
    key = find_person({key: {"name": person.name} for key, person in people.items()}, recorder.person)
    if key is None:
        known = "; ".join(f"{person.name or key} ({key})" for key, person in people.items())
        raise RefusedError(
            f"{recorder.person} is not among the people of {sprint.slug}",
            code="unknown_person",
            hint=f"They are: {known}." if known else "It names nobody yet.",
        )
    return key


def record_probe(
    context: WorkspaceContext, sprint: Sprint, report: ProbeReport, person: str, at: datetime
) -> str:
    """Write the record of a measurement and return its path. Raises WriteError, ConflictError.

    `person` is a key of `[people]`. The file is named after the day; a second record of that day also after the time.
    """
    document = _probe_document(report, person, context.today)
    problems = validate_probe(parse_record(Probe, document), sprint.current_charter, source_names(sprint))
    if problems:
        raise InputError.from_problems(problems)
    path = _free_path(context, sprint, report.source, at)
    return save_document.save_document(context, path, document, PROBE.name, expected=None).path


def as_probe(report: ProbeReport, today: date) -> Probe:
    """A measurement in the shape of a record, without saving it."""
    return parse_record(Probe, _probe_document(report, "", today))


def _probe_document(report: ProbeReport, person: str, today: date) -> dict[str, Any]:
    data = report.as_data()
    measures: dict[str, Any] = {
        "unreadable": data["unreadable"],
        "duplicate_pct": data["duplicate_pct"],
        "stale_pct": data["stale_pct"],
        "fields": {
            name: _without_absent(
                {
                    "null_pct": field["null_pct"],
                    "placeholder_pct": field["placeholder_pct"],
                    "distinct_pct": field["distinct_pct"],
                    "out_of_range_pct": field["out_of_range_pct"],
                    "unlike_pct": field["unlike_pct"],
                    "formats": [{"mask": entry["mask"], "pct": entry["pct"]} for entry in field["formats"]],
                }
            )
            for name, field in data["fields"].items()
        },
    }
    checks = [
        _without_absent(
            {
                "field": check["field"],
                "check": check["check"],
                "value": check["value"],
                "at_least": check["at_least"],
                "met": check["met"],
            }
        )
        for check in data["checks"]
    ]
    return _without_absent(
        {
            "schema": 1,
            "source": data["source"],
            "on": today,
            "by": person,
            "rows": data["rows"],
            "file_digest": data["file_digest"],
            "recipe_digest": data["recipe_digest"],
            "measures": _without_absent(measures),
            "checks": checks,
        }
    )


def _without_absent(table: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in table.items() if value is not None and value != []}


def _free_path(context: WorkspaceContext, sprint: Sprint, source: str, at: datetime) -> str:
    """The path of a new record, named by day and source, and by the time if that name is taken."""
    path = context.workspace.record_path(sprint.slug, PROBE, on=context.today.isoformat(), source=source)
    taken = (*(file.path for file in sprint.files.records_of(PROBE)), *sprint.files.unreadable_paths)
    return save_document.first_free_path(path, (f"-{at:%H%M}", f"-{at:%H%M%S}"), taken)
