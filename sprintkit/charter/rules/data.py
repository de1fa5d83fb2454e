"""DAT: live data, its defects measured, and a decision for each row that fails."""

from __future__ import annotations

from typing import Final

from sprintkit.charter.blank import text_or_empty
from sprintkit.charter.choices import CHECK_BY_DEFECT, DATA_CHECKS, ON_FAIL, STANDARD_DEFECTS, choice_label
from sprintkit.charter.findings import ERROR, WARNING
from sprintkit.charter.measured import find_rate, is_different, is_digest
from sprintkit.charter.model import DataCheck, DataRequirement, Defect
from sprintkit.charter.question_bank import questions_by_path
from sprintkit.charter.rules import references
from sprintkit.charter.rules.context import DataSource, RuleContext
from sprintkit.charter.rules.rule import Violation, Violations, rule

_SOURCE_NAMES: Final = ("data_requirements[].name", "data_requirements[].system")


@rule(
    "DAT-001",
    ERROR,
    condition="Access to a source is not granted.",
    message="{source}: access is '{access}'. Start the sprint once somebody has read a live row, then write granted.",
    rationale="Waiting for access is the most common way to lose the first half of a sprint.",
    source=references.PLAYBOOK,
    weak="requested",
    strong="granted",
    reads=["data_requirements[].access", *_SOURCE_NAMES],
)
def find_missing_access(context: RuleContext) -> Violations:
    for path, name, source in context.data_sources:
        if source.access is not None and source.access != "granted":
            yield Violation(f"{path}.access", {"source": name, "access": source.access})


@rule(
    "DAT-002",
    ERROR,
    condition="A source was not profiled on live rows: the date or the number of rows is missing, or the sample is not "
    "live.",
    message="{source}: nobody has looked at live rows. The trial's clean extract does not count. "
    "Look at live rows, and enter the date, the number of rows and sample live.",
    rationale="A trial runs on rows that somebody cleaned. Production gets the others too.",
    source=references.BLOCKERS,
    weak="500 rows of a curated extract",
    strong="14,100 live rows on 30 January",
    reads=["data_requirements[].profiled", *_SOURCE_NAMES, "charter.depth"],
)
def find_unprofiled_sources(context: RuleContext) -> Violations:
    for path, name, source in context.data_sources:
        profiled = source.profiled
        if context.is_lean and profiled.on is None and profiled.rows is None and profiled.sample is None:
            continue
        if profiled.on is None or not profiled.rows or profiled.rows < 0 or profiled.sample != "live":
            values = {"source": name, "digest": (profiled.file_digest or "")[:12]}
            message = _MEASURED_NOT_LIVE if is_digest(profiled.file_digest) else ""
            yield Violation(f"{path}.profiled", values, message)


_MEASURED_NOT_LIVE: Final = (
    "{source}: the extract {digest} was measured, and nobody says that its rows are live. "
    "Measure live rows, and enter the date, the number of rows and sample live."
)


@rule(
    "DAT-003",
    WARNING,
    condition="One of the seven kinds of defect was neither looked for nor found.",
    message="{source}: not looked for: {kinds}. Look for each on live rows, or say why not.",
    rationale="The system finds on its second day what nobody looked for.",
    source=references.BLOCKERS,
    weak="only empty fields",
    strong="all seven kinds",
    reads=[
        "data_requirements[].looked_for",
        "data_requirements[].defects[].kind",
        *_SOURCE_NAMES,
        "charter.depth",
    ],
)
def find_unsearched_defects(context: RuleContext) -> Violations:
    for path, name, source in context.data_sources:
        if context.is_lean and not source.looked_for:
            continue
        covered = {*source.looked_for, *(defect.kind for defect in source.defects)}
        kinds = [choice_label(kind) for kind in STANDARD_DEFECTS if kind not in covered]
        if kinds:
            yield Violation(f"{path}.looked_for", {"source": name, "kinds": kinds})


