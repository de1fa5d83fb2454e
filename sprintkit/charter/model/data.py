"""A5: what the system really gets fed, dirt included."""

from __future__ import annotations

from typing import Annotated

from sprintkit.charter.choices import Access, DefectKind, PersonalData, Refresh, Sample
from sprintkit.charter.model.base import Count, Day, Number, Part, Person, Text, items, table
from sprintkit.charter.questions import QuestionSpec


class Profiled(Part):
    """Who looked at live rows, when, how many."""

    on: Annotated[
        Day, QuestionSpec(label="Profiled on", ask="When were live rows looked at?", strong="2026-01-30")
    ] = None
    rows: Annotated[Count, QuestionSpec(label="Rows", ask="How many rows?", strong="14100")] = None
    sample: Annotated[
        Sample | None,
        QuestionSpec(
            label="Sample",
            ask="Live rows, or an extract somebody picked?",
            why="The trial's clean extract does not count.",
            strong="live",
            weak="a clean extract",
        ),
    ] = None


class Defect(Part):
    """A known defect of a source."""

    kind: Annotated[
        DefectKind | None, QuestionSpec(label="Defect", ask="Which kind of defect?", needed=True)
    ] = None
    field: Annotated[
        Text, QuestionSpec(label="Field", ask="In which field?", strong="site_postcode", needed=True)
    ] = None
    rate_pct: Annotated[
        Number,
        QuestionSpec(
            label="Rate in %", ask="How often, in a hundred rows?", strong="8", weak="some bad data"
        ),
    ] = None
    handling: Annotated[
        Text,
        QuestionSpec(
            label="Handling",
            ask="What shall the system do with such a row?",
            strong="'TBD' postcode: held list",
            weak="clean it up",
        ),
    ] = None


class DataCheck(Part):
    """The threshold a field must meet before going live, and what happens to a row that fails."""

    field: Annotated[
        Text, QuestionSpec(label="Field", ask="Which field is checked?", strong="site_postcode")
    ] = None
    check: Annotated[
        Text,
        QuestionSpec(
            label="Check",
            ask="By which check?",
            why="One of: not_null_pct, unique_pct, no_placeholder_pct, one_unit_pct, one_format_pct, fresh_pct, "
            "agreed_meaning_pct, match_pct, in_range_pct, in_set_pct.",
            strong="no_placeholder_pct",
            weak="good quality",
        ),
    ] = None
    at_least: Annotated[
        Number,
        QuestionSpec(
            label="At least %",
            ask="Below which share of good rows do we not go live?",
            strong="90",
            weak="good",
        ),
    ] = None
    max_age_days: Annotated[
        Count, QuestionSpec(label="Not older than (days)", ask="How old may it be, in days?", strong="90")
    ] = None
    on_fail: Annotated[
        Text,
        QuestionSpec(
            label="A failing row",
            ask="And a row that fails in production?",
            why="One of: hold, default, human, reject.",
            strong="human",
        ),
    ] = None


class DataRequirement(Part):
    """One of `[[data_requirements]]`: a source and what is asked of it."""

    name: Annotated[
        Text,
        QuestionSpec(
            label="Source",
            ask="What do we call this source?",
            strong="Customer accounts",
            weak="customer data",
            core=True,
            needed=True,
        ),
    ] = None
    system: Annotated[
        Text, QuestionSpec(label="System", ask="Which system is it in?", strong="CRM", core=True, needed=True)
    ] = None
    fields: Annotated[
        list[str],
        QuestionSpec(
            label="Fields",
            ask="Which fields exactly?",
            why="A list of fields can be granted, profiled and checked; 'customer data' cannot.",
            strong="account_id, company_name, account_holder",
            weak="customer data",
            core=True,
            needed=True,
        ),
    ] = items()
    truth_for: Annotated[
        list[str],
        QuestionSpec(
            label="Wins for",
            ask="Two systems hold this field. Which one wins?",
            why="Exactly one source wins for a field that several have.",
            strong="company_name from the CRM",
            weak="the latest, usually",
        ),
    ] = items()
    data_owner: Annotated[
        Person,
        QuestionSpec(
            label="Data owner",
            ask="Whose field is it? Who can have it corrected?",
            strong="Tunde Okonfield",
            weak="the CRM team",
            core=True,
            needed=True,
            kind="person",
        ),
    ] = None
    access: Annotated[
        Access | None,
        QuestionSpec(
            label="Access",
            ask="Can we read it today, live? Show me.",
            why="Start once somebody has read a live row.",
            strong="granted",
            weak="the ticket is open",
            core=True,
            needed=True,
        ),
    ] = None
    refresh: Annotated[
        Refresh | None, QuestionSpec(label="Refresh", ask="How fresh is it?", strong="hourly", needed=True)
    ] = None
    personal_data: Annotated[
        PersonalData | None,
        QuestionSpec(label="Personal data", ask="Is anybody recognisable in it?", strong="none", needed=True),
    ] = None
    personal_handling: Annotated[
        Text,
        QuestionSpec(
            label="Handling of personal data",
            ask="What may we do with it, where, until when, who agreed?",
            strong="stays in the records system; privacy officer 20 Aug",
            weak="it is internal",
            kind="prose",
        ),
    ] = None
    profiled: Annotated[
        Profiled,
        QuestionSpec(
            label="Profiled",
            ask="Who has looked at live rows, when, how many?",
            why="Live data has defects the trial never saw; count them before the start.",
            strong="14,100 live rows on 30 Jan",
            weak="a clean extract",
        ),
    ] = table(Profiled)
    looked_for: Annotated[
        list[DefectKind],
        QuestionSpec(
            label="Looked for",
            ask="(read the seven kinds aloud) Did you look for this one?",
            strong="all seven",
            weak="nulls",
            needed=True,
        ),
    ] = items()
    defects: Annotated[
        list[Defect],
        QuestionSpec(
            label="Defects",
            ask="How often, and what shall the system do with such a row?",
            strong="'TBD' postcode 8%: held list",
            weak="some bad data",
        ),
    ] = items()
    acceptance: Annotated[
        list[DataCheck],
        QuestionSpec(
            label="Data checks",
            ask="Below which share do we not go live? And a row that fails in production?",
            strong="postcode no_placeholder 90%, else human",
            weak="good quality",
            needed=True,
        ),
    ] = items()
