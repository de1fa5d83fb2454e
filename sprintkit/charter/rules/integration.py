"""INT: where people work already, with something to do and a way to go on without it."""

from __future__ import annotations

from sprintkit.charter.blank import text_or_empty
from sprintkit.charter.findings import ERROR, WARNING
from sprintkit.charter.lexicon import WordLists, fold, names
from sprintkit.charter.rules import references
from sprintkit.charter.rules.context import RuleContext
from sprintkit.charter.rules.rule import Match, Matches, rule


@rule(
    "INT-001",
    ERROR,
    condition="The users do not work every day in the tool it appears in.",
    message="A new place to look is not integration. Put it where they work already: "
    "what do they have open all day, instead of {tool}?",
    rationale="People do not go and look; what is not in front of them is not there.",
    source=references.LAST_MILE,
    weak="a dashboard",
    strong="the CRM, in the holder field of the record",
    reads=["integration_points[].in_daily_use", "integration_points[].tool"],
)
def in_daily_use(view: RuleContext) -> Matches:
    for at, point in enumerate(view.charter.integration_points):
        if point.in_daily_use is False:
            tool = text_or_empty(point.tool) or "a new place"
            yield Match(f"integration_points[{at}].in_daily_use", {"tool": tool})


@rule(
    "INT-002",
    WARNING,
    condition="Tool or surface sound like a place to go to (dashboard, portal, login …) although they are in daily use.",
    message="Is '{hit}' really open on their desk all day? Else name what is.",
    rationale="A place people have to go to is visited in the first week.",
    source=references.LAST_MILE,
    weak="a separate dashboard",
    strong="the holder field of the record",
    reads=["integration_points[].in_daily_use", "integration_points[].surface", "integration_points[].tool"],
    suppressed_by=["INT-001"],
    lists="DASH DASH_EXEMPT",
)
def where_they_look(view: RuleContext) -> Matches:
    words = view.words
    if not view.may_hit(words.dash):
        return
    for at, point in enumerate(view.charter.integration_points):
        for key in ("surface", "tool"):
            place = text_or_empty(getattr(point, key))
            hit = words.dash.find(view.text(place), unless=words.dash_exempt) if place else None
            if hit:
                yield Match(f"integration_points[{at}].{key}", {"hit": hit})
                break


@rule(
    "INT-003",
    ERROR,
    condition="The action begins with a verb of thinking (review, consider, check …) and names nothing one does.",
    message="'{first}' leaves the thinking to the user. Write what they press, send or say.",
    rationale="An output that has to be interpreted is put aside on a busy day.",
    source=references.LAST_MILE,
    weak="Review the score",
    strong="Call, or press 'Not mine' and pick a reason",
    reads=["integration_points[].action"],
    lists="INTERPRETIVE PERSON_SEEN CONCRETE CONCRETE_WITH_OBJECT OBJECT NOUN_MARK IRREGULAR",
)
def something_to_do(view: RuleContext) -> Matches:
    if not view.words.interpretive.may_hit(view.passages):
        return
    for at, point in enumerate(view.charter.integration_points):
        action = text_or_empty(point.action)
        if not action:
            continue
        text = view.text(action)
        words = text.in_order()
        if not words or view.words.interpretive.at(words, 0) is None or _does_something(words, view.words):
            continue
        if not text.folded.startswith(tuple(view.words.person_seen.entries)):
            yield Match(f"integration_points[{at}].action", {"first": words[0]})


def _does_something(words: list[str], lists: WordLists) -> bool:
    """Whether one of the words is a concrete verb; after "the", "a", "of" … it is a noun."""
    for at in range(len(words)):
        if at and words[at - 1] in lists.noun_mark:
            continue
        if lists.concrete.at(words, at):
            return True
        after = words[at + 1] if at + 1 < len(words) else ""
        if after in lists.object and lists.concrete_with_object.at(words, at):
            return True
    return False


@rule(
    "INT-004",
    WARNING,
    condition="The output names a score, probability, rating … and no reason.",
    message="A score alone needs interpreting ('{hit}'). Show the fact behind it and the next step.",
    rationale="Who sees 73 has to find out what 73 means, and whether it is right.",
    source=references.LAST_MILE,
    weak="Risk score of 73",
    strong="Usage fell by a fifth in a month: run the win-back list",
    reads=["integration_points[].output"],
    lists="SCORE SCORE_EXEMPT REASON",
)
def says_why(view: RuleContext) -> Matches:
    words = view.words
    if not view.may_hit(words.score):
        return
    for at, point in enumerate(view.charter.integration_points):
        output = text_or_empty(point.output)
        if not output:
            continue
        text = view.text(output)
        hit = words.score.find(text, unless=words.score_exempt)
        if hit and not words.reason.find(text):
            yield Match(f"integration_points[{at}].output", {"hit": hit})


@rule(
    "INT-005",
    WARNING,
    condition="The fallback names neither one of the users (a sales rep, or reps) nor a way to work by hand.",
    message="How does the work go on while it is down, and who does it? Name the users or the way by hand.",
    rationale="While the server is restarted the work still comes in.",
    source=f"{references.PRODUCTION}; {references.LAUNCH}; {references.KUBERNETES}",
    weak="Restart the server",
    strong="After 10 minutes it drops into the mailbox and the desk lead routes by hand",
    reads=["integration_points[].fallback", "use_case.users[].role"],
    lists="MANUAL",
)
def work_goes_on(view: RuleContext) -> Matches:
    roles: list[str] | None = None
    for at, point in enumerate(view.charter.integration_points):
        fallback = text_or_empty(point.fallback)
        if not fallback:
            continue
        text = view.text(fallback)
        if view.words.manual.find(text):
            continue
        if roles is None:
            users = [fold(text_or_empty(user.role)) for user in view.charter.use_case.users]
            roles = [name for role in users if role for name in (role, role.rpartition(" ")[2])]
        if not any(names(text.folded, role) for role in roles):
            yield Match(f"integration_points[{at}].fallback")
