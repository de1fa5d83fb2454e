"""Takes in a filled-in sheet: testimony becomes a record, answers to parked questions go into the draft."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypedDict, final

from sprintkit.actions import save_document
from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.load_sprint import Sprint, load_records
from sprintkit.actions.normalise import normalise_record
from sprintkit.actions.result import Result
from sprintkit.actions.save_document import order_keys
from sprintkit.actions.scope.assignments import assign_value
from sprintkit.actions.scope.save_answers import ScopeData, save_answers
from sprintkit.actions.scope.signed_charter import refuse_if_settled
from sprintkit.actions.sheets.ask import refuse_unreadable_answers
from sprintkit.charter import paths
from sprintkit.charter.blank import is_blank
from sprintkit.charter.parsing import parse_lenient
from sprintkit.errors import ExitCode, Problem, RefusedError
from sprintkit.records import validation
from sprintkit.records.kinds import TESTIMONY
from sprintkit.records.parsing import parse_record
from sprintkit.records.testimony import ParkedSheet, Testimony
from sprintkit.text.composing import fold_name


@final
class TakenSheet(TypedDict):
    """The `data` of `answer`: testimony, or parked answers in a draft that has faults."""

    slug: str
    path: str
    """The file that now holds the answers."""
    who: str
    answers: int
    """The number of answers."""


@final
class TakenParkedSheet(ScopeData):
    """The `data` of `answer`: parked answers, and how complete the charter or draft is now."""

    who: str
    answers: int
    """The number of answers."""


@final
class RefusedSheet(TypedDict):
    """The `data` of `answer` for a sheet that was refused."""

    slug: str
    path: None


AnswerData = TakenSheet | TakenParkedSheet | RefusedSheet


def take_sheet(
    context: WorkspaceContext, slug: str, who: str, sheet: Mapping[str, Any], source_path: str | None = None
) -> Result[AnswerData]:
    """Take in a sheet that `who` has filled in; blank answers are left out.

    If the sheet is refused, the exit code is 1 and all problems are reported. Raises InputError, RefusedError,
    WriteError.
    """
    sprint = load_records(context, slug)
    refuse_unreadable_answers(sprint)
    name = sheet.get("who")
    if isinstance(name, str) and not is_blank(name) and fold_name(name) != fold_name(who):
        raise RefusedError(
            f"who is '{name}' on the sheet, not '{who}'",
            code="who",
            path=source_path,
            hint="Name the same person.",
        )
    filled = _without_blank_answers({**sheet, "who": who})
    answers = filled.get("answers")
    if isinstance(answers, list) and any(
        isinstance(answer, Mapping) and "path" in answer for answer in answers
    ):
        return _take_parked_answers(context, sprint, filled, source_path)
    return _take_testimony(context, sprint, filled, source_path)


def _take_testimony(
    context: WorkspaceContext, sprint: Sprint, sheet: dict[str, Any], source_path: str | None
) -> Result[AnswerData]:
    testimony = parse_record(Testimony, sheet, source_path)
    problems = validation.validate_testimony(testimony, sprint.latest.charter)
    if problems:
        return _refuse(sprint, problems, source_path)
    path = context.workspace.record_path(sprint.slug, TESTIMONY, person=testimony.who)
    if any(file.path == path for file in sprint.files.records_of(TESTIMONY)):
        raise RefusedError(
            f"{testimony.who} has answered already, and testimony given alone is not changed",
            code="answered",
            path=path,
            hint="If it was not them, remove that file and take the sheet again.",
        )
    document = order_keys(Testimony, {"schema": 1, **normalise_record(Testimony, sheet)})
    saved = save_document.save_document(context, path, document, "testimony", expected=None)
    count = len(testimony.answers)
    return Result(TakenSheet(slug=sprint.slug, path=saved.path, who=testimony.who, answers=count))


def _take_parked_answers(
    context: WorkspaceContext, sprint: Sprint, sheet: dict[str, Any], source_path: str | None
) -> Result[AnswerData]:
    record = parse_record(ParkedSheet, sheet, source_path)
    refuse_if_settled(sprint.files)
    document = dict(sprint.latest.document)
    problems = validation.validate_parked_sheet(record, document)
    if problems:
        return _refuse(sprint, problems, source_path)
    has_faulty_answer = False
    for answer in record.answers:
        parts = paths.resolve(document, answer.path, append=True)
        document = assign_value(document, answer.path, answer.value)
        if paths.format_path(parts) in {fault.path for fault in parse_lenient(document).faults}:
            has_faulty_answer = True
        else:
            document = _without_parked_entry(document, parts)
    saved = save_answers(context, sprint.slug, document, sprint.files)
    if has_faulty_answer:
        return Result(None, saved.errors, saved.exit_code, saved.notes)
    # Anything else missing or wrong in the draft was so before: the answers are taken in all the same.
    count = len(record.answers)
    if saved.data is None:
        path = context.workspace.draft_path(sprint.slug)
        return Result(TakenSheet(slug=sprint.slug, path=path, who=record.who, answers=count))
    return Result(TakenParkedSheet(**saved.data, who=record.who, answers=count))


def _refuse(sprint: Sprint, problems: list[Problem], source_path: str | None) -> Result[AnswerData]:
    errors = tuple(problem._replace(path=source_path) for problem in problems)
    return Result(RefusedSheet(slug=sprint.slug, path=None), errors, ExitCode.NO)


def _without_blank_answers(sheet: dict[str, Any]) -> dict[str, Any]:
    """The sheet with the answers that were filled in. Raises RefusedError if none was."""
    answers = sheet.get("answers")
    if not isinstance(answers, list):
        return sheet
    filled = [
        answer
        for answer in answers
        if not isinstance(answer, Mapping) or not is_blank(answer.get("says", answer.get("value")))
    ]
    if answers and not filled:
        raise RefusedError(
            "nothing is answered on this sheet", code="nothing_said", hint="Fill it in, then send it again."
        )
    return {**sheet, "answers": filled}


def _without_parked_entry(document: dict[str, Any], parts: paths.PathParts) -> dict[str, Any]:
    """The document without the entries that park the question at `parts`."""
    remaining = [entry for entry in document.get("parked") or [] if not _is_parked_at(document, entry, parts)]
    others = {key: value for key, value in document.items() if key != "parked"}
    return {**others, "parked": remaining} if remaining else others


def _is_parked_at(document: dict[str, Any], entry: Any, parts: paths.PathParts) -> bool:
    if not isinstance(entry, Mapping):
        return False
    try:
        return paths.resolve(document, str(entry.get("path")), append=True) == parts
    except paths.PathError:
        return False
