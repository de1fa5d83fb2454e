"""A6: the last mile. What a busy person sees and does."""

from __future__ import annotations

from typing import Annotated

from sprintkit.charter.model.base import CharterTable, CountField, TextField, YesNoField
from sprintkit.charter.questions import Default, QuestionSpec


class IntegrationPoint(CharterTable):
    """One entry of `[[integration_points]]`: a place where the output appears."""

    name: Annotated[
        TextField,
        QuestionSpec(
            label="Point",
            prompt="What do we call this place?",
            strong="Enquiry record",
            is_required=True,
            default=Default("the tool's name"),
        ),
    ] = None
    tool: Annotated[
        TextField,
        QuestionSpec(
            label="Tool",
            prompt="What do they have open all day?",
            why="A new place to look is not integration.",
            strong="CRM",
            weak="a new web app",
            is_core=True,
        ),
    ] = None
    surface: Annotated[
        TextField,
        QuestionSpec(
            label="Where in it",
            prompt="Where in it will this appear?",
            strong="holder field of the record",
            weak="a dashboard",
            is_core=True,
        ),
    ] = None
    in_daily_use: Annotated[
        YesNoField,
        QuestionSpec(
            label="In daily use",
            prompt="Do these users already work in it every day?",
            strong="yes",
            weak="no",
            is_required=True,
        ),
    ] = None
    user_role: Annotated[
        TextField,
        QuestionSpec(
            label="User role",
            prompt="Which of the users is that?",
            strong="inside sales rep",
            weak="business",
            is_required=True,
            default=Default("the first user role"),
        ),
    ] = None
    trigger: Annotated[
        TextField,
        QuestionSpec(
            label="Trigger",
            prompt="What makes it appear?",
            strong="enquiry saved",
            weak="overnight",
            is_required=True,
        ),
    ] = None
    max_delay_minutes: Annotated[
        CountField,
        QuestionSpec(
            label="Delay, minutes at most",
            prompt="How soon after?",
            strong="5",
            strong_about="minutes after the enquiry is saved",
            weak="1440 (overnight)",
            is_required=True,
        ),
    ] = None
    output: Annotated[
        TextField,
        QuestionSpec(
            label="What the user sees",
            prompt="Read me word for word what the user sees.",
            why="A score alone needs interpreting; show the fact behind it.",
            strong="Yours because the account ordered in November; Hexmoor depot",
            weak="Risk score of 73",
            is_required=True,
            kind="prose",
        ),
    ] = None
    action: Annotated[
        TextField,
        QuestionSpec(
            label="Next action",
            prompt="Without thinking about it: what do they press or say next?",
            why="If they have to think, they will go on as before.",
            strong="Call, or press 'Not mine' and pick a reason",
            weak="review the score",
            is_core=True,
        ),
    ] = None
    automatic_when: Annotated[
        TextField,
        QuestionSpec(
            label="Automatic when",
            prompt="Which are so easy that nobody needs to see them?",
            why="Can a user tell which those are?",
            strong="account or depot found",
            weak="high confidence",
            is_required=True,
        ),
    ] = None
    human_when: Annotated[
        TextField,
        QuestionSpec(
            label="A person when",
            prompt="Which must a person judge?",
            strong="no postcode",
            weak="low confidence",
            is_required=True,
        ),
    ] = None
    fallback: Annotated[
        TextField,
        QuestionSpec(
            label="Fallback",
            prompt="It is down at ten in the morning. What do they do, and how do they know?",
            why="Work goes on without it, by somebody, somehow.",
            strong="after 10 minutes it drops into the mailbox, desk lead routes by hand",
            weak="restart the server",
            is_core=True,
        ),
    ] = None
    override: Annotated[
        TextField,
        QuestionSpec(
            label="Override",
            prompt="It is wrong. How do they overrule it, and where does that go?",
            strong="'Not mine'; owner reads reasons on Fridays",
            weak="email us",
            is_required=True,
        ),
    ] = None
