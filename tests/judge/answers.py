"""The answers that the judge is trained on, each with its verdict."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import tomli

from sprintkit.charter.judge.features import PERSON_TOPIC
from sprintkit.charter.judge.topics import PERSON_ROLE, joined_text, judged_texts, topics
from sprintkit.charter.model import Charter
from sprintkit.charter.question_bank import questions_by_path

TESTS = Path(__file__).parent.parent
BANK = "question bank"
"""The trade of the question bank's own examples."""
REALISTIC = "realistic"
"""The trade of the answers in `tests/rules/realistic.toml`: none was written for the judge."""
STRONG_CHARTERS = ("lead", "price", "referral")


class Answer(NamedTuple):
    """An answer that a person has judged weak or strong."""

    topic: str
    text: str
    is_weak: bool
    kind: str
    """What makes a weak one weak; empty for a strong one."""
    language: str
    trade: str
    weight: int = 1
    """How many times it counts in training."""

    @property
    def is_written(self) -> bool:
        """Whether it is in `answers/`: neither an example of the question bank nor of another test."""
        return self.trade not in (BANK, REALISTIC, *STRONG_CHARTERS)


def training_answers() -> list[Answer]:
    """All answers that the judge is trained on, in a fixed order."""
    return [*written_answers(), *_bank_examples(), *_strong_charters(), *_realistic_answers()]


def written_answers() -> Iterator[Answer]:
    """The answers in `tests/judge/answers/`, without those to questions that are not judged."""
    for file in sorted((TESTS / "judge" / "answers").glob("*.toml")):
        for group in _load(file)["group"]:
            topic = topics().get(pattern_of(group["path"]))
            if topic is None:
                continue
            for text in group.get("strong", ()):
                yield Answer(topic, text, False, "", group["language"], group["trade"])
            for kind, text in group.get("weak", ()):
                yield Answer(topic, text, True, kind, group["language"], group["trade"])


def _bank_examples() -> Iterator[Answer]:
    for pattern, question in questions_by_path().items():
        topic = topics().get(pattern)
        if topic is None:
            continue
        if question.spec.strong and question.spec.strong != "a name":
            yield Answer(topic, question.spec.strong, False, "", "en", BANK, 3)
        if question.spec.weak:
            yield Answer(topic, question.spec.weak, True, "", "en", BANK, 3)


def _strong_charters() -> Iterator[Answer]:
    for name in STRONG_CHARTERS:
        charter = Charter.model_validate(_load(TESTS / "examples" / f"{name}.toml"))
        for person in charter.people.values():
            yield Answer(PERSON_TOPIC, person.name or "", False, "", "en", name, 3)
            yield Answer(PERSON_ROLE, person.role or "", False, "", "en", name, 3)
        for path, value in judged_texts().items(charter):
            yield Answer(topics()[pattern_of(path)], joined_text(value), False, "", "en", name, 3)


def _realistic_answers() -> Iterator[Answer]:
    for path, table in _load(TESTS / "rules" / "realistic.toml")["answers"].items():
        topic = topics().get(pattern_of(path))
        if topic is not None:
            for answer in table["list"]:
                text = answer if isinstance(answer, str) else answer[1]
                yield Answer(topic, text, False, "", "en", REALISTIC)


def pattern_of(path: str) -> str:
    """The pattern of a path: `people[].name` for `people.odile.name` and `people[0].name`."""
    return re.sub(r"^people\.\w+\.", "people[].", re.sub(r"\[\d+\]", "[]", path))


def _load(file: Path) -> dict[str, Any]:
    return tomli.loads(file.read_text("utf-8"))
