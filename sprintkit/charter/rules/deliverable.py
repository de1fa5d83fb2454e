"""DEL and SCO: something that runs on the last day, and what will not be touched."""

from __future__ import annotations

from sprintkit.charter.blank import has_content, text_or_empty
from sprintkit.charter.choices import in_words
from sprintkit.charter.findings import ERROR, WARNING
from sprintkit.charter.rules import references
from sprintkit.charter.rules.context import RuleContext
from sprintkit.charter.rules.rule import Match, Matches, rule


@rule(
    "DEL-001",
    ERROR,
    condition="The deliverable is no working system, or does not run in production.",
    message="A {kind} in {environment} is not what a sprint ends with. Choose a working system, in production.",
    rationale="What does not run in production has not met a live row, a busy user or a bad day.",
    source=references.FIXED_SCOPE,
    weak="a pilot in the sandbox",
    strong="a working system in production",
    reads=["deliverable.kind", "deliverable.environment"],
)
def runs_in_production(view: RuleContext) -> Matches:
    deliverable = view.charter.deliverable
    wrong = [
        key
        for key, value, wanted in (
            ("kind", deliverable.kind, "working_system"),
            ("environment", deliverable.environment, "production"),
        )
        if value is not None and value != wanted
    ]
    if wrong:
        values = {
            "kind": in_words(deliverable.kind or "deliverable"),
            "environment": deliverable.environment or "an environment nobody named",
        }
        yield Match(f"deliverable.{wrong[0]}", values)


@rule(
    "DEL-002",
    WARNING,
    condition="The statement speaks of paper or a trial (report, roadmap, pilot …) and of nothing that runs.",
    message="Sounds like paper ('{hit}'). What is running on the last day, for whom?",
    rationale="A report is read once; a system is used the next morning.",
    source=references.FIXED_SCOPE,
    weak="A report with recommendations and a roadmap",
    strong="Enquiry routing runs live in the CRM for all 20 users",
    reads=["deliverable.statement"],
    lists="REPORT REPORT_EXEMPT LIVE",
)
def something_runs(view: RuleContext) -> Matches:
    statement, words = text_or_empty(view.charter.deliverable.statement), view.words
    if statement and view.may_hit(words.report):
        text = view.text(statement)
        hit = words.report.find(text, unless=words.report_exempt)
        if hit and not words.live.find(text):
            yield Match("deliverable.statement", {"hit": hit})


@rule(
    "DEL-003",
    ERROR,
    condition="An acceptance item has no evidence or no verifier.",
    message="'{claim}': shown by what, judged by whom?",
    rationale="What nobody can show is argued about on the last day.",
    source=f"{references.PM2}; {references.EARNED}",
    weak="users are happy",
    strong="five days at 95% within 5 minutes; CRM audit export; Odile Tamsworth",
    reads=["deliverable.acceptance", "charter.depth"],
)
def acceptance_is_shown(view: RuleContext) -> Matches:
    for at, item in enumerate(view.charter.deliverable.acceptance):
        part = "evidence" if not text_or_empty(item.evidence) else ""
        if not part and not view.lean and not text_or_empty(item.verifier):
            part = "verifier"
        if part and has_content(item):
            path = f"deliverable.acceptance[{at}].{part}"
            yield Match(path, {"claim": text_or_empty(item.claim) or f"Acceptance {at + 1}"})


@rule(
    "DEL-004",
    WARNING,
    condition="Fewer than half of the users use it on the first day.",
    message="{n} of {total} users: that is a trial. Start with at least {least}, or say why not.",
    rationale="Few chosen users find what they know how to avoid.",
    source=references.PRODUCTION,
    weak="the champion",
    strong="20 of 20",
    reads=["deliverable.users_on_day_one", "use_case.users[].headcount"],
)
def users_on_day_one(view: RuleContext) -> Matches:
    users = view.charter.deliverable.users_on_day_one
    total = sum(user.headcount for user in view.charter.use_case.users if user.headcount is not None)
    part, whole = view.settings.first_day_users_pct.as_integer_ratio()
    least = -(-total * part // (100 * whole))  # whole numbers: a headcount may be larger than any float
    if users is not None and users < least:
        yield Match("deliverable.users_on_day_one", {"n": users, "total": total, "least": least})


@rule(
    "SCO-001",
    WARNING,
    condition="Nothing is named that goes first when time is short.",
    message="The date is fixed, so scope must give. What goes first?",
    rationale="What is cut in week 5 without an order is what happens not to be done.",
    source=references.SHAPE_UP,
    weak="we will work weekends",
    strong="mailbox attachments are not read",
    reads=["scope.cut_first", "charter.depth"],
)
def something_gives(view: RuleContext) -> Matches:
    if not view.lean and not any(map(text_or_empty, view.charter.scope.cut_first)):
        yield Match("scope.cut_first")
