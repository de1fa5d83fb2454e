"""UC: one piece of work, said in words of work."""

from __future__ import annotations

import itertools

from sprintkit.charter.blank import text_or_empty
from sprintkit.charter.findings import WARNING
from sprintkit.charter.lexicon import WordLists
from sprintkit.charter.rules import references
from sprintkit.charter.rules.context import RuleContext
from sprintkit.charter.rules.rule import Match, Matches, rule

_PATH = "use_case.statement"


@rule(
    "UC-001",
    WARNING,
    condition="The first verb of the statement says no work: improve, leverage, enable …",
    message="'{verb}' says no work. Name what it does to a case: assign, draft, flag, hold …",
    rationale="A verb that says no work can neither be built nor be shown to be done.",
    source=f"{references.BLOCKERS}; {references.PLAYBOOK}; {references.SMELLS}",
    weak="Leverage AI to improve lead handling",
    strong="Assign every inbound enquiry to exactly one rep within five minutes, from postcode, class and history",
    reads=[_PATH],
    lists="VAGUE CONCRETE NOUN_OR_VERB NOUNISH NOUN_MARK NOUN_BEFORE CLAUSE PASSIVE IRREGULAR",
)
def says_work(view: RuleContext) -> Matches:
    statement, lists = text_or_empty(view.charter.use_case.statement), view.words
    if not statement or not lists.vague.may_hit(view.passages):
        return
    words = view.text(statement).in_order()
    for at, word in enumerate(words):
        verb = lists.vague.at(words, at)
        if verb is None:
            if lists.concrete.at(words, at):
                return
        elif not _is_noun(words, at, verb, lists):
            yield Match(_PATH, {"verb": word})
            return


def _is_noun(words: list[str], at: int, verb: str, lists: WordLists) -> bool:
    """Whether a vague word is no verb here: "the drive", "support tickets", "boost pump alarms are sorted"."""
    if at and (words[at - 1] in lists.noun_mark or words[at - 1] in lists.noun_before):
        return True
    if verb not in lists.noun_or_verb or at + 1 == len(words):
        return False
    if words[at + 1] in lists.nounish:
        return True
    if words[at + 1] in lists.noun_mark:
        return False
    for word, after in itertools.pairwise(words[at + 2 : at + 8]):
        if word in lists.clause:
            return False
        if word in lists.passive and after.endswith(("ed", "en")):
            return True
    return False


@rule(
    "UC-002",
    WARNING,
    condition="The statement has more than 45 words, a semicolon, or joins two things: as well as, in addition …",
    message="This reads like more than one use case. Keep the one with the clearest metric.",
    rationale="A sprint ends with one deliverable; two use cases share its weeks and neither is finished.",
    source=f"{references.FIXED_SCOPE}; {references.SHAPE_UP}",
    weak="Assign each enquiry to one rep as well as price each quote",
    strong="Assign each enquiry to one rep",
    reads=[_PATH],
    lists="GRABBAG",
)
def one_use_case(view: RuleContext) -> Matches:
    statement = text_or_empty(view.charter.use_case.statement)
    if not statement:
        return
    text = view.text(statement)
    long = len(statement.split()) > view.settings.use_case_words
    if long or text.has(";") or view.words.grabbag.find(text):
        yield Match(_PATH)


@rule(
    "UC-003",
    WARNING,
    condition="The statement names a technology: LLM, machine learning, chatbot …",
    message="Say what is done, not with what ('{hit}'). Technology changes, the use case stays.",
    rationale="Whoever starts from the technology looks for a problem it fits.",
    source=references.RAND,
    weak="Use an LLM to route leads",
    strong="Route each lead to the rep whose depot has the machine",
    reads=[_PATH],
    lists="TECH TECH_EXEMPT",
)
def no_technology(view: RuleContext) -> Matches:
    statement = text_or_empty(view.charter.use_case.statement)
    if statement and view.may_hit(view.words.tech):
        hit = view.words.tech.find(view.text(statement), unless=view.words.tech_exempt)
        if hit:
            yield Match(_PATH, {"hit": hit})
