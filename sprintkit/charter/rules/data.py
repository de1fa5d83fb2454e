"""DAT: live data, with its dirt measured and something said about each row that fails."""

from __future__ import annotations

from typing import Final

from sprintkit.charter.blank import text_or_empty
from sprintkit.charter.choices import CHECK_OF_DEFECT, DATA_CHECKS, ON_FAIL, SEVEN_DEFECTS, in_words
from sprintkit.charter.findings import ERROR, WARNING
from sprintkit.charter.model import DataCheck, DataRequirement
from sprintkit.charter.rules import references
from sprintkit.charter.rules.context import RuleContext
from sprintkit.charter.rules.rule import Match, Matches, rule

_SEVEN: Final = frozenset(SEVEN_DEFECTS)
_NAMES: Final = ("data_requirements[].name", "data_requirements[].system")


@rule(
    "DAT-001",
    ERROR,
    condition="Access to a source is not granted.",
    message="{source}: access is '{access}'. Start the sprint once somebody has read a live row, then write granted.",
    rationale="Waiting for access is the commonest way to lose the first half of a sprint.",
    source=references.PLAYBOOK,
    weak="requested",
    strong="granted",
    reads=["data_requirements[].access", *_NAMES],
)
def access_granted(view: RuleContext) -> Matches:
    for path, name, source in view.sources:
        if source.access is not None and source.access != "granted":
            yield Match(f"{path}.access", {"source": name, "access": source.access})


@rule(
    "DAT-002",
    ERROR,
    condition="A source was not profiled on live rows: the day or the count of rows is missing, or the sample is not live.",
    message="{source}: nobody has looked at live rows. The trial's clean extract does not count. "
    "Look, and give the day, the rows and sample live.",
    rationale="A trial runs on rows somebody cleaned; production gets the others too.",
    source=references.BLOCKERS,
    weak="500 rows of a curated extract",
    strong="14,100 live rows on 30 January",
    reads=["data_requirements[].profiled", *_NAMES, "charter.depth"],
)
def profiled_live(view: RuleContext) -> Matches:
    for path, name, source in view.sources:
        profiled = source.profiled
        if view.lean and profiled.on is None and profiled.rows is None and profiled.sample is None:
            continue
        if profiled.on is None or not profiled.rows or profiled.rows < 0 or profiled.sample != "live":
            yield Match(f"{path}.profiled", {"source": name})


@rule(
    "DAT-003",
    WARNING,
    condition="One of the seven kinds of defect was neither looked for nor found.",
    message="{source}: not looked for: {kinds}. Look for each on live rows, or say why not.",
    rationale="What nobody looked for is found by the system on its second day.",
    source=references.BLOCKERS,
    weak="only empty fields",
    strong="all seven kinds",
    reads=["data_requirements[].looked_for", "data_requirements[].defects[].kind", *_NAMES, "charter.depth"],
)
def looked_for_all_seven(view: RuleContext) -> Matches:
    for path, name, source in view.sources:
        if view.lean and not source.looked_for:
            continue
        seen = {*source.looked_for, *(defect.kind for defect in source.defects)}
        if seen >= _SEVEN:
            continue
        kinds = [in_words(kind) for kind in SEVEN_DEFECTS if kind not in seen]
        if kinds:
            yield Match(f"{path}.looked_for", {"source": name, "kinds": kinds})


@rule(
    "DAT-004",
    ERROR,
    condition="A known defect has no rate, or nothing is said about what happens to such a row.",
    message="{field}: how often, and what does the system do then?",
    rationale="A defect that has a rate and a rule is a case; one that has none is a surprise.",
    source=references.BLOCKERS,
    weak="some bad data",
    strong="'TBD' in 8% of postcodes: held list",
    reads=["data_requirements[].defects"],
)
def defects_have_rate_and_handling(view: RuleContext) -> Matches:
    for path, _name, source in view.sources:
        for at, defect in enumerate(source.defects):
            part = (
                "rate_pct"
                if defect.rate_pct is None
                else ""
                if text_or_empty(defect.handling)
                else "handling"
            )
            if part:
                field = text_or_empty(defect.field) or (
                    in_words(defect.kind) if defect.kind else "This defect"
                )
                yield Match(f"{path}.defects[{at}].{part}", {"field": field})


@rule(
    "DAT-005",
    ERROR,
    condition="A data check names a field the source does not have, a check that does not exist, a share outside 0 to 100 "
    "(0 itself too), or no way to treat a failing row.",
    message="{field}: give check, share in % and what happens to a failing row ({wanted}).",
    rationale="'Good quality' cannot fail; a share of rows can.",
    source=references.CHECKS,
    weak="good quality",
    strong="postcode no_placeholder_pct at least 90, else human",
    reads=["data_requirements[].acceptance", "data_requirements[].fields"],
)
def checks_can_fail(view: RuleContext) -> Matches:
    for path, _name, source in view.sources:
        fields = [field for field in source.fields if text_or_empty(field)]
        for at, check in enumerate(source.acceptance):
            fault = _check_fault(check, fields)
            if fault:
                part, wanted = fault
                values = {"field": text_or_empty(check.field) or "This check", "wanted": wanted}
                yield Match(f"{path}.acceptance[{at}].{part}", values)


