"""How words and phrases are found in what people typed.

Both sides are folded first (NFKC, case, typographic apostrophes, blanks), and an entry is never found inside
a word: in "flag bragging rights" there is no "rag". Scripts written without spaces have no such edges.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final

CUT: Final = "\x00"
"""Stands where something was cut out, so that no phrase reaches across the gap."""

_ALIKE: Final = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛", "'"),
        **dict.fromkeys("“”„‟«»", '"'),
        **dict.fromkeys("‐‑‒", "-"),
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", ""),
    }
)
_BLANKS: Final = ("  ", *"\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f")
"""What blanks to fold look like in ASCII; a long text is seldom worth splitting and joining."""
_WORD: Final = re.compile(r"[\w-]+")
_ONLY_WORDS: Final = "".join(char if char.isalnum() or char in "_-" else " " for char in map(chr, range(128)))
"""ASCII text translated with it is words and blanks; three times as fast as searching for words."""
_QUOTED: Final = re.compile(r"""(?<!\w)'[^']{1,40}'(?!\w)|"[^"]{1,40}"|`[^`]{1,40}`""")
_QUOTES: Final = re.compile(r"""['"`]""")
_UNSPACED: Final = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3040-\u30ff\u3130-\u318f\u3400-\u4dbf"
    "\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003134f]"
)
"""Thai, Lao, Burmese, Khmer, kana, Hangul and Han."""
_COMMON: Final = frozenset(
    (
        *(
            "a",
            "an",
            "and",
            "as",
            "at",
            "be",
            "but",
            "by",
            "for",
            "if",
            "in",
            "is",
            "it",
            "less",
            "more",
            "not",
        ),
        *("of", "on", "or", "so", "some", "such", "that", "the", "this", "to", "with"),
    )
)
"""Poor anchors: nearly every text has them."""


def fold(text: str) -> str:
    """A text as it is compared: "Ｔｂｄ " and "tbd" are one."""
    if text.isascii():
        if len(text) > 400 and not any(blank in text for blank in _BLANKS):
            return text.lower().strip()
        return " ".join(text.lower().split())
    return " ".join(unicodedata.normalize("NFKC", text).translate(_ALIKE).casefold().split())


def is_unspaced(text: str) -> bool:
    """Whether a text has letters of a script that puts no spaces between words."""
    return not text.isascii() and _UNSPACED.search(text) is not None


class Text:
    """A text with what the lists ask of it, each computed once and only when it is asked."""

    __slots__ = ("_folded", "_plain", "_words", "raw")

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self._folded: str | None = None
        self._words: frozenset[str] | None = None
        self._plain: Text | None = None

    @property
    def folded(self) -> str:
        """It as it is compared."""
        if self._folded is None:
            self._folded = fold(self.raw)
        return self._folded

    @property
    def words(self) -> frozenset[str]:
        """The words in it."""
        if self._words is None:
            self._words = frozenset(self.in_order())
        return self._words

    def in_order(self) -> list[str]:
        """Its words one after the other."""
        raw = self.raw
        return raw.lower().translate(_ONLY_WORDS).split() if raw.isascii() else _WORD.findall(self.folded)

    def has(self, signs: str) -> bool:
        """Whether signs (no letters) stand in it."""
        return signs in (self.raw if self.raw.isascii() else self.folded)

    @property
    def plain(self) -> Text:
        """It without quoted stretches of up to 40 characters: what is quoted is mentioned, not said."""
        if self._plain is None:
            folded = self.folded
            cut = _QUOTED.sub(CUT, folded) if _QUOTES.search(folded) else folded
            self._plain = self if cut == folded else Text(cut)
        return self._plain


