"""Corrections: what puts a check-in right while the first entry stays visible."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated, Any

from pydantic import ValidationError

from sprintkit.charter import paths
from sprintkit.charter.questions import QuestionSpec
from sprintkit.records.base import File, Filed, Record, by_name, items
from sprintkit.records.checkin import CheckIn


class Correct(Record):
    """One value put right."""

    path: Annotated[
        str,
        QuestionSpec(
            label="Where",
            prompt="Which value, as a path in the entry?",
            strong="metric.value",
            is_required=True,
        ),
    ] = ""
    value: Annotated[Any, QuestionSpec(label="Value", prompt="What is right?", is_required=True)]
    why: Annotated[
        str,
        QuestionSpec(
            label="Why", prompt="What was wrong?", strong="read from last month's column", is_required=True
        ),
    ] = ""


class Correction(File):
    """A file beside the week's; its paths are relative to the entry it corrects, and it counts from `on`."""

    week: Annotated[
        int, QuestionSpec(label="Week", prompt="Which week's entry does it correct?", is_required=True)
    ]
    on: Annotated[date, QuestionSpec(label="On", prompt="On which day?", is_required=True)]
    by: Annotated[
        str, QuestionSpec(label="By", prompt="Who corrects it?", kind="person", is_required=True)
    ] = ""
    corrects: Annotated[
        list[Correct],
        QuestionSpec(label="Corrects", prompt="What was wrong, and what is right?", is_required=True),
    ] = items()


def corrected(
    entries: Iterable[CheckIn], corrections: Iterable[Filed[Correction]], on: date | None = None
) -> list[CheckIn]:
    """The entries with every correction dated up to `on` applied (all of them without `on`), in order of week.

    Corrections apply in the order of their day, then of their file names. One that cannot be applied, because it
    points nowhere or would make something that is no check-in, changes nothing; its refusals say so.
    """
    due = sorted(
        (filed for filed in corrections if on is None or filed.record.on <= on),
        key=lambda filed: (filed.record.on, by_name(filed.path)),
    )
    result = []
    for entry in sorted(entries, key=lambda entry: (entry.week, entry.on)):
        for filed in due:
            if filed.record.week == entry.week:
                entry = applied(entry, filed.record) or entry
        result.append(entry)
    return result


def applied(entry: CheckIn, correction: Correction) -> CheckIn | None:
    """The entry as the correction puts it right; None if it cannot be applied as a whole."""
    try:
        right = CheckIn.model_validate(corrected_document(entry, correction))
    except (paths.PathError, ValidationError):
        return None
    return right if right.week == entry.week else None


def corrected_document(entry: CheckIn, correction: Correction) -> dict[str, Any]:
    """The entry's document with the corrected values set. Raises PathError where one points nowhere."""
    document: Mapping[str, Any] = entry.model_dump(by_alias=True, exclude_none=True)
    for correct in correction.corrects:
        document = paths.set_value(document, correct.path, correct.value)
    return dict(document)
