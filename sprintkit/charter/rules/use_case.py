"""UC: one piece of work, described as work."""

from __future__ import annotations

import itertools

from sprintkit.charter.blank import text_or_empty
from sprintkit.charter.findings import WARNING
from sprintkit.charter.lexicon import Lexicon
from sprintkit.charter.rules import references
from sprintkit.charter.rules.context import RuleContext
from sprintkit.charter.rules.rule import Violation, Violations, rule

_STATEMENT = "use_case.statement"


@rule(
    "UC-001",
    WARNING,
    condition="The first verb of the statement names no particular work: improve, leverage, enable …",
    message="'{verb}' says no work. Name what it does to a case: assign, draft, flag, hold …",
    rationale="Work that is not named can neither be built nor shown to be done.",
    source=f"{references.BLOCKERS}; {references.PLAYBOOK}; {references.SMELLS}",
    weak="Leverage AI to improve lead handling",
    strong="Assign every inbound enquiry to exactly one rep within five minutes, from postcode, class and history",
    reads=[_STATEMENT],
    lists=["VAGUE", "CONCRETE", "NOUN_OR_VERB", "NOUNISH", "NOUN_MARK", "NOUN_BEFORE", "CLAUSE", "PASSIVE",
           "IRREGULAR"],
)  # fmt: skip
def find_vague_verb(context: RuleContext) -> Violations:
    statement, lexicon = text_or_empty(context.charter.use_case.statement), context.lexicon
    if not statement or not lexicon.vague.may_match(context.joined_texts):
        return
    words = context.text(statement).words_in_order()
    for index, word in enumerate(words):
        verb = lexicon.vague.match_at(words, index)
        if verb is None:
            if lexicon.concrete.match_at(words, index):
                return
        elif not _is_noun(words, index, verb, lexicon):
            yield Violation(_STATEMENT, {"verb": word})
            return


def _is_noun(words: list[str], index: int, verb: str, lexicon: Lexicon) -> bool:
    """Whether a vague verb is a noun here: "the drive", "support tickets", "boost pump alarms are sorted"."""
    if index and (words[index - 1] in lexicon.noun_mark or words[index - 1] in lexicon.noun_before):
        return True
    if verb not in lexicon.noun_or_verb or index + 1 == len(words):
        return False
    if words[index + 1] in lexicon.nounish:
        return True
    if words[index + 1] in lexicon.noun_mark:
        return False
    for word, following in itertools.pairwise(words[index + 2 : index + 8]):
        if word in lexicon.clause:
            return False
        if word in lexicon.passive and following.endswith(("ed", "en")):
            return True
    return False


@rule(
    "UC-002",
    WARNING,
    condition="The statement has more than 45 words or a semicolon, or joins two things: as well as, in addition …",
    message="This reads like more than one use case. Keep the one with the clearest metric.",
    rationale="A sprint ends with one deliverable. Two use cases share its weeks, and neither is finished.",
    source=f"{references.FIXED_SCOPE}; {references.SHAPE_UP}",
    weak="Assign each enquiry to one rep as well as price each quote",
    strong="Assign each enquiry to one rep",
    reads=[_STATEMENT],
    lists=["GRABBAG"],
)
def find_several_use_cases(context: RuleContext) -> Violations:
    statement = text_or_empty(context.charter.use_case.statement)
    if not statement:
        return
    text = context.text(statement)
    is_long = len(statement.split()) > context.settings.use_case_words
    if is_long or text.contains(";") or context.lexicon.grabbag.first_match(text):
        yield Violation(_STATEMENT)


@rule(
    "UC-003",
    WARNING,
    condition="The statement names a technology: LLM, machine learning, chatbot …",
    message="Say what is done, not with what ('{hit}'). Technology changes, the use case stays.",
    rationale="Whoever starts from a technology looks for a problem that fits it.",
    source=references.RAND,
    weak="Use an LLM to route leads",
    strong="Route each lead to the rep whose depot has the machine",
    reads=[_STATEMENT],
    lists=["TECH", "TECH_EXEMPT"],
)
def find_technology(context: RuleContext) -> Violations:
    statement, lexicon = text_or_empty(context.charter.use_case.statement), context.lexicon
    if statement and context.may_match(lexicon.tech):
        technology = lexicon.tech.first_match(context.text(statement), exempt=lexicon.tech_exempt)
        if technology:
            yield Violation(_STATEMENT, {"hit": technology})
