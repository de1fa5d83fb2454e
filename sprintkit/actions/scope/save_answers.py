"""Saves answers: as a charter if they are complete, otherwise as a draft."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypedDict

from sprintkit.actions import save_document
from sprintkit.actions.check.findings import check_charter, summarise_findings
from sprintkit.actions.check.report import FindingsSummary
from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.measured import rates_in_files
from sprintkit.actions.result import Result
from sprintkit.actions.scope.agreed_changes import refuse_agreed_changes
from sprintkit.actions.scope.signed_charter import stale_approvals_note
from sprintkit.charter.completeness import count_answers, missing_core, parked_core_paths
from sprintkit.charter.model import SCHEMA_VERSION
from sprintkit.charter.parsing import ParsedCharter, parse_lenient
from sprintkit.charter.prefill import fill_in, sort_keys
from sprintkit.errors import ExitCode, InputError, Problem
from sprintkit.signoff.canonical import content_digest
from sprintkit.store import files, save
from sprintkit.store.files import LoadedFile, SaveResult
from sprintkit.store.sprint_files import SprintFiles

Document = Mapping[str, Any]


class MissingQuestion(TypedDict):
    """A question of the core without an answer."""

    path: str
    question: str
    least: int
    """How many entries a list needs; 1 for any other question."""


class ScopeData(FindingsSummary):
    """The `data` of `scope`."""

    slug: str
    path: str
    """The file that was written."""
    complete: bool
    """Whether that file is the charter."""
    depth: str
    answered: int
    questions: int
    missing: list[MissingQuestion]
    parked: list[str]
    """Paths of parked questions of the core."""


def save_answers(
    context: WorkspaceContext, slug: str, document: Document, existing: SprintFiles | None
) -> Result[ScopeData]:
    """Save all answers of a sprint as its charter, or as its draft if anything is missing or wrong.

    `existing` are the files that the document was made from; None for a new sprint. Exit 1 if questions are missing or
    parked; exit 2 if a value has the wrong type; the draft is written in both cases. Raises InputError for an unknown
    key or invalid settings, RefusedError if the answers change what is agreed (see `refuse_agreed_changes`), WriteError.
    """
    _ = context.settings, context.lexicon, context.judge  # report invalid settings before anything is written
    draft_path, charter_path = context.workspace.draft_path(slug), context.workspace.charter_path(slug)
    document = sort_keys({"schema": SCHEMA_VERSION, **document})
    parsed = parse_lenient(document)
    faults = [Problem(fault.kind, fault.message, draft_path) for fault in parsed.faults]
    if parsed.unknown_keys:
        raise InputError.from_problems(faults)
    refuse_agreed_changes(context, slug, document, existing)
    problems = faults + core_problems(parsed, draft_path)
    if not problems:
        complete = fill_in(document, slug)
        faults = _digest_problems(complete, draft_path)
        problems = faults or _duplicate_id_problems(context, slug, complete, charter_path)
        if not problems:
            stale_note = stale_approvals_note(existing, complete)
            saved = _save_charter(context, slug, complete, existing)
            notes = () if stale_note is None else (stale_note,)
            parsed = parse_lenient(complete)
            return Result(_scope_data(context, slug, saved, parsed, existing), notes=notes)
    saved = save_document.save_document(
        context,
        draft_path,
        document,
        "draft",
        expected=_digest_or_none(existing and existing.draft),
        comments_from=existing.charter if existing is not None and existing.draft is None else None,
    )
    if faults:
        note = f"All answers are kept as typed in {saved.path}."
        return Result(None, tuple(problems), ExitCode.USAGE, (note,))
    return Result(_scope_data(context, slug, saved, parsed, existing), tuple(problems), ExitCode.NO)


def core_problems(parsed: ParsedCharter, path: str | None) -> list[Problem]:
    """The missing and parked questions that keep the answers in the file `path` from being a charter."""
    faulty_paths = {fault.path for fault in parsed.faults}
    missing = [
        Problem("missing", _missing_message(gap.path, gap.min_entries, gap.question.spec.prompt), path)
        for gap in missing_core(parsed)
        if gap.path not in faulty_paths
    ]
    parked = [
        Problem("parked", f"{parked_path} is parked, but a charter needs it. Answer it first.", path)
        for parked_path in parked_core_paths(parsed)
    ]
    return missing + parked


def _missing_message(path: str, min_entries: int, prompt: str) -> str:
    entries = f" ({min_entries} entries at least)" if min_entries > 1 else ""
    return f"{path} is missing{entries}. Ask: {prompt}"


def _duplicate_id_problems(
    context: WorkspaceContext, slug: str, complete: Document, charter_path: str
) -> list[Problem]:
    """A problem if another sprint has the charter's id."""
    charter_id = complete["charter"].get("id")
    for other in context.workspace.slugs():
        if other == slug:
            continue
        path = context.workspace.charter_path(other)
        try:
            data = files.read_bytes_if_exists(context.root, path)
            if data is None or (str(charter_id).encode() not in data and b"\0" not in data):
                continue  # not worth parsing
            section = files.parse_file(path, data).document.get("charter")
        except InputError:
            continue
        if isinstance(section, Mapping) and section.get("id") == charter_id:
            message = f"charter.id '{charter_id}' is already the id of the sprint {other}."
            return [Problem("id_taken", message, charter_path, "Give this one another: --set charter.id=…")]
    return []


def _digest_problems(complete: Document, path: str) -> list[Problem]:
    """Problems of content that has no digest and so could never be signed, such as NaN in [extra]."""
    try:
        content_digest(complete)
    except InputError as error:
        return [problem._replace(path=path) for problem in error.problems]
    return []


def _digest_or_none(file: LoadedFile | None) -> str | None:
    return None if file is None else file.digest


def _save_charter(
    context: WorkspaceContext, slug: str, complete: dict[str, Any], existing: SprintFiles | None
) -> SaveResult:
    path = context.workspace.charter_path(slug)
    charter_digest = _digest_or_none(existing and existing.charter)
    if existing is None or existing.draft is None:
        return save_document.save_document(context, path, complete, "charter", expected=charter_digest)
    saved = save.promote(
        context.root,
        context.workspace.draft_path(slug),
        path,
        complete,
        expected=existing.draft.digest,
        target_expected=charter_digest,
        header=save_document.schema_header(path, "charter"),
    )
    save_document.ensure_schema(context, "charter")
    return saved


def _scope_data(
    context: WorkspaceContext,
    slug: str,
    saved: SaveResult,
    parsed: ParsedCharter,
    existing: SprintFiles | None,
) -> ScopeData:
    answered, questions = count_answers(parsed)
    return {
        "slug": slug,
        "path": saved.path,
        "complete": saved.path == context.workspace.charter_path(slug),
        "depth": parsed.charter.depth,
        "answered": answered,
        "questions": questions,
        "missing": [
            {"path": gap.path, "question": gap.question.spec.prompt, "least": gap.min_entries}
            for gap in missing_core(parsed)
        ],
        "parked": parked_core_paths(parsed),
        **summarise_findings(check_charter(context, parsed, rates_in_files(existing))),
    }
