"""The model of a charter, in the order of its file. Each field is declared with its question."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field

from sprintkit.charter.choices import Depth
from sprintkit.charter.model.base import CharterTable, list_field, table_field
from sprintkit.charter.model.budget import Budget, ValueAssumptions
from sprintkit.charter.model.data import DataCheck, DataProfile, DataRequirement, Defect
from sprintkit.charter.model.deliverable import AcceptanceItem, Deliverable, NoGo, Scope
from sprintkit.charter.model.frame import Frame, PersonEntry
from sprintkit.charter.model.integration import IntegrationPoint
from sprintkit.charter.model.metric import Guardrail, SuccessMetric, TechnicalMeasure
from sprintkit.charter.model.owner import Duties, Owner
from sprintkit.charter.model.process import AgreementCase, CaseAnswer, Process, ProcessException, Step
from sprintkit.charter.model.review import ParkedEntry, Waiver
from sprintkit.charter.model.timeline import Milestone, Plan, ProductionPromise, Signatory, Timeline
from sprintkit.charter.model.use_case import UseCase, UserRole
from sprintkit.charter.questions import QuestionSpec

SCHEMA_VERSION = 1


class Charter(CharterTable):
    """A charter as typed values. Absent keys are None, an empty list or an empty table."""

    model_config = ConfigDict(populate_by_name=False, title="sprintkit charter")

    schema_: Annotated[Literal[1] | None, Field(alias="schema", title="Schema version")] = None
    charter: Frame = table_field(Frame)
    people: Annotated[
        dict[str, PersonEntry],
        QuestionSpec(
            label="People",
            entry_label="person",
            prompt="Who is in this: full name and what they do?",
            why="Each name is typed once; everywhere else a key points here.",
            strong="Odile Tamsworth, Sales Operations Manager",
            weak="the ops folks",
            is_required=True,
        ),
    ] = Field(default_factory=dict)
    use_case: UseCase = table_field(UseCase)
    owner: Owner = table_field(Owner)
    process: Process = table_field(Process)
    success_metric: SuccessMetric = table_field(SuccessMetric)
    data_requirements: Annotated[
        list[DataRequirement],
        QuestionSpec(
            label="Data requirements",
            entry_label="source",
            prompt="Which system, which fields exactly?",
            why="Data is where most sprints are late; every source is named before the start.",
            strong="CRM: account_id, company_name, …",
            weak="customer data",
            is_core=True,
        ),
    ] = list_field()
    integration_points: Annotated[
        list[IntegrationPoint],
        QuestionSpec(
            label="Integration points",
            entry_label="point",
            prompt="What do they have open all day? Where in it will this appear?",
            why="Output that lands where nobody works changes nothing.",
            strong="CRM, holder field of the record",
            weak="a dashboard",
            is_core=True,
        ),
    ] = list_field()
    deliverable: Deliverable = table_field(Deliverable)
    scope: Scope = table_field(Scope)
    timeline: Timeline = table_field(Timeline)
    plan: Plan = table_field(Plan)
    budget: Budget = table_field(Budget)
    value: Annotated[
        ValueAssumptions,
        QuestionSpec(
            label="Value",
            prompt="What is the work worth that it takes over?",
            why="An honest calculation before the money is spent.",
        ),
    ] = table_field(ValueAssumptions)
    parked: Annotated[
        list[ParkedEntry],
        QuestionSpec(
            label="Parked questions",
            entry_label="parked question",
            prompt="What does nobody in the room know?",
        ),
    ] = list_field()
    waivers: Annotated[
        list[Waiver],
        QuestionSpec(
            label="Waived warnings",
            entry_label="waiver",
            prompt="This warning stays. Why, and who says so?",
            why="Errors cannot be waived.",
        ),
    ] = list_field()
    extra: dict[str, Any] = Field(default_factory=dict)

    @property
    def depth(self) -> Depth:
        """The charter's depth; full if it gives none."""
        return self.charter.depth or "full"


__all__ = [
    "SCHEMA_VERSION",
    "AcceptanceItem",
    "AgreementCase",
    "Budget",
    "CaseAnswer",
    "Charter",
    "DataCheck",
    "DataProfile",
    "DataRequirement",
    "Defect",
    "Deliverable",
    "Duties",
    "Frame",
    "Guardrail",
    "IntegrationPoint",
    "Milestone",
    "NoGo",
    "Owner",
    "ParkedEntry",
    "PersonEntry",
    "Plan",
    "Process",
    "ProcessException",
    "ProductionPromise",
    "Scope",
    "Signatory",
    "Step",
    "SuccessMetric",
    "TechnicalMeasure",
    "Timeline",
    "UseCase",
    "UserRole",
    "ValueAssumptions",
    "Waiver",
]
