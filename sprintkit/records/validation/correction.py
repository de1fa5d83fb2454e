"""What a correction is refused for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from sprintkit.charter import paths
from sprintkit.charter.model import Charter
from sprintkit.errors import InputError, Problem
from sprintkit.records.checkin import CheckIn
from sprintkit.records.correction import Correction
from sprintkit.records.parsing import read_record
from sprintkit.records.validation.checkin import validate_checkin
from sprintkit.records.validation.issues import IssueCollector

LEAVES: Final = "would leave an entry that is refused: "
"""What stands before a refusal of the entry as it would be."""


def validate_correction(
    correction: Correction,
    charter: Charter,
    entries: Sequence[CheckIn],
    *,
    charter_at: Callable[[int], Charter] | None = None,
) -> list[Problem]:
    """Everything a correction is refused for.

    `entries` are all check-ins with earlier corrections applied, `charter` is the one in force in the week that
    is corrected. What the corrected entry would be refused for, and was not before, is told too.
    """
    telling = IssueCollector(correction, charter)
    telling.person("by", correction.by)
    entry = next((one for one in entries if one.week == correction.week), None)
    if entry is None:
        weeks = ", ".join(str(one.week) for one in entries) or "none"
        told = f"is {correction.week}, which has no entry to correct."
        telling.tell("week", "no_entry", told, f"Weeks with an entry: {weeks}.")
        return telling.problems
    document = _corrected(telling, correction, entry)
    others = [one for one in entries if one.week != correction.week]
    before = validate_checkin(entry, charter, others, charter_at=charter_at)
    try:
        after = read_record(CheckIn, document)
    except InputError as error:
        faults: list[Problem] = list(error.problems)
    else:
        faults = [
            one
            for one in validate_checkin(after, charter, others, charter_at=charter_at)
            if one not in before
        ]
    for fault in faults:
        telling.tell("corrects", fault.code, f"{LEAVES}{fault.message}", fault.hint)
    return telling.problems


def _corrected(telling: IssueCollector, correction: Correction, entry: CheckIn) -> dict[str, Any]:
    """The entry's document with every value set whose path points somewhere; the others are told."""
    document: dict[str, Any] = entry.model_dump(by_alias=True, exclude_none=True)
    for at, correct in enumerate(correction.corrects):
        where = f"corrects[{at}].path"
        if not correct.path:
            continue
        try:
            parts = paths.resolve(document, correct.path, append=True)
            if parts[0] in ("week", "schema"):
                told = f"is '{correct.path}', which names the entry and cannot be corrected."
                telling.tell(where, "path", told)
                continue
            document = paths.set_value(document, parts, correct.value)
        except paths.PathError as error:
            telling.tell(where, "path", f"points nowhere: {error}.")
    return document
