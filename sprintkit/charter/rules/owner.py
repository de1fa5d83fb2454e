"""OWN: one person with a name, hours and duties."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from sprintkit.charter.blank import text_or_empty
from sprintkit.charter.findings import ERROR, WARNING
from sprintkit.charter.lexicon import Lexicon, Text, fold, has_unspaced_script
from sprintkit.charter.paths import parse, path_pattern, quote_key
from sprintkit.charter.people import person_selector
from sprintkit.charter.rules import references
from sprintkit.charter.rules.context import RuleContext
from sprintkit.charter.rules.rule import Violation, Violations, rule

DUTIES: Final = {
    "operates": "runs it each day",
    "monitors": "watches its output",
    "decides_retraining": "decides on retraining",
    "handles_unresolved": "takes what it cannot solve",
    "accountable_for_mistakes": "answers for mistakes",
}
"""The five duties of ownership, in words."""
_DUTY_PATHS: Final = tuple(f"owner.duties.{duty}" for duty in DUTIES)
_SINGLE_PERSON_FIELDS: Final = (
    "charter.sponsor",
    "owner.person",
    "owner.deputy",
    *_DUTY_PATHS,
    "process.lead",
    "success_metric.reader",
    "data_requirements[].data_owner",
)
"""The fields in which OWN-002 wants one person, not two."""
_JOINING_SIGN: Final = re.compile(r"[&/;+]")


def _person_path(key: str) -> str:
    return f"people.{quote_key(key)}"


@rule(
    "OWN-001",
    ERROR,
    condition="A person's name is that of a function, a group or a role, or a placeholder. "
    "People whom nothing refers to are left alone.",
    message="'{name}' is not a person (used in {places}). Name one who can be called.",
    rationale="A team cannot be called and never says no. Work that is everybody's is nobody's.",
    source=references.BLOCKERS,
    weak="the data team",
    strong="Odile Tamsworth",
    reads=["people[].name", *person_selector().patterns],
    lists=["FUNCTION", "GROUP", "ROLE", "FILLER", "PLACEHOLDER", "STRICT_GROUP"],
)
def find_impersonal_names(context: RuleContext) -> Violations:
    for key in context.charter.people:
        if key in context.impersonal_people:
            count = context.count_references(key)
            places = "1 place" if count == 1 else f"{count} places"
            values = {"name": context.display_name(key), "places": places}
            yield Violation(f"{_person_path(key)}.name", values, subject=_person_path(key))


@rule(
    "OWN-002",
    ERROR,
    condition="The name of an owner, deputy, duty holder, sponsor, lead, reader or data owner is two names.",
    message="Two names ('{name}'), so nobody. Put one here, the other as deputy.",
    rationale="Where two people are responsible, each may think it is the other.",
    source=f"{references.RACI}; {references.GOALS}",
    weak="Corin Halfmoon and Dessa Rookley",
    strong="Corin Halfmoon",
    reads=["people[].name", *_SINGLE_PERSON_FIELDS],
    suppressed_by=["OWN-001"],
    lists=["JOIN", "JOIN_EXEMPT"],
)
def find_joint_names(context: RuleContext) -> Violations:
    joint_keys = {key for key in context.referenced_people if _joins_two_names(context, key)}
    if joint_keys:
        for path, key in _single_person_references(context):
            if key in joint_keys:
                yield Violation(path, {"name": context.display_name(key)}, subject=_person_path(key))


def _joins_two_names(context: RuleContext, key: str) -> bool:
    name, lexicon = context.full_name(key), context.lexicon
    if not name:
        return False
    text = context.text(name)
    if lexicon.join.terms.isdisjoint(text.words) and not _JOINING_SIGN.search(text.folded):
        return False
    if _JOINING_SIGN.search(lexicon.join_exempt.remove_matches(text)):
        return True
    inner = name.split()[1:-1]  # "Shira Or Levy" is one person, "Shira or Levy" are two
    return any(fold(word) in lexicon.join and not word.istitle() for word in inner)


def _single_person_references(context: RuleContext) -> Iterator[tuple[str, str]]:
    """Path and person key of every reference in `_SINGLE_PERSON_FIELDS`."""
    fields = frozenset(_SINGLE_PERSON_FIELDS)
    for path, key in person_selector().items(context.charter):
        if path_pattern(parse(path)) in fields:
            yield path, key


@rule(
    "OWN-003",
    WARNING,
    condition="The owner's name is a single word. Names in scripts written without spaces are left alone.",
    message="'{name}': give the full name; this goes to signature.",
    rationale="The owner signs, and people who never met them have to find them.",
    source=references.PM2,
    weak="Odile",
    strong="Odile Tamsworth",
    reads=["owner.person", "people[].name"],
    suppressed_by=["OWN-001"],
)
def find_single_word_name(context: RuleContext) -> Violations:
    key = text_or_empty(context.charter.owner.person)
    name = context.full_name(key)
    if name and len(name.split()) == 1 and not has_unspaced_script(name):
        yield Violation("owner.person", {"name": name}, subject=_person_path(key))


@rule(
    "OWN-004",
    ERROR,
    condition="One of the five duties has no holder.",
    message="Nobody yet for: {duties}. These are asked one by one because they end up with nobody.",
    rationale="Running, watching, retraining, unsolved cases and mistakes are the work that begins when the "
    "builders leave.",
    source=references.BLOCKERS,
    weak="(nothing)",
    strong="a name for each of the five",
    reads=_DUTY_PATHS,
)
def find_unassigned_duties(context: RuleContext) -> Violations:
    duties = context.charter.owner.duties
    unassigned = [words for duty, words in DUTIES.items() if not text_or_empty(getattr(duties, duty))]
    if unassigned:
        yield Violation("owner.duties", {"duties": unassigned})


@rule(
    "OWN-005",
    ERROR,
    condition="The owner has less than half an hour a week.",
    message="{h:g} h a week is no ownership. Agree hours with {who}.",
    rationale="Work without hours is not done in a busy week.",
    source=references.PRODUCTION,
    weak="0",
    strong="6",
    reads=["owner.hours_per_week", "owner.hours_agreed_by", "people[].name"],
)
def find_too_few_hours(context: RuleContext) -> Violations:
    owner = context.charter.owner
    if owner.hours_per_week is not None and owner.hours_per_week < context.settings.owner_hours:
        who = context.display_name(owner.hours_agreed_by) or "their manager"
        yield Violation("owner.hours_per_week", {"h": owner.hours_per_week, "who": who})


@rule(
    "OWN-006",
    ERROR,
    condition="The deputy is the owner.",
    message="A deputy is somebody else: name who takes over while {name} is on leave.",
    rationale="The owner will be on leave in the week it breaks.",
    source=references.OWN,
    weak="the same person",
    strong="Suvi Rautakerr",
    reads=["owner.person", "owner.deputy", "people[].name"],
)
def find_owner_as_deputy(context: RuleContext) -> Violations:
    owner = context.charter.owner
    if text_or_empty(owner.deputy) and owner.deputy == owner.person:
        yield Violation("owner.deputy", {"name": context.display_name(owner.person)})


@rule(
    "OWN-007",
    WARNING,
    condition="The owner signs as builder, or has a technical role and does not lead the process.",
    message="Built it or hosts it is not the same as runs the process. Is {name} ({role}) sure to run it? "
    "If not, name somebody who does the work.",
    rationale="Whoever built it leaves with the sprint. Whoever hosts it cannot tell a good answer from a bad one.",
    source=references.BLOCKERS,
    weak="Infrastructure manager",
    strong="Sales Operations Manager",
    reads=["owner.person", "people[].role", "people[].name", "process.lead", "plan.signatories"],
    lists=["TECH_ROLE", "TECH_ROLE_EXEMPT", "TRADE_TOO", "TECH_TRADE"],
)
def find_technical_owner(context: RuleContext) -> Violations:
    charter = context.charter
    owner = text_or_empty(charter.owner.person)
    if not owner:
        return
    person, lead = charter.people.get(owner), text_or_empty(charter.process.lead)
    role = text_or_empty(person.role) if person else ""
    is_builder = ("builder", owner) in context.signatories
    does_not_lead = bool(role and lead) and owner != lead
    if is_builder or (does_not_lead and _is_technical(context.text(role), context.lexicon)):
        values = {"name": context.display_name(owner), "role": "the builder" if is_builder else role}
        yield Violation("owner.person", values)


def _is_technical(role: Text, lexicon: Lexicon) -> bool:
    """Whether a role builds or hosts systems: a data scientist does, a clinical scientist does not."""
    if not lexicon.tech_role.first_match(role, exempt=lexicon.tech_role_exempt):
        return False
    words = Text(lexicon.tech_role_exempt.remove_matches(role)).words_in_order()
    return any(
        word in lexicon.tech_role
        and (word not in lexicon.trade_too or index == 0 or words[index - 1] in lexicon.tech_trade)
        for index, word in enumerate(words)
    )


@rule(
    "OWN-008",
    ERROR,
    condition="The owner takes over after the deadline.",
    message="From {deadline} to {starts_on} nobody owns it. Start before the end.",
    rationale="A handover after the end is a handover to nobody.",
    source=references.BLOCKERS,
    weak="after phase 2",
    strong="three weeks before the deadline",
    reads=["owner.starts_on", "timeline.deadline", "timeline.start", "timeline.weeks", "charter.depth"],
)
def find_late_owner(context: RuleContext) -> Violations:
    starts_on = context.charter.owner.starts_on
    if starts_on is not None and context.deadline is not None and starts_on > context.deadline:
        yield Violation("owner.starts_on", {"deadline": context.deadline, "starts_on": starts_on})