@rule(
    "DAT-004",
    ERROR,
    condition="A known defect has no rate, or nothing says what happens to such a row.",
    message="{field}: how often, and what does the system do then?",
    rationale="A defect with a rate and a rule is a case. One without is a surprise.",
    source=references.BLOCKERS,
    weak="some bad data",
    strong="'TBD' in 8% of postcodes: held list",
    reads=["data_requirements[].defects"],
)
def find_unhandled_defects(context: RuleContext) -> Violations:
    for path, _name, source in context.data_sources:
        for index, defect in enumerate(source.defects):
            part = _first_missing_part(defect)
            if part:
                kind = choice_label(defect.kind) if defect.kind else "This defect"
                field = text_or_empty(defect.field) or kind
                yield Violation(f"{path}.defects[{index}].{part}", {"field": field})


def _first_missing_part(defect: Defect) -> str | None:
    """The key of the first part of a defect that is missing; None if it is complete."""
    if defect.rate_pct is None:
        return "rate_pct"
    return None if text_or_empty(defect.handling) else "handling"


@rule(
    "DAT-005",
    ERROR,
    condition="A data check names a field that the source does not have, an unknown check, a share that is not above 0 "
    "and at most 100, or no way to treat a failing row.",
    message="{field}: give check, share in % and what happens to a failing row ({wanted}).",
    rationale="'Good quality' cannot fail. A share of rows can.",
    source=references.CHECKS,
    weak="good quality",
    strong="postcode no_placeholder_pct at least 90, else human",
    reads=["data_requirements[].acceptance", "data_requirements[].fields"],
)
def find_faulty_checks(context: RuleContext) -> Violations:
    for path, _name, source in context.data_sources:
        fields = [field for field in source.fields if text_or_empty(field)]
        for index, check in enumerate(source.acceptance):
            fault = _first_faulty_part(check, fields)
            if fault:
                part, wanted = fault
                values = {"field": text_or_empty(check.field) or "This check", "wanted": wanted}
                yield Violation(f"{path}.acceptance[{index}].{part}", values)


def _first_faulty_part(check: DataCheck, fields: list[str]) -> tuple[str, str] | None:
    """The key of the first wrong part of a data check, and what to type there; None if it is right."""
    if not text_or_empty(check.field) or (fields and check.field not in fields):
        return "field", "field is one of: " + ", ".join(fields) if fields else "field: which one is checked"
    if check.check not in DATA_CHECKS:
        return "check", "check is one of: " + ", ".join(DATA_CHECKS)
    if check.at_least is None or not 0 < check.at_least <= 100:
        return "at_least", "at_least is more than 0 and at most 100"
    if check.on_fail not in ON_FAIL:
        return "on_fail", "on_fail is one of: " + ", ".join(ON_FAIL)
    return None


@rule(
    "DAT-006",
    ERROR,
    condition="Two sources have the same field, and none or several of them are its source of truth.",
    message="'{field}' is in {sources}. Which wins? List it under '{label}' (truth_for) of that source only.",
    rationale="Two systems that hold the same field differ in some row, and the system has to pick one.",
    source=references.BLOCKERS,
    weak="the latest, usually",
    strong="company_name from the CRM",
    reads=[
        "data_requirements[].fields",
        "data_requirements[].truth_for",
        *_SOURCE_NAMES,
        "charter.depth",
    ],
)
def find_ambiguous_truth(context: RuleContext) -> Violations:
    holders_by_field: dict[str, list[DataSource]] = {}
    has_truth = False
    for holder in context.data_sources:
        has_truth = has_truth or any(map(text_or_empty, holder.requirement.truth_for))
        for field in dict.fromkeys(holder.requirement.fields):
            if text_or_empty(field):
                holders_by_field.setdefault(field, []).append(holder)
    if context.is_lean and not has_truth:
        return
    for field, holders in holders_by_field.items():
        if len(holders) > 1 and sum(field in holder.requirement.truth_for for holder in holders) != 1:
            first = holders[0]
            values = {
                "field": field,
                "sources": list(dict.fromkeys(holder.name for holder in holders)),
                "label": questions_by_path()["data_requirements[].truth_for"].spec.label,
            }
            yield Violation(f"{first.path}.fields[{first.requirement.fields.index(field)}]", values)


