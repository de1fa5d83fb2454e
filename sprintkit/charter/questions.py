"""What can be declared about a question, and the sections of the scoping session."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final, Literal, NamedTuple

from pydantic import GetJsonSchemaHandler
from pydantic_core import CoreSchema

from sprintkit.charter.choices import choice_label

Kind = Literal[
    "line", "prose", "slug", "integer", "number", "date", "bool", "choice", "person", "texts", "items"
]
"""How an answer is given. `texts` is a list of short texts; `items` is a table, or a list of tables, whose fields
have questions of their own."""


AllowedDays = Literal["near", "past", "ahead", "sprint"]
"""Which days are allowed as an answer: any, none after today, none before today, none before the start."""


class Default(NamedTuple):
    """What is filled in when nobody answers a question."""

    description: str
    """Where the value comes from."""
    choice: str | None = None
    """The value itself, if it is the same choice in every charter."""


OWNER: Final = Default("the owner")
"""The default of a person field: the person in `owner.person`."""


def default_choice(choice: str) -> Default:
    """The default of a field that gets the same choice in every charter."""
    return Default(choice_label(choice), choice)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionSpec:
    """Everything that is declared about a field besides its type.

    There is no other declaration: the session, the command line, the JSON Schema, messages, counts and documents
    read this one.
    """

    label: str
    """The name of the field in documents and lists."""
    prompt: str
    """The question, as asked aloud."""
    why: str = ""
    """Why it is asked, or what to watch for."""
    strong: str = ""
    """Example of a strong answer."""
    strong_about: str = ""
    """What a bare figure or day in `strong` stands for, such as `weeks, the last of them live`; shown after it."""
    weak: str = ""
    """Example of a weak answer."""
    days: AllowedDays = "near"
    """Which days are allowed; a day typed without a year becomes the nearest of them."""
    is_core: bool = False
    """Whether a charter cannot exist without it. It is asked at both depths. Implies `is_required`."""
    is_required: bool = False
    """Whether a full charter needs it for sign-off, or a record needs it to be accepted."""
    missing_rule: str = ""
    """The rule that reports a missing answer, if it is not GEN-002."""
    min_entries: int = 1
    """How many entries a required list needs in a full charter."""
    min_entries_lean: int = 1
    """How many entries a core list needs in a lean charter."""
    kind: Kind | None = None
    """How it is answered, if the field's type does not say."""
    entry_label: str = ""
    """What one entry of the list is called; the list's label if empty."""
    suggestions: tuple[str, ...] = ()
    """Usual answers to a question that takes any text."""
    default: Default | None = None
    """What is filled in if nobody answers."""

    def __post_init__(self) -> None:
        if self.is_core:
            object.__setattr__(self, "is_required", True)

    def is_required_at(self, *, lean: bool) -> bool:
        """Whether a charter of this depth needs an answer."""
        return self.is_core if lean else self.is_required

    def required_entries(self, *, lean: bool) -> int:
        """How many entries a list needs in a charter of this depth; 0 if it may be empty."""
        if not self.is_required_at(lean=lean):
            return 0
        return self.min_entries_lean if lean else self.min_entries

    def __get_pydantic_json_schema__(
        self, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        schema: dict[str, Any] = dict(handler(core_schema))
        schema["title"] = self.label
        schema["description"] = " ".join(
            part
            for part in (
                self.prompt,
                self.why,
                f"Strong: {self.strong}." if self.strong else "",
                f"Weak: {self.weak}." if self.weak else "",
                f"Filled in: {self.default.description}." if self.default else "",
            )
            if part
        )
        return schema


def find_spec(metadata: Iterable[Any]) -> QuestionSpec | None:
    """The spec in the metadata of a model's field; None if the field is not a question."""
    return next((part for part in metadata if isinstance(part, QuestionSpec)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of the scoping session."""

    key: str
    number: str
    """A0 to A11."""
    title: str
    purpose: str
    """What the section is for, in one sentence."""
    minutes: int
    """Minutes planned for it in a full session."""
    minutes_lean: int
    """Minutes planned for it in a lean session; 0 if it is not asked there."""
    roots: tuple[str, ...]
    """The path patterns whose questions, and all questions below them, belong to it."""
    closing: str = ""
    """What to say or do at its end."""

    def covers(self, pattern: str) -> bool:
        """Whether the question at `pattern` belongs to the section."""
        return any(pattern == root or pattern.startswith((f"{root}.", f"{root}[")) for root in self.roots)


SECTIONS: Final[tuple[Section, ...]] = (
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
"""All sections, in the order of the session."""
