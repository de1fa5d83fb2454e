"""ANS: answers that read like weak ones and that no other rule reports."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from sprintkit.charter.blank import is_blank
from sprintkit.charter.findings import WARNING
from sprintkit.charter.judge import find_weakness
from sprintkit.charter.judge.features import PERSON_TOPIC
from sprintkit.charter.judge.topics import PERSON_NAME, PERSON_ROLE, joined_text, judged_texts, topics
from sprintkit.charter.paths import quote_key
from sprintkit.charter.rules import references
from sprintkit.charter.rules.context import RuleContext
from sprintkit.charter.rules.rule import Violation, Violations, rule

WEAK_ANSWER: Final = "ANS-001"

_ADVICE: Final = {
    "generic": "This could stand in any project. Name the case, the record or the number.",
    "wish": "A hope, not an answer. Write who does what, and by when.",
    "group": "This names everybody. Which one of them?",
    "vague": "Nothing to look at or count. Name the record, the number or the act that shows it.",
    "place": "Nobody could find this. Name the system, and the report or screen in it.",
    "technical": "This is about the technology. Write what changes in the work.",
    "placeholder": "This only stands for an answer. Type it, or park the question.",
    "circular": "This repeats the question. Write what somebody would see or count.",
    "activity": "An activity, not a result. Write what is there once it is done.",
    "list": "Several things in one. Keep the one that counts.",
}
"""The advice for each kind of weakness: what is wrong, then what to type instead."""

_ADVICE_ON_PEOPLE: Final = {
    "placeholder": "Nobody yet. Type one full name, or park the question.",
    "list": "Several names, so nobody. Which one of them?",
}
_NOT_A_PERSON: Final = "Names a group, not a person. Who of them?"

_ADVICE_BY_QUESTION: Final = {
    ("process.steps[].rule", "vague"): "No rule to follow. Write: if …, then …, else …",
    ("process.steps[].rule", "generic"): "No rule to follow. Write: if …, then …, else …",
    ("success_metric.if_missed", "activity"): "An activity, not a decision. Who does what, by Friday?",
    ("success_metric.name", "list"): "Several numbers in one. Which of them decides?",
    ("success_metric.unit", "vague"): "Nobody can count in this. Of what, and per what?",
    ("data_requirements[].fields", "generic"): "This names no fields. List them as the system spells them.",
    ("data_requirements[].fields", "vague"): "This names no fields. List them as the system spells them.",
    ("use_case.statement", "list"): "This reads like more than one use case. Keep one.",
    ("plan.milestones[].title", "activity"): "An activity. What is there to see once it is done?",
}


@rule(
    WEAK_ANSWER,
    WARNING,
    condition="An answer in words, or a person's name or role, reads like the weak ones among the thousands that the "
    "judge learned from, and no other rule says anything about it. The setting `judge` makes it calmer or "
    "switches it off. It keeps nobody from signing.",
    message=_ADVICE["generic"],
    rationale="People are weak in more words than any list holds.",
    source=references.OWN,
    weak="training and change support",
    strong="reader calls owner and sponsor by Friday",
    reads=[PERSON_NAME, PERSON_ROLE, *judged_texts().patterns],
    rests_on_words=True,
    is_advice=True,
)
def find_weak_answers(context: RuleContext) -> Violations:
    if context.judge == "off":
        return
    for key in sorted(context.referenced_people & context.charter.people.keys()):
        person, path = context.charter.people[key], f"people.{quote_key(key)}"
        for field, topic, text in (
            ("name", PERSON_TOPIC, person.name),
            ("role", PERSON_ROLE, person.role),
        ):
            if text is not None and not is_blank(text):
                yield from _judge(context, f"{path}.{field}", topic, text)
    for path, answer in judged_texts().items(context.charter):
        if not is_blank(answer):
            yield from _judge(context, path, topics()[_pattern(path)], joined_text(answer))


def _judge(context: RuleContext, path: str, topic: str, text: str) -> Violations:
    kind = find_weakness(topic, text, context.judge, context.language)
    if kind is not None:
        yield Violation(path, message=_advice(topic, kind))


def _advice(topic: str, kind: str) -> str:
    if topic == PERSON_TOPIC:
        return _ADVICE_ON_PEOPLE.get(kind, _NOT_A_PERSON)
    return _ADVICE_BY_QUESTION.get((topic, kind), _ADVICE[kind])


@lru_cache(maxsize=4096)
def _pattern(path: str) -> str:
    """The pattern of a path that holds no person's key."""
    return re.sub(r"\[\d+\]", "[]", path)
