"""PRO: one process, written down, that people agree on."""

from __future__ import annotations

import re
from typing import Final

from ..agreement import losers
from ..blank import said
from ..findings import ERROR, WARNING
from ..words import fold
from . import sources
from .rule import Hit, Hits, rule
from .view import View

_CONDITION_SIGNS: Final = re.compile(r"[:<>≥≤→]")


@rule(
    "PRO-001",
    ERROR,
    when="A step that runs automatically has no rule.",
    says="Step {n} runs by itself by no rule. Write the rule or make it human.",
    because="A machine that has no rule makes one up.",
    source=sources.BLOCKERS,
    weak="(nothing)",
    strong="Account holder if the account ordered within 12 months, else next in the depot's rota",
    reads=["process.steps[].mode", "process.steps[].rule", "process.steps[].n"],
)
def automatic_steps_have_rules(view: View) -> Hits:
    for at, step in enumerate(view.charter.process.steps):
        if step.mode == "automatic" and not said(step.rule):
            yield Hit(f"process.steps[{at}].rule", {"n": at + 1 if step.n is None else step.n})


@rule(
    "PRO-002",
    WARNING,
    when="A rule hedges (depends, usually, case by case …) and names no condition.",
    says="'{hit}': on what? Write: if …, then …, else …",
    because="A person fills the gap with habit; a system cannot.",
    source=sources.BLOCKERS,
    weak="Depends on the rep",
    strong="Depends on tier: gold to queue 1, else queue 2",
    reads=["process.steps[].rule"],
    lists="HEDGE HEDGE_EXEMPT CONDITION",
)
def rules_name_conditions(view: View) -> Hits:
    words = view.words
    if not view.may_hit(words.hedge):
        return
    for at, step in enumerate(view.charter.process.steps):
        rule_text = said(step.rule)
        if not rule_text:
            continue
        text = view.text(rule_text)
        hit = words.hedge.find(text, unless=words.hedge_exempt)
        if hit and not _CONDITION_SIGNS.search(text.folded) and not words.condition.find(text):
            yield Hit(f"process.steps[{at}].rule", {"hit": hit})


@rule(
    "PRO-003",
    ERROR,
    when="A question was answered by fewer than three different people.",
    says="{n} asked. Ask at least {least}, better {well}, each alone.",
    because="Who asks one person hears one process; the others show up in production.",
    source=sources.BLOCKERS,
    weak="one manager for all",
    strong="five people, in their own words",
    reads=["process.questions[].answers", "charter.depth"],
)
def people_were_asked(view: View) -> Hits:
    for at, groups in enumerate(view.groups):
        asked = sum(len(group.people) for group in groups)
        if asked < view.settings.people_asked and not (view.lean and not asked):
            values = {
                "n": asked,
                "least": view.settings.people_asked,
                "well": view.settings.people_asked_well,
            }
            yield Hit(f"process.questions[{at}].answers", values)


@rule(
    "PRO-004",
    WARNING,
    when="Only three or four people answered a question, or all answers are the same, word for word.",
    says="Ask {well}, separately; {found}.",
    because="Sentences that are alike to the word were written by one person.",
    source=sources.BLOCKERS,
    weak="five times 'as per the manual'",
    strong="five people, in their own words",
    reads=["process.questions[].answers", "charter.depth"],
    hidden_by=["PRO-003"],
)
def answers_are_their_own(view: View) -> Hits:
    well = view.settings.people_asked_well
    for at, question in enumerate(view.charter.process.questions):
        asked = sum(len(group.people) for group in view.groups[at])
        said_so = [fold(said(answer.says)) for answer in question.answers if said(answer.says)]
        alike = len(said_so) > 1 and len(set(said_so)) == 1
        if alike or 0 < asked < well:
            found = f"{len(said_so)} identical sentences look copied" if alike else f"{asked} answered so far"
            yield Hit(f"process.questions[{at}].answers", {"well": well, "found": found})


@rule(
    "PRO-005",
    ERROR,
    when="People gave different answers, and the rule, its group, who settled it or the day is missing.",
    says="{k} different answers to '{ask}'. Choose one, with name and day.",
    because="Software takes one side of every disagreement; better that somebody chooses which.",
    source=sources.BLOCKERS,
    weak="we will align later",
    strong="Account holder if the account ordered within 12 months; settled by Suvi Rautakerr on 3 February",
    reads=[
        f"process.questions[].{key}"
        for key in ("ask", "answers", "settled", "settled_group", "settled_by", "settled_on")
    ],
)
def differences_are_settled(view: View) -> Hits:
    for at, question in enumerate(view.charter.process.questions):
        groups = view.groups[at]
        if len(groups) < 2:
            continue
        missing = [
            key for key in ("settled", "settled_group", "settled_by") if not said(getattr(question, key))
        ]
        if question.settled_on is None:
            missing.append("settled_on")
        if missing:
            values = {"k": len(groups), "ask": said(question.ask) or "this question"}
            yield Hit(f"process.questions[{at}].{missing[0]}", values)


@rule(
    "PRO-006",
    WARNING,
    when="Somebody who answered otherwise has not accepted the settled rule.",
    says="{who} answered otherwise and has not accepted the rule. Ask them, and enter them once they have.",
    because="Who was overruled unheard goes on in the old way.",
    source=f"{sources.BLOCKERS}; {sources.GOALS}",
    weak="nobody was asked",
    strong="all five",
    reads=["process.questions[].accepted_by", "process.questions[].answers", "process.questions[].settled_group",
           "process.questions[].settled", "process.questions[].settled_by", "process.questions[].settled_on"],
    hidden_by=["PRO-005"],
)  # fmt: skip
def losers_accepted(view: View) -> Hits:
    for at, question in enumerate(view.charter.process.questions):
        waiting = losers(question, view.groups[at])
        if waiting:
            yield Hit(f"process.questions[{at}].accepted_by", {"who": waiting})
