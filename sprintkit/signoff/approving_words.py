"""Decides whether a single sentence of a reply is an approval, in English, German, Spanish and French.

`reply.judge_reply` applies it to a whole mail.

The lists are short on purpose, and a doubtful sentence is never an approval: one that sets a condition, refers to a later
time or asks a question does not count, and a mail that says no anywhere is refused as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

_APPROVALS: Final = re.compile(
    r"""
      \b(?:i|we)\s(?:(?:hereby|herewith|fully|formally|gladly|happily|also|do|am\s(?:happy|glad|pleased)\sto)\s){0,3}
        (?:approve|agree(?!\sthat)|accept|sign)\b
    | (?<!be\s)(?<!as\s)\b(?:approved|agreed|accepted|signed\soff)\b
    | \b(?:you\shave|i\s(?:hereby\s)?give|we\s(?:hereby\s)?give)\s(?:you\s)?(?:my|our)\s(?:full\s|formal\s)?
        (?:approval|agreement|consent|sign-off)\b

    | \b(?:genehmige|billige|akzeptiere|befürworte|unterschreibe|unterzeichne)\b
    | \bwir\s(?:genehmigen|billigen|akzeptieren|befürworten)\b
    | \b(?:genehmigen|billigen|akzeptieren|befürworten)\swir\b
    | \b(?:genehmigt|gebilligt|freigegeben|einverstanden|akzeptiert)\b
    | \bstimmen?\s(?:\S+\s){0,8}?zu\b
    | \bgeben?\s(?:\S+\s){0,8}?(?:frei|meine\s(?:zustimmung|freigabe))\b

    | \b(?:apruebo|aprobamos|acepto|aceptamos|autorizo|autorizamos|firmo)\b
    | \b(?:aprobad[oa]|aceptad[oa]|autorizad[oa]|conforme(?!\sa\b))\b
    | \b(?:estoy|estamos)\sde\sacuerdo\b
    | \bdoy\s(?:mi|el)\s(?:aprobación|visto\sbueno|conformidad)\b

    | \b(?:approuve|approuvons|accepte|acceptons|valide|validons|signe)\b
    | \b(?:approuvée?|acceptée?|validée?)\b
    | \b(?:suis|sommes)\sd'accord\b
    | \bbon\spour\saccord\b
    | \bdonne\smon\s(?:accord|approbation)\b
    """,
    re.VERBOSE,
)
_WHOLE_ANSWERS: Final = re.compile(
    r"(?:yes|ok|okay|approve|agree|agreed|ja|oui|sí|de acuerdo|d'accord|zustimmung|freigabe)"
    r"(?:,? (?:to|zu|a|à|for|für))?"
)
"""Short answers that approve only as a whole sentence: `Yes, I will read it` does not."""
_CONDITIONS: Final = re.compile(
    r"""
      \b(?:if|once|unless|until|provided|as\ssoon\sas|subject\sto|when|after(?!\s(?:reading|having))|as\slong\sas
        |on\scondition|but|except|pending|would|will\sbe)\b
    | \b(?:wenn|falls|sobald|sofern|solange|vorausgesetzt|vorbehaltlich|unter\sder\sbedingung|erst|aber|ausser
        |wird|werden?|würden?|soll(?:te)?|muss)\b
    | \b(?:si|cuando|siempre\sque|a\scondición|pero|salvo|excepto|a\sreserva)\b
    | \b(?:quand|dès\sque|à\scondition|sous\sréserve|mais|sauf|lorsque|pourvu)\b
    """,
    re.VERBOSE,
)
_NEGATIONS: Final = re.compile(
    r"""
      \b(?:no|not|never|cannot|cant|dont|wont|nor|neither|unable|withhold)\b | n't\b
    | \b(?:nicht|nie|niemals|kein\w*|weder)\b
    | \b(?:nunca|tampoco|jamás)\b
    | \b(?:ne|pas|jamais|non)\b | \bn'(?=\w)
    """,
    re.VERBOSE,
)
_AGREEING_STEMS: Final = re.compile(
    r"\b(?:approv|agree|genehmig|einverstanden|zustimm|freigeben|freigegeben|billig|aprueb|aprob|de acuerdo|approuv|d'accord)"
    r"|\bstimmen?\b.{0,80}\bzu\b"
)
_REFUSALS: Final = re.compile(
    r"""
      ^\W*(?:no|nope|nein|non|nej)\b
    | \b(?:reject|rejected|disapprove|disapproved|disagree)\b | \b(?:i|we)\s(?:refuse|decline|object)\b
    | \b(?:lehne[n]?|abgelehnt|ablehnen)\b
    | \b(?:rechazo|rechazamos|rechazad[oa]|desapruebo)\b
    | \b(?:je|nous)\s(?:refuse|rejette|désapprouve)\w*\b | \b(?:refusé|rejeté)e?\b
    """,
    re.VERBOSE,
)
_RETRACTIONS: Final = re.compile(
    r"""
      \b(?:by\saccident|accidentally|mistakenly|erroneously|inadvertently|unintentionally|in\serror|no\slonger
        |never\smind|ignore|disregard|withdr[ae]w\w*|revok\w+|retract\w*|rescind\w*)\b
    | \b(?:by|my|a)\smistake\b | \bmistake\sof\smine\b | \b(?:take|taking|took|taken)\s(?:\S+\s){0,5}?back\b
    | \b(?:irrtümlich\w*|versehentlich|aus\sversehen|fälschlich\w*|widerruf\w*|ignorier\w*|hinfällig|gegenstandslos)\b
    | \b(?:ziehe?n?|zog|nehmen?|nahm)\s(?:\S+\s){0,8}?zurück\b | \bzurück(?:ge|zu)?(?:z[io][eg]|neh|nom)\w*
    | \b(?:por\s(?:error|equivocación)|sin\squerer|me\sequivoqué|ignor(?:e|en|ad|ar|adlo|enlo|elo)|caso\somiso|ya\sno
        |retir(?:o|amos|ar|ada|ado)|anul(?:o|amos|ar|ada|ado)|revoc(?:o|amos|ar|ada|ado))\b
    | \bpar\s(?:erreur|mégarde)\b | \berreur\sde\s(?:ma|notre)\spart\b | \breviens\ssur\b | \btenir\scompte\b
    | \b(?:ignore[rz]|retir(?:e|ons|er|ée?)|annul(?:e|ons|er|ez|ée?)|révoqu(?:e|ons|er|ée?))\b
    """,
    re.VERBOSE,
)
_BACK_REFERENCES: Final = re.compile(
    r"^\W*(?:actually|sorry|or\srather|this|that|it|das|dies|es|doch|eigentlich|esto|eso|en\srealidad|cela|ceci|ça|ce|c'|en\sfait)\b"
    r"|\b(?:meant|intended|valid|gemeint|gültig|válid[oa]|valable)\b"
)
"""Words that make a `not` in the next sentence refer to the approval, unlike `I will not be in on Friday`."""
_MISDIRECTED: Final = re.compile(
    r"\b(?:received?|receipt|recipient|erhalten|empfänger|recib\w+|reçu\w*|destinat\w+)\b"
)
"""Words of the notes for people who have received a mail by mistake."""
_HARMLESS_NEGATIONS: Final = re.compile(
    r"\b(?:no|without any|keine?|sin|sans) "
    r"(?:further |weiteren? )?(?:problem|worries|objection|comment|change|question|einw[aä]nde?|fragen?|reserva|réserve)\w*"
)
_BOILERPLATE: Final = re.compile(
    r"liabilit|responsib|haftung|responsab|confidential|vertraulich|confidenci|unauthori"
)
"""Words of the notes that companies append to every mail; a sentence with one of them answers nothing."""
_MAX_INTERJECTION_WORDS: Final = 3
"""Most words of a sentence, such as `Sorry.`, that may stand between an approval and its retraction."""
_QUOTATION: Final = re.compile(r"“[^”]{0,200}”|\"[^\"]{0,200}\"|«[^»]{0,200}»|„[^“”]{0,200}[“”]")
_HEX_RUN: Final = re.compile(r"\b[0-9a-f]{4,}(?:\s[0-9a-f]{4,})*\b")
_SENTENCE_END: Final = re.compile(r"(?<=[.!?])\s+|\n\s*\n")


def split_sentences(text: str) -> list[str]:
    """The sentences of a text, folded, each run of white space replaced by a space; none is empty.

    They end at a full stop, an exclamation or question mark, and at an empty line, not at the end of a line.
    """
    folded = text.casefold().replace("’", "'")
    sentences = (" ".join(part.split()) for part in _SENTENCE_END.split(folded))
    return [sentence for sentence in sentences if sentence]


def is_approval(sentence: str) -> bool:
    """Whether a sentence from `split_sentences` approves beyond doubt."""
    words = _own_words(sentence)
    if sentence.endswith("?") or _CONDITIONS.search(words) or _says_no(words) or _RETRACTIONS.search(words):
        return False
    bare = _HEX_RUN.sub(" ", words).strip(" .,;:!–—-")
    return bool(_APPROVALS.search(words) or _WHOLE_ANSWERS.fullmatch(" ".join(bare.split())))


def has_condition(sentence: str) -> bool:
    """Whether a sentence approves, but under a condition or at another time."""
    words = _own_words(sentence)
    return bool(_APPROVALS.search(words) and _CONDITIONS.search(words))


def is_retracted_approval(sentence: str) -> bool:
    """Whether a sentence approves and takes that back: `I approved it by mistake`."""
    words = _own_words(sentence)
    return bool(_APPROVALS.search(words) and _RETRACTIONS.search(words))


def find_retraction(following: Sequence[str]) -> str | None:
    """The first of the sentences `following` an approval that takes it back; None if none does.

    The next sentence may do so, even after short ones such as `Sorry.`; a later one only if it names the approval.
    """
    is_next = True
    for sentence in following:
        words = _own_words(sentence)
        retracts = bool(_RETRACTIONS.search(words)) and not _MISDIRECTED.search(words)
        if retracts and (is_next or _AGREEING_STEMS.search(words)):
            return sentence
        if is_next and _NEGATIONS.search(words) and _BACK_REFERENCES.search(words):
            return sentence
        is_next = is_next and len(sentence.split()) <= _MAX_INTERJECTION_WORDS
    return None


def is_refusal(sentence: str, *, names_digest: bool) -> bool:
    """Whether a sentence says no to what was asked; `names_digest` if it quotes the digest."""
    words = _own_words(sentence)
    if _REFUSALS.search(words):
        return True
    return bool(_NEGATIONS.search(words) and (names_digest or _AGREEING_STEMS.search(words)))


def _says_no(words: str) -> bool:
    return bool(_NEGATIONS.search(words) or _REFUSALS.search(words))


def _own_words(sentence: str) -> str:
    """The sentence without quotations and harmless phrases such as `no objections`; empty for a company's note."""
    if _BOILERPLATE.search(sentence):
        return ""
    return _HARMLESS_NEGATIONS.sub(" ", _QUOTATION.sub(" ", sentence))
