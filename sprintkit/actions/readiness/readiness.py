"""The readiness score of a sprint's answers or of a file, and saving the answers of a sprint."""

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
    """As it is asked aloud."""


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
    """Ids of what counts as shown without a word on where it can be seen."""


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

    Exit code 1 while questions are unanswered; they count as no. Raises InputError for a name that is neither, and for
    a file that cannot be read; RefusedError for a sprint without answers, and for answers that are not on the scale.
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
    """`save_readiness` in place of whatever answers the sprint has. Raises InputError for an unknown sprint."""
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

    Answers that are refused get all their problems reported at once: exit code 1, or 2 if something has a wrong type
    or an unknown key. `source_path` is the file they come from. Raises InputError, ConflictError, WriteError.
    """
    try:
        answers = parse_record(ReadinessAnswers, record, source_path)
    except InputError as error:
        if error.exit_code == ExitCode.USAGE:
            raise
        return Result(RefusedReadiness(slug=slug, path=None), error.problems, ExitCode.NO)
    problems = _place(validation.validate_readiness(answers), source_path)
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


def _place(problems: Sequence[Problem], path: str | None) -> list[Problem]:
    return [problem._replace(path=path) for problem in problems]


def _result(
    record: ReadinessAnswers, slug: str | None, path: str, settings: Settings
) -> Result[ReadinessData]:
    problems = _place(validation.validate_readiness(record), path)
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
    """The answers of a sprint with their score; None without all 25."""
    for stored in sprint.records_of(ReadinessAnswers):
        if not validation.validate_readiness(stored.record):
            return ScoredReadiness(stored.record, compute_readiness(stored.record.answers, settings))
    return None


def describe_readiness(sprint: Sprint, settings: Settings) -> str:
    """The score of a sprint in a sentence; empty without all 25 answers."""
    scored = score_of_sprint(sprint, settings)
    if scored is None:
        return ""
    day = f" ({format_date(scored.record.on)})" if scored.record.on else ""
    return f"{scored.score.describe()}{day}"


def fix_data(record: ReadinessAnswers, question_id: str) -> FixData:
    """What there is to know about a question that is to be fixed."""
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
