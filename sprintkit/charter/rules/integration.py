"""INT: where people work already, with something to do and a way to go on without it."""

from __future__ import annotations

from ..blank import said
from ..findings import ERROR, WARNING
from ..words import WordLists, fold, names
from . import sources
from .rule import Hit, Hits, rule
from .view import View


@rule(
    "INT-001",
    ERROR,
    when="The users do not work every day in the tool it appears in.",
    says="A new place to look is not integration. Put it where they work already: "
    "what do they have open all day, instead of {tool}?",
    because="People do not go and look; what is not in front of them is not there.",
    source=sources.LAST_MILE,
    weak="a dashboard",
    strong="the CRM, in the holder field of the record",
    reads=["integration_points[].in_daily_use", "integration_points[].tool"],
)
def in_daily_use(view: View) -> Hits:
    for at, point in enumerate(view.charter.integration_points):
        if point.in_daily_use is False:
            tool = said(point.tool) or "a new place"
            yield Hit(f"integration_points[{at}].in_daily_use", {"tool": tool})


@rule(
    "INT-002",
    WARNING,
    when="Tool or surface sound like a place to go to (dashboard, portal, login …) although they are in daily use.",
    says="Is '{hit}' really open on their desk all day? Else name what is.",
    because="A place people have to go to is visited in the first week.",
    source=sources.LAST_MILE,
    weak="a separate dashboard",
    strong="the holder field of the record",
    reads=["integration_points[].in_daily_use", "integration_points[].surface", "integration_points[].tool"],
    hidden_by=["INT-001"],
    lists="DASH DASH_EXEMPT",
)
def where_they_look(view: View) -> Hits:
    words = view.words
    if not view.may_hit(words.dash):
        return
    for at, point in enumerate(view.charter.integration_points):
        for key in ("surface", "tool"):
            place = said(getattr(point, key))
            hit = words.dash.find(view.text(place), unless=words.dash_exempt) if place else None
            if hit:
                yield Hit(f"integration_points[{at}].{key}", {"hit": hit})
                break


@rule(
    "INT-003",
    ERROR,
    when="The action begins with a verb of thinking (review, consider, check …) and names nothing one does.",
    says="'{first}' leaves the thinking to the user. Write what they press, send or say.",
    because="An output that has to be interpreted is put aside on a busy day.",
    source=sources.LAST_MILE,
    weak="Review the score",
    strong="Call, or press 'Not mine' and pick a reason",
    reads=["integration_points[].action"],
    lists="INTERPRETIVE PERSON_SEEN CONCRETE CONCRETE_WITH_OBJECT OBJECT NOUN_MARK IRREGULAR",
)
def something_to_do(view: View) -> Hits:
    if not view.words.interpretive.may_hit(view.passages):
        return
    for at, point in enumerate(view.charter.integration_points):
        action = said(point.action)
        if not action:
            continue
        text = view.text(action)
        words = text.in_order()
        if not words or view.words.interpretive.at(words, 0) is None or _does_something(words, view.words):
            continue
        if not text.folded.startswith(tuple(view.words.person_seen.entries)):
            yield Hit(f"integration_points[{at}].action", {"first": words[0]})


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
    when="The output names a score, probability, rating … and no reason.",
    says="A score alone needs interpreting ('{hit}'). Show the fact behind it and the next step.",
    because="Who sees 73 has to find out what 73 means, and whether it is right.",
    source=sources.LAST_MILE,
    weak="Risk score of 73",
    strong="Usage fell by a fifth in a month: run the win-back list",
    reads=["integration_points[].output"],
    lists="SCORE SCORE_EXEMPT REASON",
)
def says_why(view: View) -> Hits:
    words = view.words
    if not view.may_hit(words.score):
        return
    for at, point in enumerate(view.charter.integration_points):
        output = said(point.output)
        if not output:
            continue
        text = view.text(output)
        hit = words.score.find(text, unless=words.score_exempt)
        if hit and not words.reason.find(text):
            yield Hit(f"integration_points[{at}].output", {"hit": hit})


@rule(
    "INT-005",
    WARNING,
    when="The fallback names neither one of the users (a sales rep, or reps) nor a way to work by hand.",
    says="How does the work go on while it is down, and who does it? Name the users or the way by hand.",
    because="While the server is restarted the work still comes in.",
    source=f"{sources.PRODUCTION}; {sources.LAUNCH}; {sources.KUBERNETES}",
    weak="Restart the server",
    strong="After 10 minutes it drops into the mailbox and the desk lead routes by hand",
    reads=["integration_points[].fallback", "use_case.users[].role"],
    lists="MANUAL",
)
def work_goes_on(view: View) -> Hits:
    roles: list[str] | None = None
    for at, point in enumerate(view.charter.integration_points):
        fallback = said(point.fallback)
        if not fallback:
            continue
        text = view.text(fallback)
        if view.words.manual.find(text):
            continue
        if roles is None:
            users = [fold(said(user.role)) for user in view.charter.use_case.users]
            roles = [name for role in users if role for name in (role, role.rpartition(" ")[2])]
        if not any(names(text.folded, role) for role in roles):
            yield Hit(f"integration_points[{at}].fallback")
