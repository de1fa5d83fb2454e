"""OWN: one owner with hours and duties, and names of people in `[people]`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
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
"""The fields in which OWN-002 requires one person."""
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
    rests_on_words=False,
)
def find_team_or_role_names(context: RuleContext) -> Violations:
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
    reads=["people[].name", *_SINGLE_PERSON_FIELDS, "charter.depth"],
    suppressed_by=["OWN-001"],
    lists=["JOIN", "JOIN_EXEMPT"],
    rests_on_words=False,
)
def find_joint_names(context: RuleContext) -> Violations:
    joint_keys = {key for key in context.referenced_people if _joins_two_names(context, key)}
    if joint_keys:
        for path, key in _single_person_references(context):
            if key in joint_keys:
                message = _LEAN_TWO_NAMES if context.is_lean else ""
                values = {"name": context.display_name(key)}
                yield Violation(path, values, message, subject=_person_path(key))


_LEAN_TWO_NAMES: Final = "Two names ('{name}'), so nobody. Put one of them here."
"""A lean charter is not asked for a deputy."""


def _joins_two_names(context: RuleContext, key: str) -> bool:
    name, lexicon = context.full_name(key), context.lexicon
    if not name:
        return False
    text = context.text(name)
    if lexicon.join.terms.isdisjoint(text.words) and not _JOINING_SIGN.search(text.folded):
        return False
    if _JOINING_SIGN.search(lexicon.join_exempt.remove_matches(text)):
        return True
    words = name.split()
    return (
        any(
            fold(word) in lexicon.join
            and not word.istitle()  # "Shira Or Levy" is one person, "Shira or Levy" are two
            and (fold(word) not in _WITHIN_NAMES or _are_names(words[:index], words[index + 1 :]))
            for index, word in enumerate(words)
            if 0 < index < len(words) - 1
        )
        and not lexicon.join_exempt.may_match(text)
    )


_WITHIN_NAMES: Final = frozenset({"y", "e", "i", "o", "u"})
"""Words that join two names, and two surnames of one person: "Juan Pérez y Ortega"."""


def _are_names(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether each part has a given name and a surname, or each is a given name alone."""
    sizes = [sum(word[:1].isupper() for word in part) for part in (first, second)]
    return min(sizes) > 1 or max(sizes) == 1


def _single_person_references(context: RuleContext) -> Iterator[tuple[str, str]]:
    """The path and person key of every reference in `_SINGLE_PERSON_FIELDS`."""
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
    suppressed_by=["OWN-001", "OWN-009"],
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
    match = lexicon.tech_role.first_match(role, exempt=lexicon.tech_role_exempt)
    if match is None or " " in match:
        return match is not None
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


@rule(
    "OWN-009",
    WARNING,
    condition="A person's name is a job title, or says that nobody is there yet: Ward Sister, Vacant (ex J. Smith), N.N. "
    "People whom nothing refers to are left alone.",
    message="'{name}' is a post, not a person ({places}). Who holds it? Type the name, or park the question.",
    rationale="A post cannot be called, and a vacant one does no work.",
    source=references.BLOCKERS,
    weak="Branch Manager",
    strong="Odile Tamsworth",
    reads=["people[].name", *person_selector().patterns],
    suppressed_by=["OWN-001"],
    lists=[
        "JOB",
        "TRADE",
        "JOB_ENDING",
        "VACANT",
        "UNNAMED",
        "FUNCTION",
        "GROUP",
        "ROLE",
        "FILLER",
        "PLACEHOLDER",
    ],
    rests_on_words=False,
)
def find_job_titles_as_names(context: RuleContext) -> Violations:
    for key in context.charter.people:
        name = context.full_name(key)
        if name and key in context.referenced_people and _is_post(name, context):
            count = context.count_references(key)
            places = "1 place" if count == 1 else f"{count} places"
            values = {"name": name, "places": f"used in {places}"}
            yield Violation(f"{_person_path(key)}.name", values, subject=_person_path(key))


def _is_post(name: str, context: RuleContext) -> bool:
    """Whether a name is a job title, or says that nobody holds the job."""
    lexicon, text = context.lexicon, context.text(name)
    if lexicon.vacant.first_match(text) or _is_unnamed(name, text, lexicon):
        return True
    endings = tuple(lexicon.job_ending.terms)
    if text.words.isdisjoint(lexicon.job.terms) and not any(word.endswith(endings) for word in text.words):
        return False
    words = [word for word in text.words_in_order() if len(word) > 1 and not _DIGIT.search(word)]
    is_job = [word in lexicon.job or _has_job_ending(word, lexicon) for word in words]
    return any(is_job) and all(
        job or word in lexicon.trade or word in lexicon.not_a_name
        for job, word in zip(is_job, words, strict=True)
    )


def _has_job_ending(word: str, lexicon: Lexicon) -> bool:
    """Whether a word is a job title written as one word: "praxisleitung"."""
    return any(len(word) > len(ending) + 2 and word.endswith(ending) for ending in lexicon.job_ending.terms)


def _is_unnamed(name: str, text: Text, lexicon: Lexicon) -> bool:
    """Whether letters stand in for a name, as in "N.N." or "Expert (TBC)". In "Tba Mwangi" they are a name."""
    if text.words and text.words.isdisjoint(lexicon.unnamed.terms) and "n" not in text.words:
        return False
    for part in _NAME_PART.split(name):
        folded = fold(part).rstrip(" .")
        if folded in lexicon.unnamed or (
            folded.split(" ")[0] in lexicon.unnamed and not part.split()[0].istitle()
        ):
            return True
    return False


_DIGIT: Final = re.compile(r"\d")
_NAME_PART: Final = re.compile(r"[()\[\],/;:–]|\s-\s")
