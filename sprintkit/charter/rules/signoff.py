"""RDY and SIG: the production promises, and the people who sign."""

from __future__ import annotations

from typing import Final

from sprintkit.charter.blank import has_content, text_or_empty
from sprintkit.charter.choices import PARTIES, PROMISES
from sprintkit.charter.findings import ERROR, WARNING
from sprintkit.charter.rules import references
from sprintkit.charter.rules.context import RuleContext
from sprintkit.charter.rules.owner import DUTIES
from sprintkit.charter.rules.rule import Violation, Violations, rule

_SIGNATORIES: Final = "plan.signatories"


@rule(
    "RDY-001",
    ERROR,
    condition="One of the twelve production promises is missing, has no week, person or proof, or is skipped without a "
    "reason.",
    message="Not planned: {items}. Give each a week, a person and a proof, or a reason to skip it.",
    rationale="These twelve separate a trial from production. Each is cheap before the go-live and expensive after it.",
    source=f"{references.PRODUCTION}; {references.ML_TEST_SCORE}; {references.KUBERNETES}",
    weak="only versioning, no proof",
    strong="fallback drill, week 5, Suvi Rautakerr, drill log",
    reads=["plan.readiness", "charter.depth"],
)
def find_unplanned_promises(context: RuleContext) -> Violations:
    readiness = context.charter.plan.readiness
    if context.is_lean and not any(map(has_content, readiness)):
        return
    planned = {
        promise.item
        for promise in readiness
        if text_or_empty(promise.skip)
        or (promise.week is not None and text_or_empty(promise.by) and text_or_empty(promise.proof))
    }
    incomplete = {promise.item for promise in readiness} - planned
    items = [
        template.title.lower() + (" (not complete)" if template.item in incomplete else "")
        for template in PROMISES
        if template.item not in planned
    ]
    if items:
        yield Violation("plan.readiness", {"items": items})


@rule(
    "SIG-001",
    ERROR,
    condition="A party does not sign, fewer than two people sign, or somebody else signs as the owner or the sponsor. "
    "In a lean charter the owner and the sponsor are the only parties.",
    message="Signature of {parties} is missing. Add them to the signatories.",
    rationale="Whoever does not sign has promised nothing.",
    source=references.PM2,
    weak="only the builder",
    strong="sponsor, owner, process, data, tool, builder",
    reads=[_SIGNATORIES, "charter.sponsor", "owner.person", "people[].name", "charter.depth"],
)
def find_missing_signatures(context: RuleContext) -> Violations:
    charter, signatories = context.charter, context.signatories
    if context.is_lean and not any(party or person for party, person in signatories):
        return
    people_by_party: dict[str, list[str]] = {}
    for party, person in signatories:
        if person:
            people_by_party.setdefault(party, []).append(person)
    parties = ("sponsor", "owner") if context.is_lean else tuple(PARTIES)
    missing = [party for party in parties if party not in people_by_party]
    for party, key in (("sponsor", charter.charter.sponsor), ("owner", charter.owner.person)):
        people = people_by_party.get(party)
        if text_or_empty(key) and people and key not in people:
            missing.append(f"{party} by {context.display_name(key)}")
    signers = {person for _, person in signatories if person}
    if len(signers) < context.settings.signers and not missing:
        missing.append(f"{context.settings.signers} different people")
    if missing:
        yield Violation(_SIGNATORIES, {"parties": missing})


@rule(
    "SIG-002",
    WARNING,
    condition="A data owner or the holder of one of the five duties does not sign.",
    message="{who} gets work from this charter and does not sign it. Add them to the signatories.",
    rationale="Work that was assigned without asking is the first to be dropped.",
    source=f"{references.PM2}; {references.RACI}",
    weak="the data owner hears of it later",
    strong="each data owner signs as data",
    reads=[
        _SIGNATORIES,
        "data_requirements[].data_owner",
        "owner.duties",
        "people[].name",
        "charter.depth",
    ],
)
def find_unsigned_workers(context: RuleContext) -> Violations:
    charter = context.charter
    signers = {person for _, person in context.signatories} - {""}
    parties = {party for party, _ in context.signatories} - {""}
    if not signers or (context.is_lean and parties <= {"sponsor", "owner"}):
        return
    workers = [source.data_owner for source in charter.data_requirements]
    workers += [getattr(charter.owner.duties, duty) for duty in DUTIES]
    unsigned = [key for key in dict.fromkeys(workers) if text_or_empty(key) and key not in signers]
    if unsigned:
        names = [context.display_name(key) for key in unsigned]
        yield Violation(_SIGNATORIES, {"who": names}, _SEVERAL_UNSIGNED if len(names) > 1 else "")


_SEVERAL_UNSIGNED: Final = "{who} get work from this charter and do not sign it. Add them to the signatories."
