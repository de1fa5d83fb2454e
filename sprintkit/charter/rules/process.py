"""PRO: one process, written down, that people agree on."""

from __future__ import annotations

import re
from typing import Final

from sprintkit.charter.agreement import losers
from sprintkit.charter.blank import text_or_empty
from sprintkit.charter.findings import ERROR, WARNING
from sprintkit.charter.lexicon import fold
from sprintkit.charter.rules import references
from sprintkit.charter.rules.context import RuleContext
from sprintkit.charter.rules.rule import Match, Matches, rule

_CONDITION_SIGNS: Final = re.compile(r"[:<>≥≤→]")


@rule(
    "PRO-001",
    ERROR,
    condition="A step that runs automatically has no rule.",
    message="Step {n} runs by itself by no rule. Write the rule or make it human.",
    rationale="A machine that has no rule makes one up.",
    source=references.BLOCKERS,
    weak="(nothing)",
    strong="Account holder if the account ordered within 12 months, else next in the depot's rota",
    reads=["process.steps[].mode", "process.steps[].rule", "process.steps[].n"],
)
def automatic_steps_have_rules(view: RuleContext) -> Matches:
    for at, step in enumerate(view.charter.process.steps):
        if step.mode == "automatic" and not text_or_empty(step.rule):
            yield Match(f"process.steps[{at}].rule", {"n": at + 1 if step.n is None else step.n})


@rule(
    "PRO-002",
    WARNING,
    condition="A rule hedges (depends, usually, case by case …) and names no condition.",
    message="'{hit}': on what? Write: if …, then …, else …",
    rationale="A person fills the gap with habit; a system cannot.",
    source=references.BLOCKERS,
    weak="Depends on the rep",
    strong="Depends on tier: gold to queue 1, else queue 2",
    reads=["process.steps[].rule"],
    lists="HEDGE HEDGE_EXEMPT CONDITION",
)
def rules_name_conditions(view: RuleContext) -> Matches:
    words = view.words
    if not view.may_hit(words.hedge):
        return
    for at, step in enumerate(view.charter.process.steps):
        rule_text = text_or_empty(step.rule)
        if not rule_text:
            continue
        text = view.text(rule_text)
        hit = words.hedge.find(text, unless=words.hedge_exempt)
        if hit and not _CONDITION_SIGNS.search(text.folded) and not words.condition.find(text):
            yield Match(f"process.steps[{at}].rule", {"hit": hit})


@rule(
    "PRO-003",
    ERROR,
    condition="A question was answered by fewer than three different people.",
    message="{n} asked. Ask at least {least}, better {well}, each alone.",
    rationale="Who asks one person hears one process; the others show up in production.",
    source=references.BLOCKERS,
    weak="one manager for all",
    strong="five people, in their own words",
    reads=["process.questions[].answers", "charter.depth"],
)
def people_were_asked(view: RuleContext) -> Matches:
    for at, groups in enumerate(view.groups):
        asked = sum(len(group.people) for group in groups)
        if asked < view.settings.people_asked and not (view.lean and not asked):
            values = {
                "n": asked,
                "least": view.settings.people_asked,
                "well": view.settings.people_asked_well,
            }
            yield Match(f"process.questions[{at}].answers", values)


@rule(
    "PRO-004",
    WARNING,
    condition="Only three or four people answered a question, or all answers are the same, word for word.",
    message="Ask {well}, separately; {found}.",
    rationale="Sentences that are alike to the word were written by one person.",
    source=references.BLOCKERS,
    weak="five times 'as per the manual'",
    strong="five people, in their own words",
    reads=["process.questions[].answers", "charter.depth"],
    suppressed_by=["PRO-003"],
)
def answers_are_their_own(view: RuleContext) -> Matches:
    well = view.settings.people_asked_well
    for at, question in enumerate(view.charter.process.questions):
        asked = sum(len(group.people) for group in view.groups[at])
        said_so = [
            fold(text_or_empty(answer.says)) for answer in question.answers if text_or_empty(answer.says)
        ]
        alike = len(said_so) > 1 and len(set(said_so)) == 1
        if alike or 0 < asked < well:
            found = f"{len(said_so)} identical sentences look copied" if alike else f"{asked} answered so far"
            yield Match(f"process.questions[{at}].answers", {"well": well, "found": found})


@rule(
    "PRO-005",
    ERROR,
    condition="People gave different answers, and the rule, its group, who settled it or the day is missing.",
    message="{k} different answers to '{ask}'. Choose one, with name and day.",
    rationale="Software takes one side of every disagreement; better that somebody chooses which.",
    source=references.BLOCKERS,
    weak="we will align later",
    strong="Account holder if the account ordered within 12 months; settled by Suvi Rautakerr on 3 February",
    reads=[
        f"process.questions[].{key}"
        for key in ("ask", "answers", "settled", "settled_group", "settled_by", "settled_on")
    ],
)
def differences_are_settled(view: RuleContext) -> Matches:
    for at, question in enumerate(view.charter.process.questions):
        groups = view.groups[at]
        if len(groups) < 2:
            continue
        missing = [
            key
            for key in ("settled", "settled_group", "settled_by")
            if not text_or_empty(getattr(question, key))
        ]
        if question.settled_on is None:
            missing.append("settled_on")
        if missing:
            values = {"k": len(groups), "ask": text_or_empty(question.ask) or "this question"}
            yield Match(f"process.questions[{at}].{missing[0]}", values)


@rule(
    "PRO-006",
    WARNING,
    condition="Somebody who answered otherwise has not accepted the settled rule.",
    message="{who} answered otherwise and has not accepted the rule. Ask them, and enter them once they have.",
    rationale="Who was overruled unheard goes on in the old way.",
    source=f"{references.BLOCKERS}; {references.GOALS}",
    weak="nobody was asked",
    strong="all five",
    reads=["process.questions[].accepted_by", "process.questions[].answers", "process.questions[].settled_group",
           "process.questions[].settled", "process.questions[].settled_by", "process.questions[].settled_on"],
    suppressed_by=["PRO-005"],
)  # fmt: skip
def losers_accepted(view: RuleContext) -> Matches:
    for at, question in enumerate(view.charter.process.questions):
        waiting = losers(question, view.groups[at])
        if waiting:
            yield Match(f"process.questions[{at}].accepted_by", {"who": waiting})
