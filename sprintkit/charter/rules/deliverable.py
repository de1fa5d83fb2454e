"""DEL and SCO: a system that runs on the last day, and what will not be touched."""

from __future__ import annotations

from sprintkit.charter.blank import has_content, text_or_empty
from sprintkit.charter.choices import choice_label
from sprintkit.charter.findings import ERROR, WARNING
from sprintkit.charter.rules import references
from sprintkit.charter.rules.context import RuleContext
from sprintkit.charter.rules.rule import Violation, Violations, rule


@rule(
    "DEL-001",
    ERROR,
    condition="The deliverable is not a working system, or does not run in production.",
    message="A {kind} in {environment} is not what a sprint ends with. Choose a working system, in production.",
    rationale="What does not run in production has not met a live row, a busy user or a bad day.",
    source=references.FIXED_SCOPE,
    weak="a pilot in the sandbox",
    strong="a working system in production",
    reads=["deliverable.kind", "deliverable.environment"],
)
def find_unproductive_deliverable(context: RuleContext) -> Violations:
    deliverable = context.charter.deliverable
    if deliverable.kind not in (None, "working_system"):
        key = "kind"
    elif deliverable.environment not in (None, "production"):
        key = "environment"
    else:
        return
    values = {
        "kind": choice_label(deliverable.kind or "deliverable"),
        "environment": deliverable.environment or "an environment nobody named",
    }
    yield Violation(f"deliverable.{key}", values)


@rule(
    "DEL-002",
    WARNING,
    condition="The statement speaks of a document or a trial (report, roadmap, pilot …) and of nothing that runs.",
    message="Sounds like paper ('{hit}'). What is running on the last day, for whom?",
    rationale="A report is read once. A system is used the next morning.",
    source=references.FIXED_SCOPE,
    weak="A report with recommendations and a roadmap",
    strong="Enquiry routing runs live in the CRM for all 20 users",
    reads=["deliverable.statement"],
    lists=["REPORT", "REPORT_EXEMPT", "LIVE"],
)
def find_paper_deliverable(context: RuleContext) -> Violations:
    statement, lexicon = text_or_empty(context.charter.deliverable.statement), context.lexicon
    if statement and context.may_match(lexicon.report):
        text = context.text(statement)
        word = lexicon.report.first_match(text, exempt=lexicon.report_exempt)
        if word and not lexicon.live.first_match(text):
            yield Violation("deliverable.statement", {"hit": word})


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
def find_unproven_acceptance(context: RuleContext) -> Violations:
    for index, item in enumerate(context.charter.deliverable.acceptance):
        if not text_or_empty(item.evidence):
            key = "evidence"
        elif not context.is_lean and not text_or_empty(item.verifier):
            key = "verifier"
        else:
            continue
        if has_content(item):
            claim = text_or_empty(item.claim) or f"Acceptance {index + 1}"
            yield Violation(f"deliverable.acceptance[{index}].{key}", {"claim": claim})


@rule(
    "DEL-004",
    WARNING,
    condition="Fewer than half of the users use it on the first day.",
    message="{n} of {total} users: that is a trial. Start with at least {least}, or say why not.",
    rationale="A few chosen users find only what they know how to avoid.",
    source=references.PRODUCTION,
    weak="the champion",
    strong="20 of 20",
    reads=["deliverable.users_on_day_one", "use_case.users[].headcount"],
)
def find_few_first_users(context: RuleContext) -> Violations:
    users = context.charter.deliverable.users_on_day_one
    total = sum(user.headcount for user in context.charter.use_case.users if user.headcount is not None)
    # Whole numbers only: a headcount may be larger than any float.
    numerator, denominator = context.settings.first_day_users_pct.as_integer_ratio()
    least = -(-total * numerator // (100 * denominator))
    if users is not None and users < least:
        yield Violation("deliverable.users_on_day_one", {"n": users, "total": total, "least": least})


@rule(
    "SCO-001",
    WARNING,
    condition="Nothing is named that is dropped first when time is short.",
    message="The date is fixed, so scope must give. What goes first?",
    rationale="Without an order, what is cut in week 5 is whatever happens not to be done yet.",
    source=references.SHAPE_UP,
    weak="we will work weekends",
    strong="mailbox attachments are not read",
    reads=["scope.cut_first", "charter.depth"],
)
def find_uncuttable_scope(context: RuleContext) -> Violations:
    if not context.is_lean and not any(map(text_or_empty, context.charter.scope.cut_first)):
        yield Violation("scope.cut_first")
