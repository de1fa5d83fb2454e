"""Explains the judge's score of an answer, with the weight of each word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sprintkit.actions.check.report import AnswerExplanation, RuleExplanation
from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.load_sprint import load_records
from sprintkit.charter import judge, paths
from sprintkit.charter.blank import is_blank
from sprintkit.charter.judge.features import PERSON_TOPIC
from sprintkit.charter.judge.topics import joined_text, topics
from sprintkit.charter.lexicon import built_in_lexicon
from sprintkit.charter.parsing import parse_lenient
from sprintkit.charter.rules import find_language, find_rule
from sprintkit.errors import InputError
from sprintkit.store import files
from sprintkit.store.targets import TargetResolver
from sprintkit.store.toml import codec


def explain_answers(
    explanation: RuleExplanation, targets: Sequence[str], context: WorkspaceContext | None
) -> RuleExplanation:
    """The explanation of a rule, with the judge's score of an answer in each charter.

    The last of `targets` is the path of the answer; the others are sprints and files, all sprints if there are none.
    Raises InputError if the rule does not use the judge, if a charter cannot be read, or if none has such an answer.
    """
    *names, path = targets
    if not find_rule(explanation["rule"]).is_advice:
        raise InputError(
            f"{explanation['rule']} is explained without a path",
            code="usage",
            hint="Only ANS-001 weighs the words of an answer.",
        )
    setting = judge.DEFAULT_JUDGE_SETTING if context is None else context.judge
    answers = [
        answer
        for file, slug, document in _documents(names, context)
        for answer in _explain(file, slug, document, path, setting)
    ]
    if not answers:
        raise InputError(
            f"there is no answer at {path} that is judged",
            code="not_found",
            hint="Give the path of a text or of a person, as check shows it.",
        )
    return {**explanation, "answers": answers}


def _documents(
    names: Sequence[str], context: WorkspaceContext | None
) -> Iterator[tuple[str, str | None, Mapping[str, Any]]]:
    """File, sprint and document of each charter, a draft before its charter."""
    resolver = None if context is None else TargetResolver(context.workspace, names)
    for name in names or (() if context is None else context.workspace.slugs()):
        target = None if resolver is None else resolver.resolve(name)
        if context is None or target is None or target.path is not None or target.slug is None:
            yield (
                name,
                None if target is None else target.slug,
                codec.parse(files.read_bytes(None, name), name),
            )
            continue
        sprint = load_records(context, target.slug)
        main = sprint.files.draft or sprint.files.charter
        if main is not None:
            yield main.path, target.slug, main.document


def _explain(
    file: str, slug: str | None, document: Mapping[str, Any], path: str, setting: judge.JudgeSetting
) -> Iterator[AnswerExplanation]:
    try:
        parts = paths.resolve(document, path)
        value = paths.get_value(document, parts)
    except (paths.PathError, KeyError, TypeError):
        return
    topic = topics().get(paths.path_pattern(parts))
    if topic == PERSON_TOPIC and isinstance(value, str):
        people = document.get("people")
        person = people.get(value) if isinstance(people, Mapping) else None
        value = person.get("name") if isinstance(person, Mapping) else value
    if isinstance(value, list) and all(isinstance(entry, str) for entry in value):
        value = joined_text(value)
    if topic is None or not isinstance(value, str) or is_blank(value):
        return
    language = find_language(parse_lenient(document), built_in_lexicon()).language
    yield {
        "file": file,
        "slug": slug,
        "path": paths.format_path(parts),
        "text": value,
        "setting": setting,
        "score": round(judge.score(topic, value), 2),
        "threshold": judge.score_threshold(setting, language),
        "kind": judge.find_weakness(topic, value, setting, language),
        "words": [
            {"word": word, "weight": round(weight, 2)} for word, weight in judge.word_weights(topic, value)
        ],
    }
