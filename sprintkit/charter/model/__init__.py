"""The model of a charter, in the order of its file."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field

from sprintkit.charter.choices import Depth
from sprintkit.charter.model.base import Part, items, table
from sprintkit.charter.model.budget import Budget, Value
from sprintkit.charter.model.data import DataCheck, DataRequirement, Defect, Profiled
from sprintkit.charter.model.deliverable import Acceptance, Deliverable, NoGo, Scope
from sprintkit.charter.model.frame import Frame, PersonEntry
from sprintkit.charter.model.integration import IntegrationPoint
from sprintkit.charter.model.metric import Guardrail, SuccessMetric, TechnicalMeasure
from sprintkit.charter.model.owner import Duties, Owner
from sprintkit.charter.model.process import Answer, Case, Exceptional, Process, Step
from sprintkit.charter.model.review import Parked, Waiver
from sprintkit.charter.model.timeline import Milestone, Plan, Readiness, Signatory, Timeline
from sprintkit.charter.model.use_case import UseCase, UserRole
from sprintkit.charter.questions import QuestionSpec

SCHEMA_VERSION = 1


class Charter(Part):
    """The typed view of a charter document; what is absent is None, an empty list or an empty table."""

    model_config = ConfigDict(populate_by_name=False, title="sprintkit charter")

    schema_: Annotated[Literal[1] | None, Field(alias="schema", title="Schema version")] = None
    charter: Frame = table(Frame)
    people: Annotated[
        dict[str, PersonEntry],
        QuestionSpec(
            label="People",
            ask="Who is in this: full name and what they do?",
            why="Each name is typed once; everywhere else a key points here.",
            strong="Odile Tamsworth, Sales Operations Manager",
            weak="the ops folks",
            needed=True,
        ),
    ] = Field(default_factory=dict)
    use_case: UseCase = table(UseCase)
    owner: Owner = table(Owner)
    process: Process = table(Process)
    success_metric: SuccessMetric = table(SuccessMetric)
    data_requirements: Annotated[
        list[DataRequirement],
        QuestionSpec(
            label="Data requirements",
            ask="Which system, which fields exactly?",
            why="Data is where most sprints are late; every source is named before the start.",
            strong="CRM: account_id, company_name, …",
            weak="customer data",
            core=True,
            needed=True,
        ),
    ] = items()
    integration_points: Annotated[
        list[IntegrationPoint],
        QuestionSpec(
            label="Integration points",
            ask="What do they have open all day? Where in it will this appear?",
            why="Output that lands where nobody works changes nothing.",
            strong="CRM, holder field of the record",
            weak="a dashboard",
            core=True,
            needed=True,
        ),
    ] = items()
    deliverable: Deliverable = table(Deliverable)
    scope: Scope = table(Scope)
    timeline: Timeline = table(Timeline)
    plan: Plan = table(Plan)
    budget: Budget = table(Budget)
    value: Annotated[
        Value,
        QuestionSpec(
            label="Value",
            ask="What is the work worth that it takes over?",
            why="An honest calculation before the money is spent.",
        ),
    ] = table(Value)
    parked: Annotated[
        list[Parked], QuestionSpec(label="Parked questions", ask="What does nobody in the room know?")
    ] = items()
    waivers: Annotated[
        list[Waiver],
        QuestionSpec(
            label="Waived warnings",
            ask="This warning stays. Why, and who says so?",
            why="Errors cannot be waived.",
        ),
    ] = items()
    extra: dict[str, Any] = Field(default_factory=dict)

    @property
    def depth(self) -> Depth:
        """Lean or full; a charter that says nothing is full."""
        return self.charter.depth or "full"


__all__ = [
    "SCHEMA_VERSION",
    "Acceptance",
    "Answer",
    "Budget",
    "Case",
    "Charter",
    "DataCheck",
    "DataRequirement",
    "Defect",
    "Deliverable",
    "Duties",
    "Exceptional",
    "Frame",
    "Guardrail",
    "IntegrationPoint",
    "Milestone",
    "NoGo",
    "Owner",
    "Parked",
    "PersonEntry",
    "Plan",
    "Process",
    "Profiled",
    "Readiness",
    "Scope",
    "Signatory",
    "Step",
    "SuccessMetric",
    "TechnicalMeasure",
    "Timeline",
    "UseCase",
    "UserRole",
    "Value",
    "Waiver",
]
