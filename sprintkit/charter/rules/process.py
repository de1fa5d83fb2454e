"""PRO: one process, written down, that people agree on."""

from __future__ import annotations

import re
from typing import Final

from sprintkit.charter.agreement import holdouts
from sprintkit.charter.blank import text_or_empty
from sprintkit.charter.findings import ERROR, WARNING
from sprintkit.charter.lexicon import fold
from sprintkit.charter.rules import references
from sprintkit.charter.rules.context import RuleContext
from sprintkit.charter.rules.rule import Violation, Violations, rule

_CONDITION_SIGN: Final = re.compile(r"[:<>≥≤→]")


@rule(
    "PRO-001",
    ERROR,
    condition="A step that runs automatically has no rule.",
    message="Step {n} runs by itself by no rule. Write the rule or make it human.",
    rationale="A machine without a rule makes one up.",
    source=references.BLOCKERS,
    weak="(nothing)",
    strong="Account holder if the account ordered within 12 months, else next in the depot's rota",
    reads=["process.steps[].mode", "process.steps[].rule", "process.steps[].n"],
)
def find_automatic_steps_without_rule(context: RuleContext) -> Violations:
    for index, step in enumerate(context.charter.process.steps):
        if step.mode == "automatic" and not text_or_empty(step.rule):
            number = index + 1 if step.n is None else step.n
            yield Violation(f"process.steps[{index}].rule", {"n": number})


@rule(
    "PRO-002",
    WARNING,
    condition="A rule hedges (depends, usually, case by case …) and states no condition.",
    message="'{hit}': on what? Write: if …, then …, else …",
    rationale="A person fills the gap with habit. A system cannot.",
    source=references.BLOCKERS,
    weak="Depends on the rep",
    strong="Depends on tier: gold to queue 1, else queue 2",
    reads=["process.steps[].rule"],
    lists=["HEDGE", "HEDGE_EXEMPT", "CONDITION"],
)
def find_hedging_rules(context: RuleContext) -> Violations:
    lexicon = context.lexicon
    if not context.may_match(lexicon.hedge):
        return
    for index, step in enumerate(context.charter.process.steps):
        rule_text = text_or_empty(step.rule)
        if not rule_text:
            continue
        text = context.text(rule_text)
        hedge = lexicon.hedge.first_match(text, exempt=lexicon.hedge_exempt)
        if hedge and not _CONDITION_SIGN.search(text.folded) and not lexicon.condition.first_match(text):
            yield Violation(f"process.steps[{index}].rule", {"hit": hedge})


@rule(
    "PRO-003",
    ERROR,
    condition="Fewer than three people answered a question.",
    message="{n} asked. Ask at least {least}, better {well}, each alone.",
    rationale="Whoever asks one person hears one process. The others show up in production.",
    source=references.BLOCKERS,
    weak="one manager for all",
    strong="five people, in their own words",
    reads=["process.questions[].answers", "charter.depth"],
)
def find_too_few_people_asked(context: RuleContext) -> Violations:
    settings = context.settings
    for index, groups in enumerate(context.answer_groups):
        answered = sum(len(group.people) for group in groups)
        if answered < settings.people_asked and not (context.is_lean and not answered):
            values = {"n": answered, "least": settings.people_asked, "well": settings.people_asked_well}
            yield Violation(f"process.questions[{index}].answers", values)


@rule(
    "PRO-004",
    WARNING,
    condition="Only three or four people answered a question, or all answers are the same, word for word.",
    message="Ask {well}, separately; {found}.",
    rationale="Identical sentences were written by one person.",
    source=references.BLOCKERS,
    weak="five times 'as per the manual'",
    strong="five people, in their own words",
    reads=["process.questions[].answers", "charter.depth"],
    suppressed_by=["PRO-003"],
)
def find_copied_answers(context: RuleContext) -> Violations:
    well = context.settings.people_asked_well
    for index, question in enumerate(context.charter.process.questions):
        answered = sum(len(group.people) for group in context.answer_groups[index])
        sentences = [fold(says) for answer in question.answers if (says := text_or_empty(answer.says))]
        are_identical = len(sentences) > 1 and len(set(sentences)) == 1
        if are_identical or 0 < answered < well:
            identical = f"{len(sentences)} identical sentences look copied"
            values = {"well": well, "found": identical if are_identical else f"{answered} answered so far"}
            yield Violation(f"process.questions[{index}].answers", values)


@rule(
    "PRO-005",
    ERROR,
    condition="People gave different answers, and the rule, its group, who settled it or the date is missing.",
    message="{k} different answers to '{ask}'. Choose one, with name and day.",
    rationale="Software takes one side of every disagreement. Better if somebody chooses which.",
    source=references.BLOCKERS,
    weak="we will align later",
    strong="Account holder if the account ordered within 12 months; settled by Suvi Rautakerr on 3 February",
    reads=[
        f"process.questions[].{key}"
        for key in ("ask", "answers", "settled", "settled_group", "settled_by", "settled_on")
    ],
)
def find_unsettled_questions(context: RuleContext) -> Violations:
    for index, question in enumerate(context.charter.process.questions):
        groups = context.answer_groups[index]
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
            yield Violation(f"process.questions[{index}].{missing[0]}", values)


@rule(
    "PRO-006",
    WARNING,
    condition="Somebody who gave another answer has not accepted the settled rule.",
    message="{who} answered otherwise and has not accepted the rule. Ask them, and add them once they accept it.",
    rationale="Whoever is overruled unheard carries on in the old way.",
    source=f"{references.BLOCKERS}; {references.GOALS}",
    weak="nobody was asked",
    strong="all five",
    reads=[
        f"process.questions[].{key}"
        for key in ("accepted_by", "answers", "settled_group", "settled", "settled_by", "settled_on")
    ],
    suppressed_by=["PRO-005"],
)
def find_holdouts(context: RuleContext) -> Violations:
    for index, question in enumerate(context.charter.process.questions):
        people = holdouts(question, context.answer_groups[index])
        if people:
            yield Violation(f"process.questions[{index}].accepted_by", {"who": people})
