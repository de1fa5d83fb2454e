"""The closing: operate or stop, the facts behind the decision, and the two handover checklists."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final, Literal

from sprintkit.charter.questions import QuestionSpec
from sprintkit.records.base import FileRecord, optional_list

HANDOVER_ITEMS: Final[dict[str, str]] = {
    "rights": "owner and deputy have the rights",
    "deputy_cycle": "the deputy has run one full cycle",
    "runbook_used": "somebody who did not build it has used the runbook",
    "alerts_reach_owner": "alerts reach the owner",
    "readings_booked": "three metric readings are in the reader's calendar",
    "version_restored": "an earlier version was restored once",
    "held_cases_owned": "held cases have a person and an age limit",
    "checks_run_alone": "the data checks run without the builder",
    "users_can_say_wrong": "users know where to say that it is wrong",
    "costs_in_budget": "running costs and licences are in the owner's budget",
    "builder_rights_removed": "the builder's rights are removed or limited",
    "switch_off_written": "the steps to switch it off are written down",
}
"""The checklist before the owner operates the system, by id."""
STOPPING_ITEMS: Final[dict[str, str]] = {
    "switched_off": "it is switched off",
    "rights_withdrawn": "rights are withdrawn",
    "data_disposed": "its data is deleted, or kept by rule",
    "old_way_running": "the old way is confirmed to run",
    "users_told": "users are told",
    "lessons_recorded": "lessons are recorded",
}
"""The checklist for a stop, by id."""


class Closing(FileRecord):
    """The end of a sprint. Everything that follows from the records is computed, not repeated here."""

    on: Annotated[date, QuestionSpec(label="On", prompt="On which day?", is_required=True)]
    verdict: Annotated[
        Literal["operate", "stop"],
        QuestionSpec(label="Verdict", prompt="Operate it, or stop?", is_required=True),
    ]
    decided_by: Annotated[
        str,
        QuestionSpec(label="Decided by", prompt="Who decides? The sponsor.", kind="person", is_required=True),
    ] = ""
    acceptance_met: Annotated[
        list[bool],
        QuestionSpec(
            label="Acceptance", prompt="Which claims of the deliverable are met, in the order of the charter?"
        ),
    ]
    readiness_open: Annotated[
        list[str], QuestionSpec(label="Promises open", prompt="Which production promises are still open?")
    ]
    handover_open: Annotated[
        list[str], QuestionSpec(label="Handover open", prompt="Which items of the handover are still open?")
    ]
    cost_actual: Annotated[
        float, QuestionSpec(label="Actual cost", prompt="What did the sprint cost?", is_required=True)
    ]
    confirm_by: Annotated[
        date | None, QuestionSpec(label="Confirm by", prompt="By which day will operating be confirmed?")
    ] = None
    decide_by: Annotated[
        date | None, QuestionSpec(label="Decide by", prompt="By which day will it be closed again?")
    ] = None
    decommission: Annotated[
        list[str], QuestionSpec(label="To take down", prompt="What is switched off, withdrawn, deleted?")
    ] = optional_list()
    reason: Annotated[str | None, QuestionSpec(label="Reason", prompt="Why?", kind="prose")] = None
    lesson: Annotated[
        str,
        QuestionSpec(
            label="Lesson", prompt="What would you do differently next time?", kind="prose", is_required=True
        ),
    ] = ""
    went_well: Annotated[
        str | None, QuestionSpec(label="Went well", prompt="What went well?", kind="prose")
    ] = None
    next: Annotated[str | None, QuestionSpec(label="Next", prompt="What comes next?", kind="prose")] = None