class Phrases:
    """A list of words and phrases, indexed and compiled when it is first asked."""

    __slots__ = ("_anchors", "_edgeless", "_index", "_pattern", "entries")

    def __init__(self, entries: Iterable[str]) -> None:
        self.entries = frozenset(fold(entry) for entry in entries) - {""}
        self._anchors: frozenset[str] | None = None
        self._index: dict[str, list[str]] = {}
        self._edgeless: tuple[str, ...] = ()
        self._pattern: re.Pattern[str] | None = None

    def __contains__(self, word: object) -> bool:
        return word in self.entries

    def __or__(self, other: Phrases) -> Phrases:
        return Phrases(self.entries | other.entries)

    def _prepare(self) -> frozenset[str]:
        """Entries by one of their words, the one least common; what has no word stands under no anchor."""
        edgeless: list[str] = []
        for entry in self.entries:
            words = [] if is_unspaced(entry) else _WORD.findall(entry)
            if words:
                anchor = min(words, key=lambda word: (word in _COMMON, -len(word)))
                self._index.setdefault(anchor, []).append(entry)
            else:
                edgeless.append(entry)
        self._edgeless = tuple(edgeless)
        self._anchors = frozenset(self._index)
        return self._anchors

    @property
    def pattern(self) -> re.Pattern[str]:
        """All entries, longer ones first, at word edges."""
        if self._pattern is None:
            spaced: list[str] = []
            loose: list[str] = []
            for entry in sorted(self.entries, key=lambda entry: (-len(entry), entry)):
                (loose if is_unspaced(entry) or not _WORD.search(entry) else spaced).append(re.escape(entry))
            parts = [rf"(?<![\w-])(?:{'|'.join(spaced)})(?![\w-])"] if spaced else []
            self._pattern = re.compile("|".join(parts + loose) or r"(?!)")
        return self._pattern

    def may_hit(self, text: Text) -> bool:
        """False where no entry can be in the text: cheap, and nearly always the answer."""
        anchors = self._anchors
        if anchors is None:
            anchors = self._prepare()
        words = text.words
        if self._edgeless and any(map(text.has, self._edgeless)):
            return True
        if anchors.isdisjoint(words):
            return False
        folded, index = text.folded, self._index
        return any(entry in folded for word in anchors & words for entry in index[word])

    def find(self, text: Text, unless: Phrases | None = None) -> str | None:
        """The first entry that stands in the text, where it is not part of an entry of `unless`."""
        if not self.may_hit(text):
            return None
        folded = text.folded if unless is None else unless.cut(text)
        hit = self.pattern.search(folded)
        return hit[0] if hit else None

    def cut(self, text: Text) -> str:
        """The folded text with every entry cut out."""
        return self.pattern.sub(CUT, text.folded) if self.may_hit(text) else text.folded


class Verbs:
    """A list of verbs, found in any of their forms."""

    __slots__ = ("_bases", "_entries", "_firsts", "_irregular", "_longest")

    def __init__(
        self, entries: Iterable[str], irregular: Iterable[str] = (), inflect: Iterable[str] = ()
    ) -> None:
        """`entries` are taken as they stand, `inflect` in all regular forms; irregular ones as "base=form"."""
        self._entries = (tuple(entries), tuple(inflect))
        self._irregular = tuple(irregular)
        self._bases: dict[str, str] | None = None
        self._firsts: frozenset[str] | None = None
        self._longest = 1

    @property
    def bases(self) -> dict[str, str]:
        """The verb of every form."""
        if self._bases is None:
            as_typed, inflected = self._entries
            bases = {fold(entry): fold(entry) for entry in as_typed}
            for entry in map(fold, inflected):
                first, _, rest = entry.partition(" ")
                for form in verb_forms(first):
                    bases.setdefault(f"{form} {rest}".strip(), entry)
            for pair in self._irregular:
                base, _, form = pair.partition("=")
                if base in bases:
                    bases[form] = base
            self._longest = max((entry.count(" ") + 1 for entry in bases), default=1)
            self._bases = bases
        return self._bases

    def may_hit(self, text: Text) -> bool:
        """False where no verb can be in the text."""
        if self._firsts is None:
            self._firsts = frozenset(form.partition(" ")[0] for form in self.bases)
        return not self._firsts.isdisjoint(text.words)

    def at(self, words: list[str], place: int) -> str | None:
        """The verb that begins at a place among the words, the longest one; None where none does."""
        bases = self._bases if self._bases is not None else self.bases
        for length in range(self._longest, 1, -1):
            verb = bases.get(" ".join(words[place : place + length]))
            if verb is not None:
                return verb
        return bases.get(words[place])


def verb_forms(verb: str) -> Iterator[str]:
    """The regular forms of an English verb: route, routes, routed, routing; copy, copies; flag, flagging."""
    yield verb
    if verb in ("be", "see"):  # "seed" is another word
        yield from {"be": (), "see": ("sees", "seeing")}[verb]
    elif verb.endswith("e"):
        yield from (verb + "s", verb + "d", verb[:-1] + "ing")
    elif verb.endswith("y") and verb[-2:-1] not in tuple("aeiou"):
        yield from (verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing")
    else:
        yield verb + ("es" if verb.endswith(("s", "x", "z", "ch", "sh")) else "s")
        yield from (verb + "ed", verb + "ing")
        if re.search(r"[^aeiou][aeiou][bdfglmnprt]$", verb):
            yield from (verb + verb[-1] + "ed", verb + verb[-1] + "ing")


def names(text: str, phrase: str) -> bool:
    """Whether a folded phrase, or its plural, stands in a folded text, not inside a word."""
    if not phrase:
        return False
    edgeless = is_unspaced(phrase)
    at = text.find(phrase)
    while at >= 0:
        end = at + len(phrase)
        if edgeless or (not _in_word(text[at - 1 : at]) and _ends(text, end)):
            return True
        at = text.find(phrase, at + 1)
    return False


def _ends(text: str, end: int) -> bool:
    if text[end : end + 1] == "s":
        return not _in_word(text[end + 1 : end + 2])
    return not _in_word(text[end : end + 1])


def _in_word(char: str) -> bool:
    return char == "-" or char == "_" or char.isalnum()
