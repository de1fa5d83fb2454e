"""OWN: one person, with a name, hours and duties."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from sprintkit.charter.blank import text_or_empty
from sprintkit.charter.findings import ERROR, WARNING
from sprintkit.charter.lexicon import Text, WordLists, fold, is_unspaced
from sprintkit.charter.people import person_fields
from sprintkit.charter.rules import references
from sprintkit.charter.rules.context import RuleContext
from sprintkit.charter.rules.rule import Match, Matches, rule

DUTIES: Final = {
    "operates": "runs it each day",
    "monitors": "watches its output",
    "decides_retraining": "decides on retraining",
    "handles_unresolved": "takes what it cannot solve",
    "accountable_for_mistakes": "answers for mistakes",
}
"""The five duties, in words."""
_DUTY_PATHS: Final = tuple(f"owner.duties.{duty}" for duty in DUTIES)
_ONE_PERSON: Final = (
    "charter.sponsor",
    "owner.person",
    "owner.deputy",
    *_DUTY_PATHS,
    "process.lead",
    "success_metric.reader",
    "data_requirements[].data_owner",
)
"""Where OWN-002 wants one person, not two."""
_SIGNS: Final = re.compile(r"[&/;+]")


@rule(
    "OWN-001",
    ERROR,
    condition="A person's name is that of a function, a group or a role, or a placeholder; "
    "people who are named nowhere are left alone.",
    message="'{name}' is not a person (used in {places}). Name one who can be called.",
    rationale="A team cannot be called, goes on no holiday and never says no; work that is everybody's is nobody's.",
    source=references.BLOCKERS,
    weak="the data team",
    strong="Odile Tamsworth",
    reads=["people[].name", *person_fields().patterns],
    lists="FUNCTION GROUP ROLE FILLER PLACEHOLDER STRICT_GROUP",
)
def is_a_person(view: RuleContext) -> Matches:
    for key in view.charter.people:
        if key in view.faceless:
            path = f"people.{view.key(key)}.name"
            times = view.times_used(key)
            places = "1 place" if times == 1 else f"{times} places"
            yield Match(path, {"name": view.name(key), "places": places}, about=_person(view, key))


@rule(
    "OWN-002",
    ERROR,
    condition="The name of an owner, deputy, duty holder, sponsor, lead, reader or data owner joins two.",
    message="Two names ('{name}'), so nobody. Put one here, the other as deputy.",
    rationale="Where two are responsible each may think it is the other.",
    source=f"{references.RACI}; {references.GOALS}",
    weak="Corin Halfmoon and Dessa Rookley",
    strong="Corin Halfmoon",
    reads=["people[].name", *_ONE_PERSON],
    suppressed_by=["OWN-001"],
    lists="JOIN JOIN_EXEMPT",
)
def one_person(view: RuleContext) -> Matches:
    joined = {key for key in view.used if _joins_two(view, key)}
    if joined:
        for path, key in _places(view):
            if key in joined:
                yield Match(path, {"name": view.name(key)}, about=_person(view, key))


def _joins_two(view: RuleContext, key: str) -> bool:
    person = view.charter.people.get(key)
    name = text_or_empty(person.name) if person else ""
    if not name:
        return False
    text = view.text(name)
    if view.words.join.entries.isdisjoint(text.words) and not _SIGNS.search(text.folded):
        return False
    if _SIGNS.search(view.words.join_exempt.cut(text)):
        return True
    inner = name.split()[1:-1]  # "Shira Or Levy" is one person, "Shira or Levy" are two
    return any(fold(word) in view.words.join and not word.istitle() for word in inner)


def _places(view: RuleContext) -> Iterator[tuple[str, str]]:
    """The fields that want one person, with whom they name."""
    wanted = frozenset(_ONE_PERSON)
    for path, key in person_fields().items(view.charter):
        if re.sub(r"\[\d+\]", "[]", path) in wanted:
            yield path, key


def _person(view: RuleContext, key: str) -> str:
    return f"people.{view.key(key)}"


@rule(
    "OWN-003",
    WARNING,
    condition="The owner's name is a single word; names in scripts written without spaces are left alone.",
    message="'{name}': give the full name; this goes to signature.",
    rationale="The owner signs, and is looked up by others who never met them.",
    source=references.PM2,
    weak="Odile",
    strong="Odile Tamsworth",
    reads=["owner.person", "people[].name"],
    suppressed_by=["OWN-001"],
)
def full_name(view: RuleContext) -> Matches:
    key = text_or_empty(view.charter.owner.person)
    person = view.charter.people.get(key)
    name = text_or_empty(person.name) if person else ""
    if name and len(name.split()) == 1 and not is_unspaced(name):
        yield Match("owner.person", {"name": name}, about=_person(view, key))


@rule(
    "OWN-004",
    ERROR,
    condition="One of the five duties is nobody's.",
    message="Nobody yet for: {duties}. These are asked one by one because they end up with nobody.",
    rationale="Running, watching, retraining, left-over cases and mistakes are the work that begins when the "
    "builders leave.",
    source=references.BLOCKERS,
    weak="(nothing)",
    strong="a name for each of the five",
    reads=_DUTY_PATHS,
)
def five_duties(view: RuleContext) -> Matches:
    duties = view.charter.owner.duties
    empty = [words for duty, words in DUTIES.items() if not text_or_empty(getattr(duties, duty))]
    if empty:
        yield Match("owner.duties", {"duties": empty})


@rule(
    "OWN-005",
    ERROR,
    condition="The owner has less than half an hour a week.",
    message="{h:g} h a week is no ownership. Agree hours with {who}.",
    rationale="What has no hours is not done in a busy week.",
    source=references.PRODUCTION,
    weak="0",
    strong="6",
    reads=["owner.hours_per_week", "owner.hours_agreed_by", "people[].name"],
)
def has_hours(view: RuleContext) -> Matches:
    owner = view.charter.owner
    if owner.hours_per_week is not None and owner.hours_per_week < view.settings.owner_hours:
        who = view.name(owner.hours_agreed_by) or "their manager"
        yield Match("owner.hours_per_week", {"h": owner.hours_per_week, "who": who})


@rule(
    "OWN-006",
    ERROR,
    condition="The deputy is the owner.",
    message="A deputy is somebody else: name who does it while {name} is on leave.",
    rationale="The owner will be on leave in the week it breaks.",
    source=references.OWN,
    weak="the same person",
    strong="Suvi Rautakerr",
    reads=["owner.person", "owner.deputy", "people[].name"],
)
def deputy_is_another(view: RuleContext) -> Matches:
    owner = view.charter.owner
    if text_or_empty(owner.deputy) and owner.deputy == owner.person:
        yield Match("owner.deputy", {"name": view.name(owner.person)})


@rule(
    "OWN-007",
    WARNING,
    condition="The owner signs as builder, or has a technical role and does not lead the process.",
    message="Built it or hosts it is not the same as runs the process. Is {name} ({role}) sure to run it? "
    "Else name somebody who does the work.",
    rationale="Who built it leaves with the sprint, and who hosts it cannot tell a good answer from a bad one.",
    source=references.BLOCKERS,
    weak="Infrastructure manager",
    strong="Sales Operations Manager",
    reads=["owner.person", "people[].role", "people[].name", "process.lead", "plan.signatories"],
    lists="TECH_ROLE TECH_ROLE_EXEMPT TRADE_TOO TECH_TRADE",
)
def runs_the_process(view: RuleContext) -> Matches:
    charter = view.charter
    owner = text_or_empty(charter.owner.person)
    if not owner:
        return
    person, lead = charter.people.get(owner), text_or_empty(charter.process.lead)
    role = text_or_empty(person.role) if person else ""
    builds = ("builder", owner) in view.signatories
    technical = role and lead and owner != lead and _is_technical(view.text(role), view.words)
    if builds or technical:
        yield Match("owner.person", {"name": view.name(owner), "role": "the builder" if builds else role})


def _is_technical(role: Text, lists: WordLists) -> bool:
    """Whether a role builds or hosts systems: a data scientist, not a clinical scientist."""
    if not lists.tech_role.find(role, unless=lists.tech_role_exempt):
        return False
    words = Text(lists.tech_role_exempt.cut(role)).in_order()
    return any(
        word in lists.tech_role
        and (word not in lists.trade_too or at == 0 or words[at - 1] in lists.tech_trade)
        for at, word in enumerate(words)
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
def starts_before_the_end(view: RuleContext) -> Matches:
    starts_on = view.charter.owner.starts_on
    if starts_on is not None and view.deadline is not None and starts_on > view.deadline:
        yield Match("owner.starts_on", {"deadline": view.deadline, "starts_on": starts_on})
