"""A0: who pays, who decides, and who is involved."""

from __future__ import annotations

from typing import Annotated

from sprintkit.charter.choices import Depth
from sprintkit.charter.model.base import CharterTable, DateField, PersonField, TextField
from sprintkit.charter.questions import Default, QuestionSpec


class Frame(CharterTable):
    """`[charter]`: title, sponsor and depth."""

    id: Annotated[
        TextField,
        QuestionSpec(
            label="Id",
            prompt="By which short name will files and people point at it for good?",
            why="It is permanent; the folder may be renamed later, this may not.",
            strong="lead-routing",
            weak="project-1",
            is_required=True,
            kind="slug",
            default=Default("the sprint's folder name"),
        ),
    ] = None
    title: Annotated[
        TextField,
        QuestionSpec(
            label="Title",
            prompt="What shall we call this, in words a user would use?",
            why="A title that users would say themselves keeps the talk on their work and off the technology.",
            strong="Every hire enquiry to one rep in minutes",
            weak="AI phase 1",
            is_core=True,
        ),
    ] = None
    sponsor: Annotated[
        PersonField,
        QuestionSpec(
            label="Sponsor",
            prompt="Who pays, and who can end it? One name.",
            why="When the date comes somebody must be able to say stop. A group cannot.",
            strong="Bram Yellowby, Head of Sales",
            weak="Leadership",
            is_core=True,
            kind="person",
        ),
    ] = None
    depth: Annotated[
        Depth | None,
        QuestionSpec(
            label="Depth",
            prompt="Lean, the core in an hour, or full, all of it?",
            why="Lean asks what no charter can do without. It can be deepened later without retyping.",
            default=Default("full where a file says nothing"),
        ),
    ] = None
    language: Annotated[
        TextField,
        QuestionSpec(
            label="Language",
            prompt="In which language are the answers?",
            why="Rules that read words know English, German, Spanish and French. In another language they stay silent, and "
            "say so.",
            strong="it",
            default=Default("told by the answers"),
        ),
    ] = None
    organization: Annotated[
        TextField,
        QuestionSpec(
            label="Organization",
            prompt="Which organization is this for?",
            why="It stands on the document that people outside the room read.",
            strong="Quernmoor Access Hire",
        ),
    ] = None
    drafted_on: Annotated[
        DateField,
        QuestionSpec(
            label="Drafted on",
            prompt="On which day was this drafted?",
            days="past",
            why="Readers see how old the agreement is.",
        ),
    ] = None
    facilitator: Annotated[
        TextField,
        QuestionSpec(
            label="Facilitator",
            prompt="Who leads the session?",
            why="Questions about how something was meant go to this person.",
        ),
    ] = None
    supersedes: Annotated[
        TextField,
        QuestionSpec(
            label="Supersedes",
            prompt="Which earlier charter does this one replace?",
            why="A changed metric or a later end is a new charter; its reader should find the old one.",
            strong="lead-routing",
        ),
    ] = None


class PersonEntry(CharterTable):
    """One entry of `[people]`. Person fields hold its key."""

    name: Annotated[
        TextField,
        QuestionSpec(
            label="Name",
            prompt="Full name?",
            why="It goes to signature. Someone who can be called, never a department.",
            strong="Odile Tamsworth",
            weak="the ops folks",
        ),
    ] = None
    role: Annotated[
        TextField,
        QuestionSpec(
            label="Role",
            prompt="Who is in this: what do they do?",
            why="A sponsor who never met them must understand why this person decides.",
            strong="Sales Operations Manager",
            weak="stakeholder",
            is_required=True,
        ),
    ] = None
    contact: Annotated[
        TextField,
        QuestionSpec(
            label="Contact",
            prompt="How are they reached?",
            why="The document is read when something is down.",
            strong="extension 214",
        ),
    ] = None
