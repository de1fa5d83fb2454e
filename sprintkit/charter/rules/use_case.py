"""UC: one piece of work, described as work."""

from __future__ import annotations

import itertools
import re
from typing import Final

from sprintkit.charter.blank import text_or_empty
from sprintkit.charter.findings import WARNING
from sprintkit.charter.lexicon import Lexicon, Text
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
    lists=["VAGUE", "VAGUE_OPENING", "CONCRETE", "NOUN_OR_VERB", "NOUNISH", "NOUN_MARK", "NOUN_BEFORE", "CLAUSE", "PASSIVE",
           "NOUN_TOO", "AFTER_NOUN", "PHYSICAL", "CASE_MARK", "ABSTRACT", "IRREGULAR"],
)  # fmt: skip
def find_vague_verb(context: RuleContext) -> Violations:
    statement, lexicon = text_or_empty(context.charter.use_case.statement), context.lexicon
    if not statement:
        return
    words = context.text(statement).words_in_order()
    if words and lexicon.vague_opening.match_at(words, 0) and not _begins_a_noun(words, lexicon):
        yield Violation(_STATEMENT, {"verb": words[0]})
        return
    if not lexicon.vague.may_match(context.joined_texts):
        return
    for index, word in enumerate(words):
        verb = lexicon.vague.match_at(words, index)
        if verb is None:
            if lexicon.concrete.match_at(words, index) and not _is_plural(words, index, lexicon):
                return
        elif _is_physical(words, index, lexicon):
            return
        elif not _is_noun(words, index, verb, lexicon):
            yield Violation(_STATEMENT, {"verb": word})
            return


def _begins_a_noun(words: list[str], lexicon: Lexicon) -> bool:
    """Whether the first word is part of the subject of a passive sentence, as in "process water is tested"."""
    return any(
        word in lexicon.passive and following.endswith(("ed", "en"))
        for word, following in itertools.pairwise(words[2:8])
    )


def _is_plural(words: list[str], index: int, lexicon: Lexicon) -> bool:
    """Whether an apparent concrete verb is a plural noun: "requests" in "process client requests"."""
    if not words[index].endswith("s") or not lexicon.noun_too.match_at(words, index):
        return False
    if index + 1 == len(words):
        return True
    return words[index + 1] in lexicon.after_noun or lexicon.vague.match_at(words, index + 1) is not None


def _is_physical(words: list[str], index: int, lexicon: Lexicon) -> bool:
    """Whether a vague verb names work on a thing: "unlock the meter cabinet", "transform each note into a draft"."""
    verb = lexicon.physical.match_at(words, index)
    if verb is None:
        return False
    if index + 1 == len(words):  # "a list of rooms to unlock"
        object_words = words[max(0, index - 5) : index]
    elif words[index + 1] in lexicon.case_mark and (verb != "transform" or "into" in words[index:]):
        object_words = words[index + 2 : index + 7]
    else:
        return False
    return not any(
        word in lexicon.abstract or " ".join(object_words[start : start + 2]) in lexicon.abstract
        for start, word in enumerate(object_words)
    )


def _is_noun(words: list[str], index: int, verb: str, lexicon: Lexicon) -> bool:
    """Whether a vague verb is used as a noun: "the drive", "support tickets", "boost pump alarms are sorted"."""
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
    condition="The statement has more than 45 words, begins another piece of work after a semicolon, or joins two things: "
    "as well as, in addition …",
    message="This reads like more than one use case. Keep the one with the clearest metric.",
    rationale="A sprint ends with one deliverable. Two use cases share its weeks, and neither is finished.",
    source=f"{references.FIXED_SCOPE}; {references.SHAPE_UP}",
    weak="Assign each enquiry to one rep as well as price each quote",
    strong="Assign each enquiry to one rep",
    reads=[_STATEMENT],
    lists=["GRABBAG", "SAME_CASE", "SYSTEM", "CONCRETE", "IRREGULAR"],
    rests_on_words=False,
)
def find_several_use_cases(context: RuleContext) -> Violations:
    statement = text_or_empty(context.charter.use_case.statement)
    if not statement:
        return
    text = context.text(statement)
    is_long = len(statement.split()) > context.settings.use_case_words
    if is_long or _begins_other_work(text, context.lexicon) or context.lexicon.grabbag.first_match(text):
        yield Violation(_STATEMENT)


def _begins_other_work(text: Text, lexicon: Lexicon) -> bool:
    """Whether a semicolon is followed by other work, and not by what somebody does with the same case."""
    if not text.contains(";"):
        return False
    for clause in text.raw.split(";")[1:]:
        following = Text(clause.strip())
        is_work = lexicon.concrete.match_at(following.words_in_order() or [""], 0) is not None
        is_same_case = lexicon.same_case.begins(following) or (
            not is_work and _SOMEBODY_DOES.match(following.raw) is not None
        )
        if following.raw and (not is_same_case or lexicon.system.begins(following)):
            return True
    return False


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


_SOMEBODY_DOES: Final = re.compile(r"[A-Z][\w'.-]+ (?:[A-Z][\w'-]+ )?[a-zäöü]{2,}[st]\b")
"""A capitalised word, a name or a German noun, and a verb in the third person: "Ravi waves it in"."""
