"""A5: the data the system will really receive, defects included."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sprintkit.charter.choices import DATA_CHECKS, ON_FAIL, Access, DefectKind, PersonalData, Refresh, Sample
from sprintkit.charter.model.base import (
    CharterTable,
    CountField,
    DateField,
    NumberField,
    PersonField,
    TextField,
    list_field,
    table_field,
)
from sprintkit.charter.questions import QuestionSpec


class DataProfile(CharterTable):
    """When live rows were looked at, and how many."""

    on: Annotated[
        DateField,
        QuestionSpec(
            label="Profiled on",
            prompt="When were live rows looked at?",
            strong="2026-01-30",
            strong_about="two weeks before the start",
            days="past",
        ),
    ] = None
    rows: Annotated[
        CountField,
        QuestionSpec(label="Rows", prompt="How many rows?", strong="14100", strong_about="live rows"),
    ] = None
    sample: Annotated[
        Sample | None,
        QuestionSpec(
            label="Sample",
            prompt="Live rows, or an extract somebody picked?",
            why="The trial's clean extract does not count.",
            strong="live",
            weak="a clean extract",
        ),
    ] = None
    file_digest: Annotated[TextField, Field(title="SHA-256 of the extract that was measured")] = None
    """Written by a probe, never asked for."""


class Defect(CharterTable):
    """A known defect of a source."""

    kind: Annotated[
        DefectKind | None, QuestionSpec(label="Defect", prompt="Which kind of defect?", is_required=True)
    ] = None
    field: Annotated[
        TextField,
        QuestionSpec(label="Field", prompt="In which field?", strong="site_postcode", is_required=True),
    ] = None
    rate_pct: Annotated[
        NumberField,
        QuestionSpec(
            label="Rate in %",
            prompt="How often, in a hundred rows?",
            strong="8",
            strong_about="rows in a hundred",
            weak="some bad data",
        ),
    ] = None
    handling: Annotated[
        TextField,
        QuestionSpec(
            label="Handling",
            prompt="What shall the system do with such a row?",
            strong="'TBD' postcode: held list",
            weak="clean it up",
        ),
    ] = None


class DataCheck(CharterTable):
    """The threshold a field must meet before the system goes live, and what happens to a row that fails."""

    field: Annotated[
        TextField, QuestionSpec(label="Field", prompt="Which field is checked?", strong="site_postcode")
    ] = None
    check: Annotated[
        TextField,
        QuestionSpec(
            label="Check",
            prompt="By which check?",
            why=f"One of: {', '.join(DATA_CHECKS)}.",
            suggestions=DATA_CHECKS,
            strong="no_placeholder_pct",
            weak="good quality",
        ),
    ] = None
    at_least: Annotated[
        NumberField,
        QuestionSpec(
            label="At least %",
            prompt="Below which share of good rows do we not go live?",
            strong="90",
            strong_about="rows in a hundred",
            weak="good",
        ),
    ] = None
    max_age_days: Annotated[
        CountField,
        QuestionSpec(
            label="Not older than (days)",
            prompt="How old may it be, in days?",
            strong="90",
            strong_about="days since somebody changed it",
        ),
    ] = None
    on_fail: Annotated[
        TextField,
        QuestionSpec(
            label="A failing row",
            prompt="And a row that fails in production?",
            why=f"One of: {', '.join(ON_FAIL)}.",
            suggestions=ON_FAIL,
            strong="human",
        ),
    ] = None


class DataRequirement(CharterTable):
    """One entry of `[[data_requirements]]`: a source and what is required of it."""

    name: Annotated[
        TextField,
        QuestionSpec(
            label="Source",
            prompt="What do we call this source?",
            strong="Customer accounts",
            weak="customer data",
            is_core=True,
        ),
    ] = None
    system: Annotated[
        TextField,
        QuestionSpec(
            label="System",
            prompt="Which system is it in?",
            strong="CRM",
            is_core=True,
        ),
    ] = None
    fields: Annotated[
        list[str],
        QuestionSpec(
            label="Fields",
            prompt="Which fields exactly?",
            why="A list of fields can be granted, profiled and checked; 'customer data' cannot.",
            strong="account_id, company_name, account_holder",
            weak="customer data",
            is_core=True,
        ),
    ] = list_field()
    truth_for: Annotated[
        list[str],
        QuestionSpec(
            label="Source of truth for",
            prompt="Two systems hold this field. Which one wins?",
            why="Exactly one source wins for a field that several have.",
            strong="company_name from the CRM",
            weak="the latest, usually",
        ),
    ] = list_field()
    data_owner: Annotated[
        PersonField,
        QuestionSpec(
            label="Data owner",
            prompt="Whose field is it? Who can have it corrected?",
            strong="Tunde Okonfield",
            weak="the CRM team",
            is_core=True,
            kind="person",
        ),
    ] = None
    access: Annotated[
        Access | None,
        QuestionSpec(
            label="Access",
            prompt="Can we read it today, live? Show me.",
            why="Start once somebody has read a live row.",
            strong="granted",
            weak="the ticket is open",
            is_core=True,
        ),
    ] = None
    refresh: Annotated[
        Refresh | None,
        QuestionSpec(label="Refresh", prompt="How fresh is it?", strong="hourly", is_required=True),
    ] = None
    personal_data: Annotated[
        PersonalData | None,
        QuestionSpec(
            label="Personal data", prompt="Is anybody recognisable in it?", strong="none", is_required=True
        ),
    ] = None
    personal_handling: Annotated[
        TextField,
        QuestionSpec(
            label="Handling of personal data",
            prompt="What may we do with it, where, until when, who agreed?",
            strong="stays in the records system; privacy officer 20 Aug",
            weak="it is internal",
            kind="prose",
        ),
    ] = None
    profiled: Annotated[
        DataProfile,
        QuestionSpec(
            label="Profiled",
            prompt="Who has looked at live rows, when, how many?",
            why="Live data has defects the trial never saw; count them before the start.",
            strong="14,100 live rows on 30 Jan",
            weak="a clean extract",
        ),
    ] = table_field(DataProfile)
    looked_for: Annotated[
        list[DefectKind],
        QuestionSpec(
            label="Looked for",
            prompt="(read the seven kinds aloud) Did you look for this one?",
            strong="all seven",
            weak="nulls",
            is_required=True,
        ),
    ] = list_field()
    defects: Annotated[
        list[Defect],
        QuestionSpec(
            label="Defects",
            entry_label="defect",
            prompt="How often, and what shall the system do with such a row?",
            strong="'TBD' postcode 8%: held list",
            weak="some bad data",
        ),
    ] = list_field()
    acceptance: Annotated[
        list[DataCheck],
        QuestionSpec(
            label="Data checks",
            entry_label="data check",
            prompt="Below which share do we not go live? And a row that fails in production?",
            strong="postcode no_placeholder 90%, else human",
            weak="good quality",
            is_required=True,
        ),
    ] = list_field()
