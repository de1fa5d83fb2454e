"""Detects the language of answers by their script or their function words.

Rules that read words can judge only languages with word lists. `charter.language` states the language where detection
fails. Codes are those of ISO 639-1.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

LANGUAGES_WITH_LISTS: Final = ("en", "de", "es", "fr")
"""The languages that sprintkit has word lists for. Every answer is read with all four, since people mix them."""

LANGUAGE_NAMES: Final[dict[str, tuple[str, str]]] = {
    "en": ("English", "english"),
    "de": ("German", "deutsch"),
    "es": ("Spanish", "español"),
    "fr": ("French", "français"),
    "it": ("Italian", "italiano"),
    "pt": ("Portuguese", "português"),
    "nl": ("Dutch", "nederlands"),
    "pl": ("Polish", "polski"),
    "sv": ("Swedish", "svenska"),
    "da": ("Danish", "dansk"),
    "no": ("Norwegian", "norsk"),
    "fi": ("Finnish", "suomi"),
    "cs": ("Czech", "čeština"),
    "ro": ("Romanian", "română"),
    "hu": ("Hungarian", "magyar"),
    "tr": ("Turkish", "türkçe"),
    "ca": ("Catalan", "català"),
    "ja": ("Japanese", "日本語"),
    "zh": ("Chinese", "中文"),
    "ko": ("Korean", "한국어"),
    "ar": ("Arabic", "العربية"),
    "ru": ("Russian", "русский"),
    "uk": ("Ukrainian", "українська"),
    "el": ("Greek", "ελληνικά"),
    "he": ("Hebrew", "עברית"),
    "th": ("Thai", "ไทย"),
    "hi": ("Hindi", "हिन्दी"),
}
"""By code: the English name, and the language's own name for itself."""

_FUNCTION_WORDS: Final[dict[str, frozenset[str]]] = {
    language: frozenset(words.split())
    for language, words in {
        "en": "the of and to is are in for with that it by from on at as this be not or an which after before each every "
        "when who was has have their its than then there between without within until if no one",
        "de": "der die das und ist sind nicht von zu den dem des ein eine einen einem einer mit für auf im am wird werden "
        "nach vor bei aus oder als auch wenn bis durch jede jeder jedes zum zur über noch kein keine",
        "es": "el la los las de del y en que un una por con para se es su al lo como más cada cuando sin desde hasta sobre "
        "son está están pero sus ya hay entre según",
        "fr": "le la les des du et est un une dans pour que qui sur avec par au aux en ne pas ce cette sont chaque sans "
        "leur leurs ou après avant dès se sa son jusqu plus vers chez",
        "it": "il lo la i gli le di del della dei delle degli e che un una per con in nel nella nei nelle al alla ai alle "
        "dal dalla da si è sono non ogni più come dopo prima senza sul sulla o ha viene entro",
        "pt": "o a os as do da dos das de e em no na nos nas um uma que para com por ao à às se é são não cada mais como "
        "depois antes sem sobre pelo pela até está quando ou",
        "nl": "de het een en van is zijn niet in op te voor met dat die door naar aan bij uit als ook wordt worden elke "
        "elk na om over tot geen zonder binnen nog er of",
        "pl": "i w na z do się nie jest są że to dla przez od po za o jak oraz każdy każda każde gdy lub przed bez przy "
        "ich jego który która które do ze we",
        "sv": "och att det som en ett på är av för med den till inte i om har varje när från efter utan innan eller kan "
        "blir ska vid under mellan dem sig alla",
        "da": "og at det som en et på er af for med den til ikke i om har hver når fra efter uden inden eller kan bliver "
        "skal ved under mellem dem sig alle",
        "no": "og at det som en et på er av for med den til ikke i om har hver når fra etter uten innen eller kan blir "
        "skal ved under mellom dem seg alle",
        "fi": "ja on ei että se joka kun tai sekä myös kanssa ennen jälkeen mukaan ovat jos kuin niin mutta ilman joko "
        "jokainen joiden jossa",
        "cs": "a v na se je že do z pro s o jsou není nebo po před každý každá každé když od podle bez při jako který "
        "která které až ve ze",
        "ro": "și în de la cu pe este sunt nu că un o pentru din care se fiecare după înainte fără sau al ale ca mai prin "
        "dacă până",
        "hu": "a az és hogy nem egy van is minden vagy ha meg mint amikor után előtt nélkül akkor ki be csak kell ezt azt",
        "tr": "ve bir bu için ile de da ne her olarak veya sonra önce kadar gibi olan değil ise en göre daha çok",
        "ca": "el la els les de del i en que un una per amb és al com cada quan sense des fins són més dels als aquest "
        "aquesta seva seu",
    }.items()
}
FUNCTION_WORDS: Final = frozenset().union(*_FUNCTION_WORDS.values())
"""Words of any language that carry no meaning by themselves."""
IBERIAN_WORDS: Final = (
    (_FUNCTION_WORDS["es"] | _FUNCTION_WORDS["pt"]) - _FUNCTION_WORDS["en"] - {"a", "do", "me"}
)
"""Spanish and Portuguese function words; next to them "todo" means "all"."""
_LISTED_FUNCTION_WORDS: Final = frozenset().union(
    *(_FUNCTION_WORDS[language] for language in LANGUAGES_WITH_LISTS)
)
_MIN_FUNCTION_WORDS: Final = 4
"""How many different function words it takes to detect a language."""
_PLENTY_OF_ENGLISH: Final = 15
"""With this many English function words, no other language is considered."""
_MIN_LEAD: Final = 1.25
"""How many times as many function words the language needs as any other."""
_FEW_WORDS: Final = 40
"""With fewer different words in all, missing function words prove nothing."""