@rule(
    "DAT-007",
    ERROR,
    condition="A known defect misses the threshold of its own check, and no data milestone is due in the first half.",
    message="{field} stands at {x:g}%, needs {t:g}%. Plan a data milestone in the first half (by week {early}).",
    rationale="Bad data that is known and left for later stops the go-live.",
    source=references.FIXED_SCOPE,
    weak="clean-up in the last week",
    strong="live feeds pass their checks by week 2 of 6",
    reads=["data_requirements[].defects", "data_requirements[].acceptance", "plan.milestones[].category",
           "plan.milestones[].due_week", "timeline.weeks", "charter.depth"],
)  # fmt: skip
def find_late_cleaning(context: RuleContext) -> Violations:
    half_end = context.first_half_end
    milestones = context.charter.plan.milestones
    if half_end is None or not any(milestone.category for milestone in milestones):
        return
    if any(
        milestone.category == "data" and milestone.due_week is not None and milestone.due_week <= half_end
        for milestone in milestones
    ):
        return
    for path, _name, source in context.data_sources:
        for index, defect in enumerate(source.defects):
            if defect.rate_pct is None:
                continue
            share = 100 - defect.rate_pct
            thresholds = _thresholds(defect, source)
            if any(share < threshold for threshold in thresholds):
                values = {"field": defect.field, "x": share, "t": max(thresholds), "early": half_end}
                yield Violation(f"{path}.defects[{index}].rate_pct", values)


def _thresholds(defect: Defect, source: DataRequirement) -> list[float]:
    """Thresholds, in percent, of the checks that measure a defect."""
    if defect.kind is None or not text_or_empty(defect.field):
        return []
    return [
        check.at_least
        for check in source.acceptance
        if check.field == defect.field
        and check.check == CHECK_BY_DEFECT[defect.kind]
        and check.at_least is not None
    ]


@rule(
    "DAT-008",
    ERROR,
    condition="A source holds personal data, and nothing says how they are handled.",
    message="Say what may be done with personal data, where, until when, who agreed.",
    rationale="The people in the data have rights, and somebody answers for them.",
    source=f"{references.DEON}; {references.AI_RMF}, MEASURE 2.10",
    weak="it is internal",
    strong="Stays in the records system; deleted after 24 months; privacy officer agreed on 20 August",
    reads=["data_requirements[].personal_data", "data_requirements[].personal_handling"],
)
def find_unhandled_personal_data(context: RuleContext) -> Violations:
    for path, _name, source in context.data_sources:
        if source.personal_data not in (None, "none") and not text_or_empty(source.personal_handling):
            yield Violation(f"{path}.personal_handling")


@rule(
    "DAT-009",
    WARNING,
    condition="A data check wants 100% and rejects the rows that fail.",
    message="Live data is never perfect: this would stop production. Send such rows to a person (on_fail human).",
    rationale="A gate that nothing passes is opened by hand in the first week, for good.",
    source=references.PRODUCTION,
    weak="unique 100%, else reject",
    strong="unique 98%, else human",
    reads=["data_requirements[].acceptance", "data_requirements[].fields"],
    suppressed_by=["DAT-005"],
)
def find_unmeetable_checks(context: RuleContext) -> Violations:
    for path, _name, source in context.data_sources:
        for index, check in enumerate(source.acceptance):
            if check.at_least == 100 and check.on_fail == "reject":
                yield Violation(f"{path}.acceptance[{index}].at_least")


@rule(
    "DAT-010",
    WARNING,
    condition="The rate of a defect was typed, and a recorded probe measured one that differs by a point or more.",
    message="{field}: typed {typed:g} %, measured {measured:.1f} % of {rows:,} rows. Take over the measured rate: "
    "sprintkit probe SPRINT SOURCE --accept defects",
    rationale="A rate that people remember is usually that of a good week.",
    source=references.BLOCKERS,
    weak="placeholders in 2 % of rows, where a probe counts 8.0 %",
    strong="placeholders in 8 % of rows, as measured",
    reads=["data_requirements[].defects", "data_requirements[].name"],
)
def find_rates_measured_otherwise(context: RuleContext) -> Violations:
    for path, _name, source in context.data_sources if context.measured else ():
        for index, defect in enumerate(source.defects):
            rate = find_rate(context.measured, source.name, defect.kind, defect.field)
            if rate is None or defect.rate_pct is None or not is_different(defect.rate_pct, rate.pct):
                continue
            values = {
                "field": text_or_empty(defect.field) or choice_label(defect.kind or ""),
                "typed": defect.rate_pct,
                "measured": rate.pct,
                "rows": rate.rows,
            }
            yield Violation(f"{path}.defects[{index}].rate_pct", values)
