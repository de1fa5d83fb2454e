"""One measurement of one source: counts, shares and the data checks, never a value of the extract."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from sprintkit.charter.questions import QuestionSpec
from sprintkit.records.base import FileRecord, Record, optional_list


class ProbedFormat(Record):
    """One way in which a field is written, and the share of rows that write it so."""

    mask: Annotated[
        str, QuestionSpec(label="Mask", prompt="How is it written?", strong="YYYY-MM-DD", is_required=True)
    ] = ""
    pct: Annotated[
        float, QuestionSpec(label="Share in %", prompt="In which share of rows?", is_required=True)
    ]


class ProbedField(Record):
    """What was measured in one field, each as a share of rows, 0 to 100."""

    null_pct: Annotated[
        float, QuestionSpec(label="Empty in %", prompt="Which share of rows is empty?", is_required=True)
    ]
    placeholder_pct: Annotated[
        float,
        QuestionSpec(
            label="Placeholders in %",
            prompt="Which share of rows holds a word that stands for nothing?",
            is_required=True,
        ),
    ]
    distinct_pct: Annotated[
        float,
        QuestionSpec(
            label="Different values in %",
            prompt="How many different values are there, as a share of rows?",
            is_required=True,
        ),
    ]
    out_of_range_pct: Annotated[
        float | None,
        QuestionSpec(label="Out of range in %", prompt="Which share of rows is outside the range or set?"),
    ] = None
    unlike_pct: Annotated[
        float | None,
        QuestionSpec(
            label="Written otherwise in %", prompt="Which share of rows is written otherwise than most?"
        ),
    ] = None
    formats: Annotated[
        list[ProbedFormat], QuestionSpec(label="Formats", prompt="In which ways is it written?")
    ] = optional_list()


class ProbeMeasures(Record):
    """What was measured over all rows of the extract."""

    unreadable: Annotated[
        int, QuestionSpec(label="Unreadable rows", prompt="How many rows could not be read?")
    ] = 0
    duplicate_pct: Annotated[
        float | None,
        QuestionSpec(label="Duplicates in %", prompt="Which share of rows has the key of an earlier one?"),
    ] = None
    stale_pct: Annotated[
        float | None,
        QuestionSpec(label="Stale in %", prompt="Which share of rows is older than the charter allows?"),
    ] = None
    fields: Annotated[
        dict[str, ProbedField], QuestionSpec(label="Fields", prompt="What was measured in each field?")
    ] = Field(default_factory=dict)


class ProbedCheck(Record):
    """One data check of the charter as it was measured."""

    field: Annotated[str, QuestionSpec(label="Field", prompt="Which field?", is_required=True)] = ""
    check: Annotated[
        str,
        QuestionSpec(label="Check", prompt="Which check?", strong="no_placeholder_pct", is_required=True),
    ] = ""
    value: Annotated[
        float | None,
        QuestionSpec(label="Measured in %", prompt="Which share of rows passes? Absent if not measured."),
    ] = None
    at_least: Annotated[
        float | None, QuestionSpec(label="At least %", prompt="Which share does the charter want?")
    ] = None
    met: Annotated[
        bool | None, QuestionSpec(label="Met", prompt="Does the share reach what the charter wants?")
    ] = None


class Probe(FileRecord):
    """What one extract of a source held on one day."""

    source: Annotated[
        str,
        QuestionSpec(
            label="Source",
            prompt="Which data requirement was measured?",
            strong="Web enquiry form",
            is_required=True,
        ),
    ] = ""
    on: Annotated[date, QuestionSpec(label="Day", prompt="On which day?", is_required=True)]
    by: Annotated[
        str,
        QuestionSpec(
            label="Measured by",
            prompt="Who measured it?",
            strong="Tunde Okonfield",
            kind="person",
            is_required=True,
        ),
    ] = ""
    rows: Annotated[int, QuestionSpec(label="Rows", prompt="How many rows were read?", is_required=True)]
    file_digest: Annotated[
        str,
        QuestionSpec(
            label="Extract",
            prompt="Which extract was measured? The SHA-256 of the file.",
            is_required=True,
        ),
    ] = ""
    recipe_digest: Annotated[
        str,
        QuestionSpec(
            label="Recipe",
            prompt="How was it read? The digest of the recipe.",
            why="Two measurements are compared only if they were made in the same way.",
            is_required=True,
        ),
    ] = ""
    measures: Annotated[ProbeMeasures, QuestionSpec(label="Measures", prompt="What was measured?")] = (
        ProbeMeasures()
    )
    checks: Annotated[
        list[ProbedCheck],
        QuestionSpec(label="Data checks", prompt="Which data checks were measured, and are they met?"),
    ] = optional_list()
