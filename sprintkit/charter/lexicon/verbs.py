"""Lists of verbs that match in any of their forms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sprintkit.charter.lexicon.text import Text, fold


class VerbList:
    """A list of verbs, found in any of their forms. A verb may have several words: "check in"."""

    __slots__ = ("_first_words", "_inflected", "_irregular", "_longest", "_uninflected", "_verb_by_form")

    def __init__(
        self, uninflected: Iterable[str] = (), inflected: Iterable[str] = (), irregular: Iterable[str] = ()
    ) -> None:
        """`uninflected` verbs match as they are, `inflected` ones in all regular English forms.

        `irregular` adds further forms, each written "verb=form".
        """
        self._uninflected = tuple(uninflected)
        self._inflected = tuple(inflected)
        self._irregular = tuple(irregular)
        self._verb_by_form: dict[str, str] | None = None
        self._first_words: frozenset[str] | None = None
        self._longest = 1

    @property
    def verb_by_form(self) -> dict[str, str]:
        """The verb that each form belongs to."""
        if self._verb_by_form is None:
            verbs = {fold(verb): fold(verb) for verb in self._uninflected}
            for verb in map(fold, self._inflected):
                first, _, rest = verb.partition(" ")
                for form in verb_forms(first):
                    verbs.setdefault(f"{form} {rest}".strip(), verb)
            for pair in self._irregular:
                verb, _, form = pair.partition("=")
                if verb in verbs:
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
