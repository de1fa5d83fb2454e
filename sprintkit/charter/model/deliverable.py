"""A7: what runs on the last day, and what will not be touched."""

from __future__ import annotations

from typing import Annotated

from sprintkit.charter.choices import DeliverableKind, Environment
from sprintkit.charter.model.base import Count, Part, Person, Text, items
from sprintkit.charter.questions import QuestionSpec


class Acceptance(Part):
    """What the deliverable is judged by."""

    claim: Annotated[
        Text,
        QuestionSpec(
            label="Claim",
            ask="What would you look at to say yes?",
            why="Something that can be seen to be so or not.",
            strong="five days at 95% within 5 minutes",
            weak="users are happy",
            core=True,
            needed=True,
        ),
    ] = None
    evidence: Annotated[
        Text,
        QuestionSpec(
            label="Evidence",
            ask="Shown by what?",
            strong="CRM audit export",
            weak="feedback",
            core=True,
            needed=True,
            told_by="DEL-003",
        ),
    ] = None
    verifier: Annotated[
        Person,
        QuestionSpec(
            label="Verifier",
            ask="Who looks?",
            strong="Odile Tamsworth",
            weak="stakeholders",
            needed=True,
            told_by="DEL-003",
            kind="person",
            default="the owner",
        ),
    ] = None


class Deliverable(Part):
    """`[deliverable]`"""

    statement: Annotated[
        Text,
        QuestionSpec(
            label="Deliverable",
            ask="On the last day, what is running, for whom?",
            why="A working system in daily use; paper is not a deliverable.",
            strong="routing runs live in the CRM for all 20 users",
            weak="a report and a roadmap",
            core=True,
            needed=True,
        ),
    ] = None
    kind: Annotated[
        DeliverableKind | None,
        QuestionSpec(
            label="Kind",
            ask="Is that a working system?",
            strong="working system",
            weak="pilot",
            needed=True,
            default="working system",
        ),
    ] = None
    environment: Annotated[
        Environment | None,
        QuestionSpec(
            label="Environment",
            ask="In production?",
            strong="production",
            weak="sandbox",
            needed=True,
            default="production",
        ),
    ] = None
    users_on_day_one: Annotated[
        Count,
        QuestionSpec(
            label="Users on day one",
            ask="How many use it that day?",
            strong="20 of 20",
            weak="the champion",
            needed=True,
        ),
    ] = None
    acceptance: Annotated[
        list[Acceptance],
        QuestionSpec(
            label="Acceptance",
            ask="What would you look at to say yes? Who looks?",
            why="At the end nobody should have to discuss whether it is done.",
            strong="five days at 95% within 5 min; CRM audit export; Odile",
            weak="users are happy",
            core=True,
            needed=True,
            least=2,
        ),
    ] = items()


class NoGo(Part):
    """What will be asked for and is refused today."""

    item: Annotated[
        Text,
        QuestionSpec(label="No-go", ask="What will not be touched?", strong="phone enquiries", needed=True),
    ] = None
    why: Annotated[
        Text, QuestionSpec(label="Why", ask="Why not?", strong="kept as the comparison group", needed=True)
    ] = None


class Scope(Part):
    """`[scope]`"""

    no_gos: Annotated[
        list[NoGo],
        QuestionSpec(
            label="No-gos",
            ask="What will somebody ask for in week 3 that we refuse today?",
            strong="phone enquiries: comparison group",
            weak="none",
            needed=True,
            least=2,
        ),
    ] = items()
    cut_first: Annotated[
        list[str],
        QuestionSpec(
            label="Cut first",
            ask="Short of time, what goes first?",
            why="The date is fixed, so scope must give; in this order.",
            strong="attachments are not read",
            weak="we will work weekends",
        ),
    ] = items()
