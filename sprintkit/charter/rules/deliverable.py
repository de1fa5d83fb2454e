"""DEL and SCO: a system that runs on the last day, and what will not be touched."""

from __future__ import annotations

import re
from typing import Final

from sprintkit.charter.blank import has_content, text_or_empty
from sprintkit.charter.choices import choice_label
from sprintkit.charter.findings import ERROR, WARNING
from sprintkit.charter.lexicon import Lexicon, fold
from sprintkit.charter.rules import references
from sprintkit.charter.rules.context import RuleContext, is_bare_verdict
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
    lists=[
        "REPORT",
        "REPORT_EXEMPT",
        "PAPER_TOO",
        "HANDLED",
        "SENT",
        "CLAUSE",
        "AFTER_NOUN",
        "PASSIVE",
        "LIVE",
    ],
)
def find_paper_deliverable(context: RuleContext) -> Violations:
    statement, lexicon = text_or_empty(context.charter.deliverable.statement), context.lexicon
    if statement and context.may_match(lexicon.report):
        text = context.text(statement)
        if lexicon.live.first_match(text):
            return
        for match in lexicon.report.matches(text, exempt=lexicon.report_exempt):
            if not _is_handled(match, lexicon):
                yield Violation("deliverable.statement", {"hit": match[0]})
                return


def _is_handled(match: re.Match[str], lexicon: Lexicon) -> bool:
    """Whether a word for paper names something the system handles: "every lab report reaches …"."""
    before = _WORD.findall(match.string[: match.start()])[-4:]
    following = match.string[match.end() :]
    after = _WORD.findall(following)
    if any(word in lexicon.handled for word in before):
        return bool(after) and not any(word in lexicon.sent for word in after)
    if not after or not following.startswith(" "):
        return False
    head = after[0]
    if (
        head in lexicon.paper_too
        or head in lexicon.report
        or head in lexicon.after_noun
        or head in lexicon.clause
    ):
        return False
    is_plural = head.endswith("s") and not head.endswith("ss")
    return is_plural and len(after) > 1 and not any(word in lexicon.sent for word in after)


_WORD: Final = re.compile(r"[^\W\d_]+")


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
    "DEL-005",
    WARNING,
    condition="The statement says how many users it runs for, and the use case counts others.",
    message="{n} {role} here, {known} in the use case. Correct the one that is wrong.",
    rationale="Whoever is missing from one of the two finds out on the first day.",
    source=references.OWN,
    weak="live for all 9 reps (where the use case counts 18)",
    strong="live for all 18 reps",
    reads=["deliverable.statement", "use_case.users"],
)
def find_other_headcount(context: RuleContext) -> Violations:
    statement = text_or_empty(context.charter.deliverable.statement)
    users = [user for user in context.charter.use_case.users if user.headcount and text_or_empty(user.role)]
    if not users or not _NUMBER.search(statement):
        return
    total = sum(user.headcount or 0 for user in users)
    folded = context.text(statement).folded
    for match in _ALL_OF_THEM.finditer(folded):
        count, following = int(match[1]), folded[match.end() : match.end() + 60]
        named = [user for user in users if _is_named(following, fold(text_or_empty(user.role)))]
        known = {user.headcount for user in named} | {total}
        is_users = _USERS.match(following) is not None
        if count not in known and (named or is_users):
            role = text_or_empty(named[0].role) if named else "users"
            numbers = named[0].headcount if named else total
            yield Violation("deliverable.statement", {"n": count, "role": role, "known": numbers})
            return


def _is_named(following: str, role: str) -> bool:
    """Whether `following` begins with a role or its last word, also in the plural: "reps" for "inside sales rep"."""
    return any(
        re.match(rf"{re.escape(name)}s?(?![\w-])", following)
        for name in (role, role.rpartition(" ")[2])
        if name
    )


_NUMBER: Final = re.compile(r"\d")
_ALL_OF_THEM: Final = re.compile(
    r"\b(?:all|alle|allen|todos los|todas las|los|las|tous les|toutes les|les) (?:of )?(?:the |our )?(\d{1,6}) "
)
_USERS: Final = re.compile(r"(?:users|nutzer|nutzern|anwender|anwendern|usuarios|utilisateurs)(?!\w)")


@rule(
    "DEL-006",
    WARNING,
    condition="A claim or its evidence judges and shows nothing: no number, no thing and no act, only works, happy, done …",
    message="'{text}': a verdict, and nothing to look at. Write what is counted or seen, and where.",
    rationale="What nobody can look at is argued about on the last day.",
    source=f"{references.PM2}; {references.EARNED}",
    weak="users are happy",
    strong="five days at 95% within 5 minutes; CRM audit export",
    reads=["deliverable.acceptance[].claim", "deliverable.acceptance[].evidence"],
    lists=["VERDICT", "JUDGED"],
)
def find_bare_verdicts(context: RuleContext) -> Violations:
    for index, item in enumerate(context.charter.deliverable.acceptance):
        for key in ("claim", "evidence"):
            text = text_or_empty(getattr(item, key))
            if text and is_bare_verdict(context, text):
                yield Violation(f"deliverable.acceptance[{index}].{key}", {"text": text})


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