_SCRIPTS: Final = (
    ("ja", re.compile("[\u3040-\u30ff]+")),
    ("ko", re.compile("[\uac00-\ud7af\u1100-\u11ff]+")),
    ("zh", re.compile("[\u4e00-\u9fff]+")),
    ("uk", re.compile("[іїєґІЇЄҐ]+")),
    ("ru", re.compile("[\u0400-\u04ff]+")),
    ("ar", re.compile("[\u0600-\u06ff]+")),
    ("he", re.compile("[\u0590-\u05ff]+")),
    ("el", re.compile("[\u0370-\u03ff]+")),
    ("th", re.compile("[\u0e00-\u0e7f]+")),
    ("hi", re.compile("[\u0900-\u097f]+")),
)
"""The order matters: Japanese text has Chinese characters too, and Ukrainian text Russian letters."""
_OTHER_SCRIPT: Final = re.compile(
    "[\u0370-\u04ff\u0590-\u06ff\u0900-\u097f\u0e00-\u0e7f\u1100-\u11ff\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]+"
)
_LETTER: Final = re.compile(r"[^\W\d_]+")


def detect_language(text: str, words: Collection[str]) -> str | None:
    """The code of the language of a folded text, whose different words are `words`; None if it cannot be told.

    A word that several languages share counts for each of them, so a text of such words alone stays undecided.
    """
    if not text.isascii():
        language = _detect_by_script(text)
        if language is not None:
            return language
    if len(_FUNCTION_WORDS["en"].intersection(words)) >= _PLENTY_OF_ENGLISH:
        return "en"
    counts = sorted(
        ((len(known.intersection(words)), code) for code, known in _FUNCTION_WORDS.items()), reverse=True
    )
    (most, language), (second, _) = counts[:2]
    return language if most >= _MIN_FUNCTION_WORDS and most >= _MIN_LEAD * second else None


def _detect_by_script(text: str) -> str | None:
    """The language of a text that is mostly in a non-Latin script; None for other texts and scripts."""
    non_latin = _count_letters(_OTHER_SCRIPT, text)
    if not non_latin or 3 * non_latin < _count_letters(_LETTER, text):
        return None
    for language, pattern in _SCRIPTS:
        if _count_letters(pattern, text) * 50 >= non_latin:
            return language
    return None


def _count_letters(runs: re.Pattern[str], text: str) -> int:
    """The number of letters that `runs` matches. Matching runs of letters is faster than matching single ones."""
    return sum(map(len, runs.findall(text)))


def is_readable(language: str | None, words: Collection[str]) -> bool:
    """Whether the word lists can judge a text with these different words.

    If its language is unknown, they can, unless the text has many words and none of them is a function word of the
    four languages.
    """
    if language is not None:
        return language in LANGUAGES_WITH_LISTS
    return len(words) < _FEW_WORDS or not _LISTED_FUNCTION_WORDS.isdisjoint(words)


def language_code(typed: str) -> str:
    """The code of a language typed as a code ("it", "pt-BR"), or by its English or own name; else the folded text."""
    folded = " ".join(typed.casefold().split())
    for code, names in LANGUAGE_NAMES.items():
        if folded in (code, *(name.casefold() for name in names)) or re.split("[-_]", folded)[0] == code:
            return code
    return folded


def language_name(code: str) -> str:
    """The English name of a language; the code itself if it is unknown."""
    return LANGUAGE_NAMES[code][0] if code in LANGUAGE_NAMES else code


def silence_notice(language: str | None, silent_rules: int) -> str:
    """Tells the user that `silent_rules` rules cannot judge answers in this language; empty for 0."""
    if not silent_rules:
        return ""
    count = f"{silent_rules} rules that read words cannot judge them"
    if language is None:
        return f"Nobody can tell which language the answers are in. {count}; say it in charter.language, or read them yourselves."
    verdict = f"look {language_name(language)}" if language in LANGUAGE_NAMES else f"are in '{language}'"
    return f"The answers {verdict}. {count}; add `[words.{language}]` or read them yourselves."
