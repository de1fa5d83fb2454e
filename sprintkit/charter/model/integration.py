"""A6: the last mile, what a busy person sees and does."""

from __future__ import annotations

from typing import Annotated

from sprintkit.charter.model.base import Count, Part, Text, YesNo
from sprintkit.charter.questions import QuestionSpec


class IntegrationPoint(Part):
    """One of `[[integration_points]]`"""

    name: Annotated[
        Text,
        QuestionSpec(
            label="Point",
            ask="What do we call this place?",
            strong="Enquiry record",
            needed=True,
            default="the tool's name",
        ),
    ] = None
    tool: Annotated[
        Text,
        QuestionSpec(
            label="Tool",
            ask="What do they have open all day?",
            why="A new place to look is not integration.",
            strong="CRM",
            weak="a new web app",
            core=True,
            needed=True,
        ),
    ] = None
    surface: Annotated[
        Text,
        QuestionSpec(
            label="Where in it",
            ask="Where in it will this appear?",
            strong="holder field of the record",
            weak="a dashboard",
            core=True,
            needed=True,
        ),
    ] = None
    in_daily_use: Annotated[
        YesNo,
        QuestionSpec(
            label="In daily use",
            ask="Do these users already work in it every day?",
            strong="yes",
            weak="no",
            needed=True,
        ),
    ] = None
    user_role: Annotated[
        Text,
        QuestionSpec(
            label="User role",
            ask="Which of the users is that?",
            strong="inside sales rep",
            weak="business",
            needed=True,
            default="the first user role",
        ),
    ] = None
    trigger: Annotated[
        Text,
        QuestionSpec(
            label="Trigger",
            ask="What makes it appear?",
            strong="enquiry saved",
            weak="overnight",
            needed=True,
        ),
    ] = None
    max_delay_minutes: Annotated[
        Count,
        QuestionSpec(
            label="Delay, minutes at most",
            ask="How soon after?",
            strong="5",
            weak="1440 (overnight)",
            needed=True,
        ),
    ] = None
    output: Annotated[
        Text,
        QuestionSpec(
            label="What the user sees",
            ask="Read me word for word what the user sees.",
            why="A score alone needs interpreting; show the fact behind it.",
            strong="Yours because the account ordered in November; Hexmoor depot",
            weak="Risk score of 73",
            needed=True,
            kind="prose",
        ),
    ] = None
    action: Annotated[
        Text,
        QuestionSpec(
            label="Next action",
            ask="Without thinking about it: what do they press or say next?",
            why="If they have to think, they will go on as before.",
            strong="Call, or press 'Not mine' and pick a reason",
            weak="review the score",
            core=True,
            needed=True,
        ),
    ] = None
    automatic_when: Annotated[
        Text,
        QuestionSpec(
            label="Automatic when",
            ask="Which are so easy that nobody needs to see them?",
            why="Can a user tell which those are?",
            strong="account or depot found",
            weak="high confidence",
            needed=True,
        ),
    ] = None
    human_when: Annotated[
        Text,
        QuestionSpec(
            label="A person when",
            ask="Which must a person judge?",
            strong="no postcode",
            weak="low confidence",
            needed=True,
        ),
    ] = None
    fallback: Annotated[
        Text,
        QuestionSpec(
            label="Fallback",
            ask="It is down at ten in the morning. What do they do, and how do they know?",
            why="Work goes on without it, by somebody, somehow.",
            strong="after 10 minutes it drops into the mailbox, desk lead routes by hand",
            weak="restart the server",
            core=True,
            needed=True,
        ),
    ] = None
    override: Annotated[
        Text,
        QuestionSpec(
            label="Override",
            ask="It is wrong. How do they overrule it, and where does that go?",
            strong="'Not mine'; owner reads reasons on Fridays",
            weak="email us",
            needed=True,
        ),
    ] = None
