"""Which single sentence of a reply is an approval, in English, German, Spanish and French.

`reply.judge_reply` judges the whole mail by it.

The lists are short on purpose, and a doubt is never an approval: a sentence that sets a condition, speaks of later or
asks is none, and a mail that says no anywhere is refused as a whole. What is not understood is not taken.
"""

from __future__ import annotations

import re
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
_HARMLESS_NEGATIONS: Final = re.compile(
    r"\b(?:no|without any|keine?|sin|sans) "
    r"(?:further |weiteren? )?(?:problem|worries|objection|comment|change|question|einw[aä]nde?|fragen?|reserva|réserve)\w*"
)
_BOILERPLATE: Final = re.compile(
    r"liabilit|responsib|haftung|responsab|confidential|vertraulich|confidenci|unauthori"
)
"""Words of the notes that companies put under every mail; such a sentence answers nothing."""
_QUOTATION: Final = re.compile(r"“[^”]{0,200}”|\"[^\"]{0,200}\"|«[^»]{0,200}»|„[^“”]{0,200}[“”]")
_HEX_RUN: Final = re.compile(r"\b[0-9a-f]{4,}(?:\s[0-9a-f]{4,})*\b")
_SENTENCE_END: Final = re.compile(r"(?<=[.!?])\s+|\n\s*\n")


def split_sentences(text: str) -> list[str]:
    """The sentences of a text, folded, with every run of blanks as one blank; none is empty.

    They end at a full stop, an exclamation or question mark, and at an empty line, not at the end of a line.
    """
    folded = text.casefold().replace("’", "'")
    sentences = (" ".join(part.split()) for part in _SENTENCE_END.split(folded))
    return [sentence for sentence in sentences if sentence]


def is_approval(sentence: str) -> bool:
    """Whether a sentence, as `split_sentences` gives it, approves without a doubt."""
    words = _own_words(sentence)
    if sentence.endswith("?") or _CONDITIONS.search(words) or _says_no(words):
        return False
    bare = _HEX_RUN.sub(" ", words).strip(" .,;:!–—-")
    return bool(_APPROVALS.search(words) or _WHOLE_ANSWERS.fullmatch(" ".join(bare.split())))


def has_condition(sentence: str) -> bool:
    """Whether a sentence approves, but under a condition or at another time."""
    words = _own_words(sentence)
    return bool(_APPROVALS.search(words) and _CONDITIONS.search(words))


def is_refusal(sentence: str, *, names_digest: bool) -> bool:
    """Whether a sentence says no to what was asked; `names_digest` says that the sentence quotes the digest."""
    words = _own_words(sentence)
    if _REFUSALS.search(words):
        return True
    return bool(_NEGATIONS.search(words) and (names_digest or _AGREEING_STEMS.search(words)))


def _says_no(words: str) -> bool:
    return bool(_NEGATIONS.search(words) or _REFUSALS.search(words))


def _own_words(sentence: str) -> str:
    """The sentence without quotations, harmless phrases such as `no objections`, and companies' notes."""
    if _BOILERPLATE.search(sentence):
        return ""
    return _HARMLESS_NEGATIONS.sub(" ", _QUOTATION.sub(" ", sentence))
