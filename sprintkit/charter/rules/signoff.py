"""RDY and SIG: twelve promises before production, and the people who sign."""

from __future__ import annotations

from typing import Final

from sprintkit.charter.blank import has_content, text_or_empty
from sprintkit.charter.choices import PARTIES, PROMISES
from sprintkit.charter.findings import ERROR, WARNING
from sprintkit.charter.rules import references
from sprintkit.charter.rules.context import RuleContext
from sprintkit.charter.rules.owner import DUTIES
from sprintkit.charter.rules.rule import Match, Matches, rule

_SIGNATORIES = "plan.signatories"


@rule(
    "RDY-001",
    ERROR,
    condition="One of the twelve production promises is missing, has no week, person or proof, or is skipped without a "
    "reason.",
    message="Not planned: {items}. Give each a week, a person and a proof, or a reason to skip it.",
    rationale="These twelve are what separates a trial from production; each is cheap before and dear after.",
    source=f"{references.PRODUCTION}; {references.ML_TEST_SCORE}; {references.KUBERNETES}",
    weak="only versioning, no proof",
    strong="fallback drill, week 5, Suvi Rautakerr, drill log",
    reads=["plan.readiness", "charter.depth"],
)
def promises_are_planned(view: RuleContext) -> Matches:
    readiness = view.charter.plan.readiness
    if view.lean and not any(map(has_content, readiness)):
        return
    planned = {
        entry.item
        for entry in readiness
        if text_or_empty(entry.skip)
        or (entry.week is not None and text_or_empty(entry.by) and text_or_empty(entry.proof))
    }
    half = {entry.item for entry in readiness} - planned
    items = [
        promise.title.lower() + (" (not complete)" if promise.item in half else "")
        for promise in PROMISES
        if promise.item not in planned
    ]
    if items:
        yield Match("plan.readiness", {"items": items})


@rule(
    "SIG-001",
    ERROR,
    condition="A party does not sign, fewer than two people sign, or another than the charter's owner or sponsor signs "
    "as such; in a lean charter only owner and sponsor are parties.",
    message="Signature of {parties} is missing. Add them to the signatories.",
    rationale="Who does not sign has promised nothing.",
    source=references.PM2,
    weak="only the builder",
    strong="sponsor, owner, process, data, tool, builder",
    reads=["plan.signatories", "charter.sponsor", "owner.person", "people[].name", "charter.depth"],
)
def parties_sign(view: RuleContext) -> Matches:
    charter = view.charter
    signatories = view.signatories
    if view.lean and not any(party or person for party, person in signatories):
        return
    missing = [
        party
        for party in (("sponsor", "owner") if view.lean else PARTIES)
        if not any(signing == party and person for signing, person in signatories)
    ]
    for party, key in (("sponsor", charter.charter.sponsor), ("owner", charter.owner.person)):
        others = [person for signing, person in signatories if signing == party and person]
        if text_or_empty(key) and others and key not in others:
            missing.append(f"{party} by {view.name(key)}")
    if len({person for _, person in signatories if person}) < view.settings.signers and not missing:
        missing.append(f"{view.settings.signers} different people")
    if missing:
        yield Match(_SIGNATORIES, {"parties": missing})


@rule(
    "SIG-002",
    WARNING,
    condition="A data owner or somebody with one of the five duties does not sign.",
    message="{who} gets work from this charter and does not sign it. Add them to the signatories.",
    rationale="Work that was given without asking is the first to be dropped.",
    source=f"{references.PM2}; {references.RACI}",
    weak="the data owner hears of it later",
    strong="each data owner signs as data",
    reads=[
        "plan.signatories",
        "data_requirements[].data_owner",
        "owner.duties",
        "people[].name",
        "charter.depth",
    ],
)
def workers_sign(view: RuleContext) -> Matches:
    charter = view.charter
    signing = {person for _, person in view.signatories} - {""}
    parties = {party for party, _ in view.signatories} - {""}
    if not signing or (view.lean and parties <= {"sponsor", "owner"}):
        return
    workers = [source.data_owner for source in charter.data_requirements]
    workers += [getattr(charter.owner.duties, duty) for duty in DUTIES]
    silent = [key for key in dict.fromkeys(workers) if text_or_empty(key) and key not in signing]
    if silent:
        names = [view.name(key) for key in silent]
        yield Match(_SIGNATORIES, {"who": names}, message=_SEVERAL if len(names) > 1 else "")


_SEVERAL: Final = "{who} get work from this charter and do not sign it. Add them to the signatories."
