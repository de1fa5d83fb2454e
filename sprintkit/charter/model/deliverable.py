"""A7: what runs on the last day, and what is out of scope."""

from __future__ import annotations

from typing import Annotated

from sprintkit.charter.choices import DeliverableKind, Environment
from sprintkit.charter.model.base import CharterTable, CountField, PersonField, TextField, list_field
from sprintkit.charter.questions import OWNER, QuestionSpec, default_choice


class AcceptanceItem(CharterTable):
    """One acceptance item: a claim about the deliverable, and how it is shown."""

    claim: Annotated[
        TextField,
        QuestionSpec(
            label="Claim",
            prompt="What would you look at to say yes?",
            why="Something that can be seen to be so or not.",
            strong="five days at 95% within 5 minutes",
            weak="users are happy",
            is_core=True,
        ),
    ] = None
    evidence: Annotated[
        TextField,
        QuestionSpec(
            label="Evidence",
            prompt="Shown by what?",
            strong="CRM audit export",
            weak="feedback",
            is_core=True,
            missing_rule="DEL-003",
        ),
    ] = None
    verifier: Annotated[
        PersonField,
        QuestionSpec(
            label="Verifier",
            prompt="Who looks?",
            strong="Odile Tamsworth",
            weak="stakeholders",
            is_required=True,
            missing_rule="DEL-003",
            kind="person",
            default=OWNER,
        ),
    ] = None


class Deliverable(CharterTable):
    """`[deliverable]`."""

    statement: Annotated[
        TextField,
        QuestionSpec(
            label="Deliverable",
            prompt="On the last day, what is running, for whom?",
            why="A working system in daily use; paper is not a deliverable.",
            strong="routing runs live in the CRM for all 20 users",
            weak="a report and a roadmap",
            is_core=True,
        ),
    ] = None
    kind: Annotated[
        DeliverableKind | None,
        QuestionSpec(
            label="Kind",
            prompt="Is that a working system?",
            strong="working system",
            weak="pilot",
            is_required=True,
            default=default_choice("working_system"),
        ),
    ] = None
    environment: Annotated[
        Environment | None,
        QuestionSpec(
            label="Environment",
            prompt="In production?",
            strong="production",
            weak="sandbox",
            is_required=True,
            default=default_choice("production"),
        ),
    ] = None
    users_on_day_one: Annotated[
        CountField,
        QuestionSpec(
            label="Users on day one",
            prompt="How many use it that day?",
            strong="20",
            strong_about="of 20 users",
            weak="the champion",
            is_required=True,
        ),
    ] = None
    acceptance: Annotated[
        list[AcceptanceItem],
        QuestionSpec(
            label="Acceptance",
            entry_label="acceptance",
            prompt="What would you look at to say yes? Who looks?",
            why="At the end nobody should have to discuss whether it is done.",
            strong="five days at 95% within 5 min; CRM audit export; Odile",
            weak="users are happy",
            is_core=True,
            min_entries=2,
        ),
    ] = list_field()


class NoGo(CharterTable):
    """Something that will be asked for and is refused today."""

    item: Annotated[
        TextField,
        QuestionSpec(
            label="No-go", prompt="What will not be touched?", strong="phone enquiries", is_required=True
        ),
    ] = None
    why: Annotated[
        TextField,
        QuestionSpec(label="Why", prompt="Why not?", strong="kept as the comparison group", is_required=True),
    ] = None


class Scope(CharterTable):
    """`[scope]`."""

    no_gos: Annotated[
        list[NoGo],
        QuestionSpec(
            label="No-gos",
            entry_label="no-go",
            prompt="What will somebody ask for in week 3 that we refuse today?",
            strong="phone enquiries: comparison group",
            weak="none",
            is_required=True,
            min_entries=2,
        ),
    ] = list_field()
    cut_first: Annotated[
        list[str],
        QuestionSpec(
            label="Cut first",
            prompt="Short of time, what goes first?",
            why="The date is fixed, so scope must give; in this order.",
            strong="attachments are not read",
            weak="we will work weekends",
        ),
    ] = list_field()
