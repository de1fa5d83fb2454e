"""What a closing is refused for."""

from __future__ import annotations

from sprintkit.charter.choices import PROMISES
from sprintkit.charter.model import Charter
from sprintkit.errors import Problem
from sprintkit.records.closing import HANDOVER, STOPPING, Closing
from sprintkit.records.signatories import people_of
from sprintkit.records.validation.issues import IssueCollector
from sprintkit.text.dates import format_date


def validate_closing(closing: Closing, charter: Charter, earlier: Closing | None = None) -> list[Problem]:
    """Everything a closing is refused for; `earlier` is the one that stands, if there is one.

    What is asked to be filled in beside a verdict is no refusal: `sprintkit.progress.closing` says it.
    """
    telling = IssueCollector(closing, charter)
    if earlier is not None and earlier.decide_by is None:
        told = f"comes after the closing of {format_date(earlier.on)}, which stands."
        telling.tell("on", "closed", told)
    if telling.person("decided_by", closing.decided_by):
        sponsors = people_of("sponsor", charter)
        if sponsors and closing.decided_by not in sponsors:
            told = f"is '{closing.decided_by}'; the sponsor decides, {', '.join(sponsors)}."
            telling.tell("decided_by", "not_sponsor", told)
    claims, given = len(charter.deliverable.acceptance), len(closing.acceptance_met)
    if claims != given:
        told = f"has {given} of {claims}: say true or false for each claim of the deliverable, in its order."
        telling.tell("acceptance_met", "wrong_length", told)
    promises = [promise.item for promise in PROMISES]
    for at, item in enumerate(closing.readiness_open):
        telling.among(f"readiness_open[{at}]", item, promises, "production promise")
    handover = HANDOVER if closing.verdict == "operate" else HANDOVER | STOPPING
    for at, item in enumerate(closing.handover_open):
        telling.among(f"handover_open[{at}]", item, handover, "handover item")
    if closing.cost_actual < 0:
        telling.tell("cost_actual", "bound", "is less than 0.")
    for name in ("confirm_by", "decide_by"):
        day = getattr(closing, name)
        if day is not None and day < closing.on:
            told = f"is {format_date(day)}, before the day of the closing."
            telling.tell(name, "bound", told)
    return telling.problems
