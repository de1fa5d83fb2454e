"""INT: output appears where people already work, tells them what to do, and has a fallback."""

from __future__ import annotations

import re
from typing import Final

from sprintkit.charter.blank import text_or_empty
from sprintkit.charter.findings import ERROR, WARNING
from sprintkit.charter.language import detect_language, is_readable
from sprintkit.charter.lexicon import Lexicon, Text, fold, mentions
from sprintkit.charter.rules import references
from sprintkit.charter.rules.context import RuleContext
from sprintkit.charter.rules.rule import Violation, Violations, rule

_CAPITALISED: Final = re.compile(r"\b[A-Z][\w'-]+")


@rule(
    "INT-001",
    ERROR,
    condition="The users do not work every day in the tool where the output appears.",
    message="A new place to look is not integration. Put it where they work already: "
    "what do they have open all day, instead of {tool}?",
    rationale="People do not go and look. What is not in front of them does not exist.",
    source=references.LAST_MILE,
    weak="a dashboard",
    strong="the CRM, in the holder field of the record",
    reads=["integration_points[].in_daily_use", "integration_points[].tool"],
)
def find_unused_tools(context: RuleContext) -> Violations:
    for index, point in enumerate(context.charter.integration_points):
        if point.in_daily_use is False:
            tool = text_or_empty(point.tool) or "a new place"
            yield Violation(f"integration_points[{index}].in_daily_use", {"tool": tool})


@rule(
    "INT-002",
    WARNING,
    condition="The tool or the surface sounds like a place to go to (dashboard, portal, login …), although it is said to "
    "be in daily use.",
    message="Is '{hit}' really open on their desk all day? If not, name what is.",
    rationale="A place that people have to go to is visited in the first week only.",
    source=references.LAST_MILE,
    weak="a separate dashboard",
    strong="the holder field of the record",
    reads=["integration_points[].in_daily_use", "integration_points[].surface", "integration_points[].tool"],
    suppressed_by=["INT-001"],
    lists=["DASH", "DASH_EXEMPT"],
)
def find_places_to_go_to(context: RuleContext) -> Violations:
    lexicon = context.lexicon
    if not context.may_match(lexicon.dash):
        return
    for index, point in enumerate(context.charter.integration_points):
        for key in ("surface", "tool"):
            place = text_or_empty(getattr(point, key))
            word = lexicon.dash.first_match(context.text(place), exempt=lexicon.dash_exempt)
            if word:
                yield Violation(f"integration_points[{index}].{key}", {"hit": word})
                break


@rule(
    "INT-003",
    ERROR,
    condition="The action begins with a verb of thinking (review, consider, check …; in German it may end with one) and "
    "contains nothing to do.",
    message="'{first}' leaves the thinking to the user. Write what they press, send or say.",
    rationale="An output that has to be interpreted is put aside on a busy day.",
    source=references.LAST_MILE,
    weak="Review the score",
    strong="Call, or press 'Not mine' and pick a reason",
    reads=["integration_points[].action"],
    lists=["INTERPRETIVE", "INTERPRETIVE_END", "PERSON_SEEN", "CONCRETE", "CONCRETE_WITH_OBJECT", "OBJECT", "NOUN_MARK",
           "IRREGULAR"],
)  # fmt: skip
def find_interpretive_actions(context: RuleContext) -> Violations:
    lexicon = context.lexicon
    if not lexicon.interpretive.may_match(context.joined_texts):  # includes the terms of INTERPRETIVE_END
        return
    for index, point in enumerate(context.charter.integration_points):
        action = text_or_empty(point.action)
        if not action:
            continue
        text = context.text(action)
        words = text.words_in_order()
        verb = _interpretive_word(words, lexicon)
        if verb is None or _has_concrete_verb(words, lexicon):
            continue
        if not text.folded.startswith(tuple(lexicon.person_seen.terms)):
            yield Violation(f"integration_points[{index}].action", {"first": verb})


def _interpretive_word(words: list[str], lexicon: Lexicon) -> str | None:
    """The verb of thinking that an instruction begins with, or ends with in languages that put it last."""
    if not words:
        return None
    if lexicon.interpretive.match_at(words, 0):
        return words[0]
    return words[-1] if lexicon.interpretive_end.match_at(words, len(words) - 1) else None


