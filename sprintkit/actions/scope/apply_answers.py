"""Scopes without the app: applies answers from a file, from assignments, and from another sprint."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.normalise import normalise_document
from sprintkit.actions.result import Result
from sprintkit.actions.scope.assignments import assign_value
from sprintkit.actions.scope.copy_from import copy_from
from sprintkit.actions.scope.save_answers import Document, ScopeData, core_problems, save_answers
from sprintkit.actions.scope.signed_charter import refuse_if_settled
from sprintkit.actions.scope.signed_charter import reopen as begin_draft
from sprintkit.charter import paths
from sprintkit.charter.blank import is_blank
from sprintkit.charter.model import SCHEMA_VERSION
from sprintkit.charter.parsing import ParsedCharter, parse_lenient
from sprintkit.charter.people import nearest_name
from sprintkit.errors import InputError, Problem
from sprintkit.store.sprint_files import SprintFiles, load_sprint
from sprintkit.store.workspace import free_slug, safe_slug


def apply_answers(
    context: WorkspaceContext,
    slug: str | None = None,
    *,
    source: Document | None = None,
    source_path: str | None = None,
    assignments: Sequence[tuple[str, Any]] = (),
    like: str | None = None,
    full: bool = False,
    reopen: bool = False,
) -> Result[ScopeData]:
    """Apply answers to a new or an existing sprint, and save it.

    `source` is the document of `--from`, and `source_path` its file. `assignments` are paths and values, applied in
    order. `like` is the sprint whose people, sources and tools are copied where there are none yet. `full` asks for the
    full depth, and `reopen` changes a charter that some have approved. Without a slug, the sprint is new and named
    after its id or title.

    Exit codes as for `save_answers`. Raises InputError if nothing can be written (an unknown key, a path that points
    nowhere), RefusedError once the sprint is signed or closed, and WriteError.
    """
    template = None if like is None else _template_document(load_sprint(context.workspace, like))
    source_answers = {} if source is None else normalise_document(source)
    if slug is None:
        slug = _derive_slug(context, _assign_all(source_answers, assignments))
    known_slug = context.workspace.find_sprint(slug)
    is_new = known_slug is None
    slug = context.workspace.require_new_name(slug) if known_slug is None else known_slug
    if reopen:
        begin_draft(context, slug)
    existing = None if is_new else load_sprint(context.workspace, slug)
    document = merge_documents({} if existing is None else _editable_document(existing), source_answers)
    if is_new and source is None:
        document = merge_documents({"charter": {"depth": "lean"}}, document)
    if template is not None:
        document = copy_from(document, template)
    before, document = document, _assign_all(document, assignments)
    if full and (source is None or _depth_of(document) is not None):
        document = merge_documents(document, {"charter": {"depth": "full"}})
    parsed = parse_lenient({"schema": SCHEMA_VERSION, **document})
    if parsed.unknown_keys:
        raise InputError.from_problems(_all_problems(parsed, source_answers, source_path))
    saved = save_answers(context, slug, document, existing)
    return saved._replace(notes=(*saved.notes, *_near_name_notes(before, document)))


def merge_documents(document: Document, changes: Document) -> dict[str, Any]:
    """The document with the keys that `changes` sets; tables are merged, lists replaced as a whole."""
    merged = dict(document)
    for key, value in changes.items():
        old = merged.get(key)
        are_tables = isinstance(old, Mapping) and isinstance(value, Mapping)
        merged[key] = merge_documents(old, value) if are_tables else value  # type: ignore[arg-type]
    return merged


def _editable_document(existing: SprintFiles) -> Document:
    """The draft, else the charter. Raises as `refuse_if_settled` does."""
    refuse_if_settled(existing)
    file = existing.draft or existing.charter
    return {} if file is None else file.document


def _template_document(template: SprintFiles) -> Document:
    """What another sprint agreed on: its charter, else its draft. Raises InputError if it has neither."""
    file = template.charter or template.draft
    if file is None:
        neither = Problem("not_found", f"{template.slug} has neither charter nor draft")
        raise InputError.from_problems(template.problems or [neither])
    return file.document


def _assign_all(document: Document, assignments: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    assigned = dict(document)
    for path, value in assignments:
        assigned = assign_value(assigned, path, value)
    return assigned


def _near_name_notes(before: Document, after: Document) -> Iterator[str]:
    """A note for everybody whom the assignments entered under nearly the name of somebody known."""
    known, now = _names_by_key(before), _names_by_key(after)
    for key in now.keys() - known.keys():
        if nearest := nearest_name(now[key], known.values(), is_finished=True):
            yield f"{now[key]} is entered in [people] as somebody new. Did you mean {nearest}? Then set that answer again."


def _names_by_key(document: Document) -> dict[str, str]:
    people = document.get("people")
    entries = people.items() if isinstance(people, Mapping) else ()
    return {
        key: entry["name"]
        for key, entry in entries
        if isinstance(entry, Mapping) and isinstance(entry.get("name"), str)
    }


def _derive_slug(context: WorkspaceContext, document: Document) -> str:
    """The slug of a new sprint, from its id or its title. Raises InputError."""
    section = document.get("charter")
    for key in ("id", "title"):
        text = section.get(key) if isinstance(section, Mapping) else None
        if not isinstance(text, str) or is_blank(text):
            continue
        if key == "title":
            return free_slug(text, context.workspace.folder_names())
        slug = safe_slug(text)
        if context.workspace.find_sprint(slug) is not None:
            raise InputError(
                f"there is already a sprint {slug}",
                code="exists",
                path=context.workspace.sprint_folder(slug),
                hint=f"To change it, name it: sprintkit scope {slug} …; for a new sprint, give another name.",
            )
        return slug
    raise InputError(
        "a new sprint needs a name", code="usage", hint="Give it after scope, or with --set charter.title=…"
    )


def _all_problems(parsed: ParsedCharter, given: Document, source_path: str | None) -> list[Problem]:
    """Every fault, unknown keys first, and everything else that keeps the answers from being a charter."""
    other_faults = [fault for fault in parsed.faults if fault.kind != "unknown_key"]
    faults = [
        Problem(fault.kind, fault.message, source_path if _has_value_at(given, fault.path) else None)
        for fault in (*parsed.unknown_keys, *other_faults)
    ]
    return faults + core_problems(parsed, source_path)


def _has_value_at(document: Document, path: str) -> bool:
    """Whether the document has a value at a path with indices."""
    value: Any = document
    for part in paths.parse(path):
        try:
            value = value[part]
        except (LookupError, TypeError):
            return False
    return True


def _depth_of(document: Document) -> Any:
    section = document.get("charter")
    return section.get("depth") if isinstance(section, Mapping) else None
