"""What a sheet of answers is refused for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sprintkit.charter import paths
from sprintkit.charter.blank import is_blank
from sprintkit.charter.model import Charter
from sprintkit.errors import Problem
from sprintkit.records.testimony import ParkedSheet, Testimony
from sprintkit.records.validation.issues import IssueCollector


def validate_testimony(testimony: Testimony, charter: Charter) -> list[Problem]:
    """Everything a sheet of agreement cases is refused for."""
    telling = IssueCollector(testimony, charter)
    cases = [case.id for case in charter.process.questions if case.id]
    seen: set[str] = set()
    for at, said in enumerate(testimony.answers):
        path = f"answers[{at}].id"
        telling.among(path, said.id, cases, "case")
        if said.id in seen and not is_blank(said.id):
            telling.tell(path, "answered_twice", f"is '{said.id}', which this sheet has answered before.")
        seen.add(said.id)
    return telling.problems


def of_parked_sheet(sheet: ParkedSheet, document: Mapping[str, Any]) -> list[Problem]:
    """Everything a sheet of parked questions is refused for: it answers what is parked in `document` alone."""
    telling = IssueCollector(sheet)
    parked = document.get("parked")
    places = {}
    for one in parked if isinstance(parked, list) else []:
        path = one.get("path") if isinstance(one, Mapping) else None
        if isinstance(path, str) and (parts := _place(document, path)):
            places[parts] = path
    seen: set[paths.PathParts] = set()
    for at, found in enumerate(sheet.answers):
        if is_blank(found.path):
            continue
        parts = _place(document, found.path)
        where = f"answers[{at}].path"
        if parts is None or parts not in places:
            told = f"is '{found.path}', which is not parked."
            telling.tell(where, "not_parked", told, f"Parked: {', '.join(places.values()) or 'none'}.")
        elif parts in seen:
            telling.tell(where, "answered_twice", f"is '{found.path}', which this sheet has answered before.")
        else:
            seen.add(parts)
    return telling.problems


def _place(document: Mapping[str, Any], path: str) -> paths.PathParts | None:
    try:
        return paths.resolve(document, path, append=True)
    except paths.PathError:
        return None
