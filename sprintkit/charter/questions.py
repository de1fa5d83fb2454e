"""What a question is, and the sections they are asked in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from pydantic import GetJsonSchemaHandler
from pydantic_core import CoreSchema

Kind = Literal[
    "line", "prose", "slug", "integer", "number", "date", "bool", "choice", "person", "texts", "items"
]
"""How an answer is given: one line, prose, a count, a number, a day, yes or no, one of a few, a person,
a list of short texts, or a list of items that have questions of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionSpec:
    """What the model declares beside a field: everything anybody is told about it.

    The session, the command line, the JSON Schema, the messages, the counts and the documents all read it here.
    """

    label: str
    """Name of the field in documents and lists."""
    ask: str
    """The question as it is asked aloud."""
    why: str = ""
    """Why it is asked, or what to watch for."""
    strong: str = ""
    weak: str = ""
    core: bool = False
    """Whether a charter cannot exist without it; asked in both depths."""
    needed: bool = False
    """Whether a full charter needs it for sign-off."""
    told_by: str = ""
    """The rule that tells when it is missing, where that is not GEN-002."""
    least: int = 1
    """Least count of entries in a full charter."""
    least_lean: int = 1
    """Least count of entries in a lean charter."""
    kind: Kind | None = None
    """How it is answered, where the field's type does not tell."""
    default: str = ""
    """Where the value comes from when nobody says one, in words."""

    def __get_pydantic_json_schema__(
        self, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        schema: dict[str, Any] = dict(handler(core_schema))
        schema["title"] = self.label
        schema["description"] = " ".join(
            part
            for part in (
                self.ask,
                self.why,
                f"Strong: {self.strong}." if self.strong else "",
                f"Weak: {self.weak}." if self.weak else "",
                f"Filled in: {self.default}." if self.default else "",
            )
            if part
        )
        return schema


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of the scoping session."""

    key: str
    number: str
    title: str
    purpose: str
    """What the section is for, in one sentence."""
    minutes: int
    """Minutes planned for it in a full session."""
    minutes_lean: int
    """Minutes planned for it in a lean session; 0 where nothing of it is asked."""
    roots: tuple[str, ...]
    """Starts of the paths that belong to it."""
    closing: str = ""
    """What to say or do when it is done."""


SECTIONS: tuple[Section, ...] = (
    Section(
        key="frame",
        number="A0",
        title="Frame",
        purpose="So everybody knows whose money and whose decision this is.",
        minutes=5,
        minutes_lean=4,
        roots=("charter", "people"),
    ),
    Section(
        key="use_case",
        number="A1",
        title="Use case",
        purpose="Says which piece of work is done by whom from now on.",
        minutes=15,
        minutes_lean=10,
        roots=("use_case",),
    ),
    Section(
        key="owner",
        number="A2",
        title="Owner",
        purpose="One person who will still be here when the sprint team is gone.",
        minutes=15,
        minutes_lean=8,
        roots=("owner",),
    ),
    Section(
        key="process",
        number="A3",
        title="Process and agreement check",
        purpose="Finds out whether there is one process to automate.",
        minutes=40,
        minutes_lean=0,
        roots=("process",),
        closing="Ask five people separately, in writing, before anybody hears another.",
    ),
    Section(
        key="success_metric",
        number="A4",
        title="Success metric",
        purpose="One number that leadership already cares about.",
        minutes=25,
        minutes_lean=12,
        roots=("success_metric",),
    ),
    Section(
        key="data",
        number="A5",
        title="Data requirements",
        purpose="What the system really gets fed, dirt included.",
        minutes=30,
        minutes_lean=8,
        roots=("data_requirements",),
    ),
    Section(
        key="integration",
        number="A6",
        title="Integration points",
        purpose="The last mile: what a busy person sees and does.",
        minutes=25,
        minutes_lean=7,
        roots=("integration_points",),
    ),
    Section(
        key="deliverable",
        number="A7",
        title="Deliverable and limits",
        purpose="What runs on the last day, and what will not be touched.",
        minutes=15,
        minutes_lean=5,
        roots=("deliverable", "scope"),
    ),
    Section(
        key="timeline",
        number="A8",
        title="Timeline and milestones",
        purpose="A real date, and steps that are either done or not.",
        minutes=15,
        minutes_lean=6,
        roots=("timeline", "plan.milestones"),
    ),
    Section(
        key="budget",
        number="A9",
        title="Budget and value",
        purpose="Money for running it, not only for building it.",
        minutes=10,
        minutes_lean=0,
        roots=("budget", "value"),
    ),
    Section(
        key="readiness",
        number="A10",
        title="Production readiness",
        purpose="What separates a trial from production, as twelve promises.",
        minutes=15,
        minutes_lean=0,
        roots=("plan.readiness",),
    ),
    Section(
        key="signoff",
        number="A11",
        title="Sign-off",
        purpose="Each reads the document and signs for one thing.",
        minutes=10,
        minutes_lean=0,
        roots=("plan.signatories", "waivers", "parked"),
        closing="Ask each: what are you promising by signing, and what would make you withdraw?",
    ),
)
