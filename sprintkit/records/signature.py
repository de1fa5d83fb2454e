"""A signature: that one person approved or rejected one exact content, for one party."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import AwareDatetime

from sprintkit.charter.questions import QuestionSpec
from sprintkit.records.base import File


class Signature(File):
    """One person's decision about the content that `digest` stands for."""

    person: Annotated[
        str,
        QuestionSpec(label="Person", ask="Who signs?", strong="Bram Yellowby", kind="person", needed=True),
    ] = ""
    party: Annotated[
        str, QuestionSpec(label="Party", ask="For what do they sign?", strong="sponsor", needed=True)
    ] = ""
    decision: Annotated[
        Literal["approve", "reject"],
        QuestionSpec(
            label="Decision",
            ask="Do they approve it or reject it?",
            why="There is no approval with conditions: a condition is an edit.",
            needed=True,
        ),
    ]
    on: Annotated[date, QuestionSpec(label="On", ask="On which day?", needed=True)]
    at: Annotated[AwareDatetime, QuestionSpec(label="At", ask="At which time, with its zone?", needed=True)]
    digest: Annotated[
        str, QuestionSpec(label="Digest", ask="Of which content? All 64 hex digits.", needed=True)
    ] = ""
    name: Annotated[
        str, QuestionSpec(label="Name", ask="Your full name, typed?", strong="Bram Yellowby", needed=True)
    ] = ""
    comment: Annotated[
        str | None,
        QuestionSpec(label="Comment", ask="Why is it rejected?", why="A rejection needs one.", kind="prose"),
    ] = None
    received: Annotated[
        Literal["own", "email", "paper", "meeting"],
        QuestionSpec(label="Received", ask="Signed by themselves, or received how?", needed=True),
    ]
    proof: Annotated[
        str | None,
        QuestionSpec(label="Proof", ask="Where is what was received?", strong="mail of 12 February, 14:05"),
    ] = None
    recorded_by: Annotated[
        str | None, QuestionSpec(label="Recorded by", ask="Who wrote it down for them?", kind="person")
    ] = None
    ssh: Annotated[
        str | None,
        QuestionSpec(label="SSH signature", ask="The armoured signature, if there is one?", kind="prose"),
    ] = None
