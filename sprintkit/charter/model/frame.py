"""A0: whose money and whose decision this is."""

from __future__ import annotations

from typing import Annotated

from sprintkit.charter.choices import Depth
from sprintkit.charter.model.base import Day, Part, Person, Text
from sprintkit.charter.questions import QuestionSpec


class Frame(Part):
    """`[charter]`: name, sponsor, and how deep the charter was scoped."""

    id: Annotated[
        Text,
        QuestionSpec(
            label="Id",
            ask="By which short name will files and people point at it for good?",
            why="It is permanent; the folder may be renamed later, this may not.",
            strong="lead-routing",
            weak="project-1",
            needed=True,
            kind="slug",
            default="the sprint's folder name",
        ),
    ] = None
    title: Annotated[
        Text,
        QuestionSpec(
            label="Title",
            ask="What shall we call this, in words a user would use?",
            why="A title that users would say themselves keeps the talk on their work and off the technology.",
            strong="Every hire enquiry to one rep in minutes",
            weak="AI phase 1",
            core=True,
            needed=True,
        ),
    ] = None
    sponsor: Annotated[
        Person,
        QuestionSpec(
            label="Sponsor",
            ask="Who pays, and who can end it? One name.",
            why="When the date comes somebody must be able to say stop. A group cannot.",
            strong="Bram Yellowby, Head of Sales",
            weak="Leadership",
            core=True,
            needed=True,
            kind="person",
        ),
    ] = None
    depth: Annotated[
        Depth | None,
        QuestionSpec(
            label="Depth",
            ask="Lean, the core in an hour, or full, all of it?",
            why="Lean asks what no charter can do without. It can be deepened later without retyping.",
            default="full where a file says nothing",
        ),
    ] = None
    organization: Annotated[
        Text,
        QuestionSpec(
            label="Organization",
            ask="Which organization is this for?",
            why="It stands on the document that people outside the room read.",
            strong="Quernmoor Access Hire",
        ),
    ] = None
    drafted_on: Annotated[
        Day,
        QuestionSpec(
            label="Drafted on",
            ask="On which day was this drafted?",
            why="Readers see how old the agreement is.",
        ),
    ] = None
    facilitator: Annotated[
        Text,
        QuestionSpec(
            label="Facilitator",
            ask="Who leads the session?",
            why="Questions about how something was meant go to this person.",
        ),
    ] = None
    supersedes: Annotated[
        Text,
        QuestionSpec(
            label="Supersedes",
            ask="Which earlier charter does this one replace?",
            why="A changed metric or a later end is a new charter; its reader should find the old one.",
            strong="lead-routing",
        ),
    ] = None


class PersonEntry(Part):
    """One entry of `[people]`; its key is what person fields hold."""

    name: Annotated[
        Text,
        QuestionSpec(
            label="Name",
            ask="Full name?",
            why="It goes to signature. Someone who can be called, never a department.",
            strong="Odile Tamsworth",
            weak="the ops folks",
            needed=False,
        ),
    ] = None
    role: Annotated[
        Text,
        QuestionSpec(
            label="Role",
            ask="Who is in this: what do they do?",
            why="A sponsor who never met them must understand why this person decides.",
            strong="Sales Operations Manager",
            weak="stakeholder",
            needed=True,
        ),
    ] = None
    contact: Annotated[
        Text,
        QuestionSpec(
            label="Contact",
            ask="How are they reached?",
            why="The document is read when something is down.",
            strong="extension 214",
        ),
    ] = None