def _check_fault(check: DataCheck, fields: list[str]) -> tuple[str, str] | None:
    """The first part of a data check that is wrong, and what is wanted there."""
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
    condition="A field stands in two sources, and none or several of them are its truth.",
    message="'{field}' is in {sources}. Which wins? Name it under Wins for (truth_for) of that source only.",
    rationale="Two systems that hold one field differ in some row, and the system takes one of them.",
    source=references.BLOCKERS,
    weak="the latest, usually",
    strong="company_name from the CRM",
    reads=["data_requirements[].fields", "data_requirements[].truth_for", *_NAMES, "charter.depth"],
)
def one_truth(view: RuleContext) -> Matches:
    holders: dict[str, list[tuple[str, str, DataRequirement]]] = {}
    for path, name, source in view.sources:
        for field in dict.fromkeys(source.fields):
            if text_or_empty(field):
                holders.setdefault(field, []).append((path, name, source))
    if view.lean and not any(
        map(text_or_empty, (field for _, _, source in view.sources for field in source.truth_for))
    ):
        return
    for field, held in holders.items():
        if len(held) > 1 and sum(field in source.truth_for for _, _, source in held) != 1:
            path, _, source = held[0]
            names = list(dict.fromkeys(name for _, name, _ in held))
            yield Match(f"{path}.fields[{source.fields.index(field)}]", {"field": field, "sources": names})


@rule(
    "DAT-007",
    ERROR,
    condition="A known defect misses the threshold of its own check, and no data milestone is due in the first half.",
    message="{field} stands at {x:g}%, needs {t:g}%. Plan a data milestone in the first half (by week {early}).",
    rationale="Dirt that is known and left for later stops the go-live.",
    source=references.FIXED_SCOPE,
    weak="clean-up in the last week",
    strong="live feeds pass their checks by week 2 of 6",
    reads=["data_requirements[].defects", "data_requirements[].acceptance", "plan.milestones[].category",
           "plan.milestones[].due_week", "timeline.weeks", "charter.depth"],
)  # fmt: skip
def dirt_is_cleaned_early(view: RuleContext) -> Matches:
    early = view.early_week
    milestones = view.charter.plan.milestones
    if early is None or not any(milestone.category for milestone in milestones):
        return
    if any(
        milestone.category == "data" and milestone.due_week is not None and milestone.due_week <= early
        for milestone in milestones
    ):
        return
    for path, _name, source in view.sources:
        for at, defect in enumerate(source.defects):
            if defect.kind is None or defect.rate_pct is None or not text_or_empty(defect.field):
                continue
            wanted = [
                check.at_least
                for check in source.acceptance
                if check.field == defect.field
                and check.check == CHECK_OF_DEFECT[defect.kind]
                and check.at_least is not None
            ]
            share = 100 - defect.rate_pct
            if any(share < least for least in wanted):
                values = {"field": defect.field, "x": share, "t": max(wanted), "early": early}
                yield Match(f"{path}.defects[{at}].rate_pct", values)


@rule(
    "DAT-008",
    ERROR,
    condition="A source holds personal data and nothing is said about how they are handled.",
    message="Say what may be done with personal data, where, until when, who agreed.",
    rationale="Whoever is in the data has rights, and somebody answers for them.",
    source=f"{references.DEON}; {references.AI_RMF}, MEASURE 2.10",
    weak="it is internal",
    strong="Stays in the records system; deleted after 24 months; privacy officer agreed on 20 August",
    reads=["data_requirements[].personal_data", "data_requirements[].personal_handling"],
)
def personal_data_is_handled(view: RuleContext) -> Matches:
    for path, _name, source in view.sources:
        if source.personal_data not in (None, "none") and not text_or_empty(source.personal_handling):
            yield Match(f"{path}.personal_handling")


@rule(
    "DAT-009",
    WARNING,
    condition="A data check wants 100% and rejects what fails.",
    message="Live data is never perfect: this would stop production. Send such rows to a person (on_fail human).",
    rationale="A gate nothing passes is opened by hand in the first week, for good.",
    source=references.PRODUCTION,
    weak="unique 100%, else reject",
    strong="unique 98%, else human",
    reads=["data_requirements[].acceptance", "data_requirements[].fields"],
    suppressed_by=["DAT-005"],
)
def checks_can_be_met(view: RuleContext) -> Matches:
    for path, _name, source in view.sources:
        for at, check in enumerate(source.acceptance):
            if check.at_least == 100 and check.on_fail == "reject":
                yield Match(f"{path}.acceptance[{at}].at_least")
