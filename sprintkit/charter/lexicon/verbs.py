"""Lists of verbs that match in any of their forms."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from sprintkit.charter.lexicon.text import Text, fold


class VerbList:
    """A list of verbs, found in any of their forms. A verb may have several words: "check in"."""

    __slots__ = ("_first_words", "_inflected", "_irregular", "_longest", "_uninflected", "_verb_by_form")

    def __init__(
        self,
        uninflected: Iterable[str] = (),
        inflected: Iterable[str] = (),
        irregular: Iterable[str] = (),
        *,
        by_language: Mapping[str, Iterable[str]] = {},
    ) -> None:
        """`uninflected` verbs match as they are, `inflected` ones in all regular English forms.

        `irregular` adds further forms, each written "verb=form". Verbs `by_language` (a code of `VERB_FORMS`) match in
        the regular forms of that language.
        """
        self._uninflected = tuple(uninflected)
        self._inflected = (
            ("en", tuple(inflected)),
            *((code, tuple(verbs)) for code, verbs in by_language.items()),
        )
        self._irregular = tuple(irregular)
        self._verb_by_form: dict[str, str] | None = None
        self._first_words: frozenset[str] | None = None
        self._longest = 1

    @property
    def verb_by_form(self) -> dict[str, str]:
        """The verb that each form belongs to."""
        if self._verb_by_form is None:
            verbs = {fold(verb): fold(verb) for verb in self._uninflected}
            for language, inflected in self._inflected:
                for verb in map(fold, inflected):
                    first, _, rest = verb.partition(" ")
                    for form in VERB_FORMS[language](first):
                        if language != "en" and form in _OTHER_WORDS:
                            continue
                        verbs.setdefault(f"{form} {rest}".strip(), verb.replace("|", ""))
            bases = set(verbs.values())
            for pair in self._irregular:
                verb, _, form = pair.partition("=")
                if verb in bases:
                    verbs[form] = verb
            self._longest = max((form.count(" ") + 1 for form in verbs), default=1)
            self._verb_by_form = verbs
        return self._verb_by_form

    def may_match(self, text: Text) -> bool:
        """False if no verb can be in the text."""
        if self._first_words is None:
            self._first_words = frozenset(form.partition(" ")[0] for form in self.verb_by_form)
        return not self._first_words.isdisjoint(text.words)

    def match_at(self, words: list[str], index: int) -> str | None:
        """The longest verb that begins at `words[index]`, in its base form, or None."""
        verbs = self._verb_by_form if self._verb_by_form is not None else self.verb_by_form
        for length in range(self._longest, 1, -1):
            verb = verbs.get(" ".join(words[index : index + length]))
            if verb is not None:
                return verb
        return verbs.get(words[index])


def verb_forms(verb: str) -> Iterator[str]:
    """The regular forms of an English verb: route, routes, routed, routing; copy, copies; flag, flagging."""
    yield verb
    if verb == "be":
        return
    if verb == "see":  # "seed" is another word
        yield from ("sees", "seeing")
    elif verb.endswith("e"):
        yield from (verb + "s", verb + "d", verb[:-1] + "ing")
    elif verb.endswith("y") and verb[-2:-1] not in tuple("aeiou"):
        yield from (verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing")
    else:
        yield verb + ("es" if verb.endswith(("s", "x", "z", "ch", "sh")) else "s")
        yield from (verb + "ed", verb + "ing")
        if re.search(r"[^aeiou][aeiou][bdfglmnprt]$", verb):
            yield from (verb + verb[-1] + "ed", verb + verb[-1] + "ing")


def german_forms(verb: str) -> Iterator[str]:
    """The regular forms of a German verb, its participle declined. "zu|ordnen" is separable: zugeordnet, ordnet."""
    prefix, _, base = verb.rpartition("|")
    prefix = prefix.replace("|", "")
    yield prefix + base
    if not base.endswith("n") or " " in base:  # a noun such as "Optimierung"
        return
    stem = base[:-2] if base.endswith("en") else base[:-1]
    linking = "e" if re.search(r"[td]$|[^aeiouäöürlh][mn]$", stem) else ""
    third = f"{stem}{linking}t"
    yield from (f"{prefix}{third}", third, f"{prefix}{stem}e", f"{stem}e")
    yield from (f"{prefix}zu{base}",) if prefix else ()
    has_ge = not base.endswith("ieren") and not base.startswith(_INSEPARABLE)
    participle = f"{prefix}ge{third}" if has_ge else f"{prefix}{third}"
    yield from (participle + ending for ending in ("", "e", "en", "er", "es"))


_OTHER_WORDS: Final = frozenset(
    [
        "base",
        "bases",
        "box",
        "case",
        "cases",
        "charge",
        "charges",
        "compare",
        "compares",
        "consultant",
        "consultants",
        "da",
        "date",
        "dates",
        "de",
        "den",
        "di",
        "dice",
        "compte",
        "dote",
        "examiners",
        "guide",
        "guides",
        "hole",
        "juge",
        "legs",
        "marque",
        "mine",
        "note",
        "notes",
        "observers",
        "page",
        "pages",
        "passe",
        "passes",
        "payer",
        "payers",
        "place",
        "places",
        "plant",
        "porter",
        "porters",
        "quite",
        "range",
        "ranges",
        "registrar",
        "resume",
        "retires",
        "router",
        "routers",
        "scanner",
        "scanners",
        "suit",
        "tape",
        "tapes",
        "tries",
        "use",
        "uses",
        "van",
    ]
)
"""Forms of German, Spanish and French verbs that are other words in English, or no verbs in their own language."""
_INSEPARABLE: Final = ("be", "emp", "ent", "er", "ge", "miss", "ver", "zer", "über", "unter", "wider")


def spanish_forms(verb: str) -> Iterator[str]:
    """The forms of a regular Spanish verb in the third person, with participles and pronouns: enviarlo, enviado."""
    yield verb
    stem, ending = verb[:-2], verb[-2:]
    if ending not in ("ar", "er", "ir"):
        return
    yield from (verb + pronoun for pronoun in ("lo", "la", "los", "las", "le", "les", "se", "selo", "sela"))
    vowel, participle = ("a", "ad") if ending == "ar" else ("e", "id")
    other = "e" if vowel == "a" else "a"
    yield from (stem + vowel, f"{stem}{vowel}n", stem + other, f"{stem}{other}n")
    yield from (stem + participle + end for end in ("o", "a", "os", "as"))
    yield stem + ("ando" if vowel == "a" else "iendo")


def french_forms(verb: str) -> Iterator[str]:
    """The forms of a regular French verb in the third person and the imperative, with its participles."""
    yield verb
    stem = verb[:-2]
    endings: tuple[str, ...]
    if verb.endswith("er"):
        endings = ("e", "ent", "es", "é", "ée", "és", "ées", "ez", "ons", "ant")
    elif verb.endswith("ir"):
        endings = ("it", "issent", "i", "ie", "is", "ies", "issez", "issant")
    elif verb.endswith("re"):
        endings = ("", "ent", "s", "u", "ue", "us", "ues", "ez", "ant")
    else:
        return
    yield from (stem + ending for ending in endings)


VERB_FORMS: Final[Mapping[str, Callable[[str], Iterator[str]]]] = {
    "en": verb_forms,
    "de": german_forms,
    "es": spanish_forms,
    "fr": french_forms,
}
"""The forms of a verb, by the code of its language."""
