"""Scores the readiness answers of a sprint or a file, and saves the answers of a sprint."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple, TypedDict, final

from sprintkit.actions import save_document
from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.load_sprint import Sprint
from sprintkit.actions.normalise import normalise_record
from sprintkit.actions.result import Result
from sprintkit.charter.question_bank import questions_by_path
from sprintkit.charter.settings import DEFAULT_SETTINGS, Settings
from sprintkit.documents.context.source import ScoredReadiness
from sprintkit.errors import ExitCode, InputError, Problem, RefusedError
from sprintkit.progress.readiness import ReadinessFigures, compute_readiness
from sprintkit.records import validation
from sprintkit.records.kinds import READINESS
from sprintkit.records.parsing import parse_record
from sprintkit.records.readiness import ReadinessAnswers, readiness_questions
from sprintkit.store import files
from sprintkit.store.files import LoadedFile
from sprintkit.store.targets import TargetResolver, is_file_argument
from sprintkit.text.dates import format_date


class CharterQuestion(TypedDict):
    """A question of the charter."""

    path: str
    """A pattern, such as `process.steps[].rule`."""
    label: str
    question: str
    """Worded to be asked aloud."""


class FixData(TypedDict):
    """One thing to fix first."""

    id: str
    area: str
    question: str
    score: float | None
    """0, 0.5 or 1; None without an answer."""
    leads_to: CharterQuestion


@final
class ReadinessData(ReadinessFigures):
    """The `data` of `readiness`."""

    slug: str | None
    """None for a file that belongs to no sprint."""
    path: str
    on: date | None
    by: str | None
    fix_first: list[FixData]
    unproven: list[str]
    """Ids of questions scored as proven, without a note where the proof can be seen."""


class RefusedReadiness(TypedDict):
    """The `data` of `readiness` for answers that were not saved."""

    slug: str
    path: None


class LoadedReadiness(NamedTuple):
    """The answers of a sprint, and their file."""

    record: ReadinessAnswers
    file: LoadedFile


def score_readiness(context: WorkspaceContext | None, name: str) -> Result[ReadinessData]:
    """The score of a sprint's answers, or of those in a file, which needs no workspace.

    Unanswered questions count as no, and the exit code is 1. Raises InputError if `name` is neither a sprint nor a file,
    or if the file cannot be read; RefusedError if the sprint has no answers, or an answer is not on the scale.
    """
    slug = None
    shown_path = path = name
    if context is None:
        if not is_file_argument(name):
            raise InputError(
                f"there is no file {name}, and no workspace here", code="not_found", hint="Check the name."
            )
    else:
        target = TargetResolver(context.workspace, [name]).resolve(name)
        slug, shown_path = target.slug, target.path or name
        if target.path is None and slug is not None:
            return _score_sprint(context, slug)
        files.refuse_link_out(context.root, name)
    record = parse_record(ReadinessAnswers, files.load_file(None, path).document, shown_path)
    return _result(record, slug, shown_path, DEFAULT_SETTINGS if context is None else context.settings)


def load_readiness(context: WorkspaceContext, slug: str) -> LoadedReadiness | None:
    """The answers of a sprint; None if it has none. Raises InputError if they cannot be read."""
    path = context.workspace.record_path(slug, READINESS)
    file = files.load_file_if_exists(context.root, path)
    return (
        None if file is None else LoadedReadiness(parse_record(ReadinessAnswers, file.document, path), file)
    )


def _score_sprint(context: WorkspaceContext, slug: str) -> Result[ReadinessData]:
    loaded = load_readiness(context, slug)
    if loaded is None:
        raise RefusedError(
            f"{slug} has no readiness answers yet",
            code="no_readiness",
            hint=f"Use: sprintkit readiness {slug} in a terminal, or with --from FILE.",
        )
    return _result(loaded.record, slug, loaded.file.path, context.settings)


def record_readiness(
    context: WorkspaceContext, slug: str, record: Mapping[str, Any], source_path: str | None = None
) -> Result[ReadinessData | RefusedReadiness]:
    """Save answers over whatever answers the sprint has, as `save_readiness`. Raises InputError for an unknown sprint."""
    context.workspace.require_sprint(slug)
    loaded = load_readiness(context, slug)
    expected = None if loaded is None else loaded.file.digest
    return save_readiness(context, slug, record, expected=expected, source_path=source_path)


def save_readiness(
    context: WorkspaceContext,
    slug: str,
    record: Mapping[str, Any],
    *,
    expected: str | None,
    source_path: str | None = None,
) -> Result[ReadinessData | RefusedReadiness]:
    """Save the answers of a sprint, and score them. `expected` is the hash of the file that they replace.

    If answers are refused, all problems are reported at once: exit code 1, or 2 if a value has the wrong type or a key
    is unknown. `source_path` is the file they come from. Raises InputError, ConflictError, WriteError.
    """
    try:
        answers = parse_record(ReadinessAnswers, record, source_path)
    except InputError as error:
        if error.exit_code == ExitCode.USAGE:
            raise
        return Result(RefusedReadiness(slug=slug, path=None), error.problems, ExitCode.NO)
    problems = _with_path(validation.validate_readiness(answers), source_path)
    if problems:
        return Result(RefusedReadiness(slug=slug, path=None), tuple(problems), ExitCode.NO)
    path = context.workspace.record_path(slug, READINESS)
    document = {"schema": 1, "on": context.today, **normalise_record(ReadinessAnswers, record)}
    save_document.save_document(
        context,
        path,
        save_document.order_keys(ReadinessAnswers, document),
        READINESS.name,
        expected=expected,
    )
    return _result(parse_record(ReadinessAnswers, document, path), slug, path, context.settings)


def _with_path(problems: Sequence[Problem], path: str | None) -> list[Problem]:
    return [problem._replace(path=path) for problem in problems]


def _result(
    record: ReadinessAnswers, slug: str | None, path: str, settings: Settings
) -> Result[ReadinessData]:
    problems = _with_path(validation.validate_readiness(record), path)
    if any(problem.code != "missing" for problem in problems):
        raise RefusedError.from_problems(problems)
    score = compute_readiness(record.answers, settings)
    data = ReadinessData(
        slug=slug,
        path=path,
        on=record.on,
        by=record.by,
        **score.as_dict(),
        fix_first=[fix_data(record, question_id) for question_id in score.fix_first],
        unproven=list(record.unproven),
    )
    return Result(data, tuple(problems), ExitCode.NO if problems else ExitCode.OK)


def score_of_sprint(sprint: Sprint, settings: Settings) -> ScoredReadiness | None:
    """The answers of a sprint with their score; None unless all 25 are given."""
    for stored in sprint.records_of(ReadinessAnswers):
        if not validation.validate_readiness(stored.record):
            return ScoredReadiness(stored.record, compute_readiness(stored.record.answers, settings))
    return None


def describe_readiness(sprint: Sprint, settings: Settings) -> str:
    """The score of a sprint in a sentence; empty unless all 25 answers are given."""
    scored = score_of_sprint(sprint, settings)
    if scored is None:
        return ""
    day = f" ({format_date(scored.record.on)})" if scored.record.on else ""
    return f"{scored.score.describe()}{day}"


def fix_data(record: ReadinessAnswers, question_id: str) -> FixData:
    """A question to fix, with its score and the charter question that it leads to."""
    question = readiness_questions()[question_id]
    charter_question = questions_by_path()[question.leads_to].spec
    return {
        "id": question_id,
        "area": question.area.key,
        "question": question.prompt,
        "score": getattr(record.answers, question_id),
        "leads_to": {
            "path": question.leads_to,
            "label": charter_question.label,
            "question": charter_question.prompt,
        },
    }
