"""A signature: that one person approved or rejected one exact content, for one party."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import AwareDatetime

from sprintkit.charter.questions import QuestionSpec
from sprintkit.records.base import FileRecord


class Signature(FileRecord):
    """One person's decision about the content that `digest` stands for."""

    person: Annotated[
        str,
        QuestionSpec(
            label="Person", prompt="Who signs?", strong="Bram Yellowby", kind="person", is_required=True
        ),
    ] = ""
    party: Annotated[
        str, QuestionSpec(label="Party", prompt="For what do they sign?", strong="sponsor", is_required=True)
    ] = ""
    decision: Annotated[
        Literal["approve", "reject"],
        QuestionSpec(
            label="Decision",
            prompt="Do they approve it or reject it?",
            why="There is no approval with conditions: a condition is an edit.",
            is_required=True,
        ),
    ]
    on: Annotated[date, QuestionSpec(label="On", prompt="On which day?", is_required=True)]
    at: Annotated[
        AwareDatetime, QuestionSpec(label="At", prompt="At which time, with its zone?", is_required=True)
    ]
    digest: Annotated[
        str, QuestionSpec(label="Digest", prompt="Of which content? All 64 hex digits.", is_required=True)
    ] = ""
    name: Annotated[
        str,
        QuestionSpec(label="Name", prompt="Your full name, typed?", strong="Bram Yellowby", is_required=True),
    ] = ""
    comment: Annotated[
        str | None,
        QuestionSpec(
            label="Comment", prompt="Why is it rejected?", why="A rejection needs one.", kind="prose"
        ),
    ] = None
    received: Annotated[
        Literal["own", "email", "paper", "meeting"],
        QuestionSpec(label="Received", prompt="Signed by themselves, or received how?", is_required=True),
    ]
    proof: Annotated[
        str | None,
        QuestionSpec(
            label="Proof", prompt="Where is what was received?", strong="mail of 12 February, 14:05"
        ),
    ] = None
    recorded_by: Annotated[
        str | None, QuestionSpec(label="Recorded by", prompt="Who wrote it down for them?", kind="person")
    ] = None
    ssh: Annotated[
        str | None,
        QuestionSpec(label="SSH signature", prompt="The armoured signature, if there is one?", kind="prose"),
    ] = None