def _has_concrete_verb(words: list[str], lexicon: Lexicon) -> bool:
    """Whether one of the words is a concrete verb. After "the", "a", "of" … a word counts as a noun."""
    for index in range(len(words)):
        if index and words[index - 1] in lexicon.noun_mark:
            continue
        if lexicon.concrete.match_at(words, index):
            return True
        following = words[index + 1] if index + 1 < len(words) else ""
        if following in lexicon.object and lexicon.concrete_with_object.match_at(words, index):
            return True
    return False


@rule(
    "INT-004",
    WARNING,
    condition="The output contains a score, probability, rating … and no reason.",
    message="A score alone needs interpreting ('{hit}'). Show the fact behind it and the next step.",
    rationale="Whoever sees 73 has to find out what 73 means, and whether it is right.",
    source=references.LAST_MILE,
    weak="Risk score of 73",
    strong="Usage fell by a fifth in a month: run the win-back list",
    reads=["integration_points[].output"],
    lists=["SCORE", "SCORE_EXEMPT", "REASON"],
)
def find_unexplained_scores(context: RuleContext) -> Violations:
    lexicon = context.lexicon
    if not context.may_match(lexicon.score):
        return
    for index, point in enumerate(context.charter.integration_points):
        output = text_or_empty(point.output)
        if not output:
            continue
        text = context.text(output)
        score = lexicon.score.first_match(text, exempt=lexicon.score_exempt)
        if score and not lexicon.reason.first_match(text):
            yield Violation(f"integration_points[{index}].output", {"hit": score})


@rule(
    "INT-005",
    WARNING,
    condition="The fallback names neither one of the users (a sales rep, or reps) nor a way to work by hand, and nobody who "
    "carries, writes, sorts …",
    message="How does the work go on while it is down, and who does it? Name the users or the way by hand.",
    rationale="While the server restarts, the work keeps coming in.",
    source=f"{references.PRODUCTION}; {references.LAUNCH}; {references.KUBERNETES}",
    weak="Restart the server",
    strong="After 10 minutes it drops into the mailbox and the desk lead routes by hand",
    reads=["integration_points[].fallback", "use_case.users[].role"],
    lists=["MANUAL", "MANUAL_ENDING", "CARRY_ON", "NOT_SOMEBODY", "NOUN_MARK", "PASSIVE"],
)
def find_missing_fallback(context: RuleContext) -> Violations:
    roles = [fold(text_or_empty(user.role)) for user in context.charter.use_case.users]
    role_names = [name for role in roles for name in (role, role.rpartition(" ")[2])]
    for index, point in enumerate(context.charter.integration_points):
        fallback = text_or_empty(point.fallback)
        if not fallback:
            continue
        text = context.text(fallback)
        if context.lexicon.manual.first_match(text) or _has_manual_ending(text, context.lexicon):
            continue
        if any(mentions(text.folded, name) for name in role_names) or _has_person_carrying_on(
            text, context.lexicon
        ):
            continue
        if is_readable(detect_language(text.folded, text.words), text.words):
            yield Violation(f"integration_points[{index}].fallback")


def _has_manual_ending(text: Text, lexicon: Lexicon) -> bool:
    """Whether a compound word names a way by hand, such as "notfallordner"."""
    endings = tuple(lexicon.manual_ending.terms)
    return any(word.endswith(endings) for word in text.words)


def _has_person_carrying_on(text: Text, lexicon: Lexicon) -> bool:
    """Whether somebody carries the work on by hand: "runners carry the chits", "skis are sorted"."""
    words = text.words_in_order()
    names = {fold(word) for word in _CAPITALISED.findall(text.raw)}
    for index in range(1, len(words)):
        if not lexicon.carry_on.match_at(words, index):
            continue
        before = words[index - 1]
        if before in lexicon.passive:
            return words[index].endswith(("ed", "en", "t"))
        if before in lexicon.not_somebody or before in lexicon.noun_mark:
            continue
        is_people = before.endswith(("s", "men", "people", "staff", "crew")) and not words[index].endswith(
            "s"
        )
        is_agent = before in names or before.endswith(("er", "or", "ist", "man", "ant", "ian"))
        is_person = words[index].endswith("s") and is_agent
        if is_people or is_person:
            return True
    return False
