"""Rendering a sprint's documents.

A finished Markdown or HTML document and the context of its templates are cached, so that an unchanged sprint needs
neither the model nor the rules nor the records. They are imported where they are used, and so are the threads of
`render_all`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple, TypedDict, final

from sprintkit import __version__
from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.render import output_file
from sprintkit.actions.result import Result
from sprintkit.documents import catalogue
from sprintkit.documents.builtin_templates import WORDS_FILE, template_bytes
from sprintkit.documents.render.document import cache_key_parts, render_document
from sprintkit.errors import InputError, RefusedError
from sprintkit.store import house_files
from sprintkit.store.cache import documents as document_cache
from sprintkit.store.cache.documents import SprintSnapshot

TYPE_CHECKING = False
if TYPE_CHECKING:
    from sprintkit.actions.load_sprint import Sprint
    from sprintkit.documents.catalogue import Document

_FORM_OF_SUFFIX = {form: form for form in catalogue.FORMS} | {"htm": "html", "markdown": "md"}


@final
class RenderedFile(TypedDict):
    """A document that was written."""

    slug: str
    path: str
    """Relative to the workspace if it is inside it, else absolute."""
    shown: str
    """As it was named by the caller."""
    document: str
    format: str
    bytes: int


@final
class RenderedFiles(TypedDict):
    """All documents that were written."""

    slug: str | None
    """The one sprint they are of; None if they are of all sprints."""
    path: str
    """The folder."""
    written: list[RenderedFile]


class _Prepared(NamedTuple):
    """A document that only its templates are missing from."""

    document: Document
    paper: str
    """The workspace's paper size."""
    template_context: dict[str, Any]


class _Job(NamedTuple):
    slug: str
    document: Document
    form: str
    path: Path


def render_one(
    context: WorkspaceContext,
    slug: str,
    document_name: str | None = None,
    form: str | None = None,
    out: str | None = None,
    *,
    force: bool = False,
    paper: str | None = None,
) -> Result[RenderedFile]:
    """Render one document and write it to `out`, a file or folder; by default into the current folder.

    Without `form`, the suffix of `out` decides. Raises InputError for an output that exists (unless `force`), an
    unknown document or a broken template, RefusedError for a document that the sprint does not have yet, WriteError.
    """
    templates = house_files.load_templates(context.workspace)
    document = _find_document(document_name, templates)
    form = form or _form_from_suffix(out) or document.default_form()
    output_name = document.output_name(slug, form)
    path = Path(out) if out is not None and out != "-" else Path(output_name)
    if os.path.isdir(path):  # noqa: PTH112  # False for a name that no file can have, where pathlib raises
        path = path / output_name
    output_file.refuse_guarded_places(context.root, path)
    if not force:
        output_file.refuse_existing(path)
    body = _render_cached(context, slug, document, form, paper, templates)
    output_file.write(context.root, path, body)
    return Result(_rendered_file(context, _Job(slug, document, form, path), body))


def render_all(
    context: WorkspaceContext,
    slug: str | None = None,
    form: str | None = None,
    out: str | None = None,
    *,
    force: bool = False,
    paper: str | None = None,
    report_progress: Callable[[str], None] | None = None,
) -> Result[RenderedFiles]:
    """Render all declared documents of one sprint, or of all, into the folder `out` (by default the current one).

    Without `form`, each is rendered in all its forms. Documents that a sprint does not have yet are skipped, with a
    note. Raises as `render_one` does; an output that exists is refused before anything is written.
    `report_progress` gets a line after each document.
    """
    folder = Path(out or ".")
    templates = house_files.load_templates(context.workspace)
    slugs = context.workspace.slugs() if slug is None else [context.workspace.require_sprint(slug)]
    declared = catalogue.available(templates)[: len(catalogue.DOCUMENTS)]
    jobs = [
        _Job(sprint_slug, document, one_form, folder / document.output_name(sprint_slug, one_form))
        for sprint_slug in slugs
        for document in declared
        for one_form in document.forms
        if form in (None, one_form)
    ]
    output_file.refuse_guarded_places(context.root, folder / "documents", *(job.path for job in jobs))
    if not force:
        output_file.refuse_existing(*(job.path for job in jobs))
    written: list[RenderedFile] = []
    notes: list[str] = []
    for job, body in _render_jobs(context, jobs, paper, templates, notes):
        output_file.write(context.root, job.path, body)
        written.append(_rendered_file(context, job, body))
        if report_progress is not None:
            report_progress(f"{len(written)} of {len(jobs)}: {job.path}")
    return Result({"slug": slug, "path": str(folder), "written": written}, notes=tuple(notes))


def render_bytes(
    context: WorkspaceContext,
    slug: str,
    document_name: str | None = None,
    form: str | None = None,
    paper: str | None = None,
) -> bytes:
    """One document of a sprint as bytes. Raises as `render_one` does."""
    templates = house_files.load_templates(context.workspace)
    document = _find_document(document_name, templates)
    return _render_cached(context, slug, document, form or document.default_form(), paper, templates)


def available_documents(context: WorkspaceContext) -> tuple[Document, ...]:
    """The documents of a workspace: the declared ones, then its own."""
    return catalogue.available(house_files.load_templates(context.workspace))


def _find_document(name: str | None, templates: Mapping[str, bytes]) -> Document:
    """The document called `name`, the default one without a name. Raises InputError for an unknown one."""
    if name is None:
        name = catalogue.default_document().name
    documents = catalogue.available(templates)
    for document in documents:
        if document.name == name:
            return document
    names = ", ".join(document.name for document in documents)
    raise InputError(f"there is no document '{name}'", code="template", hint=f"There is: {names}.")


def _form_from_suffix(out: str | None) -> str | None:
    suffix = "" if out is None else Path(out).suffix.lower().removeprefix(".")
    return _FORM_OF_SUFFIX.get(suffix)


def _render_jobs(
    context: WorkspaceContext,
    jobs: list[_Job],
    paper: str | None,
    templates: Mapping[str, bytes],
    notes: list[str],
) -> Iterator[tuple[_Job, bytes]]:
    """The rendered documents in order. Several are rendered at once; `notes` gets those a sprint does not have."""
    from concurrent.futures import Future, ThreadPoolExecutor

    sprints: dict[str, Sprint] = {}
    prepared: _Prepared | None = None
    prepared_for: tuple[str, str] | None = None
    running: list[tuple[_Job, Future[bytes]]] = []
    workers = min(4, os.cpu_count() or 1)
    with ThreadPoolExecutor(workers) as pool:
        for job in jobs:
            if prepared_for != (job.slug, job.document.name):
                prepared_for = job.slug, job.document.name
                snapshot = SprintSnapshot(context.workspace, job.slug)
                try:
                    prepared = _prepare(context, job.slug, job.document, templates, snapshot, sprints)
                except RefusedError as error:
                    prepared = None
                    notes.extend(
                        f"{job.slug}: no {job.document.name}: {problem.message}" for problem in error.problems
                    )
            if prepared is not None:
                running.append((job, pool.submit(_render, prepared, job.form, paper, templates)))
            # Only as many documents wait in memory as are being rendered.
            if len(running) > workers:
                first_job, body = running.pop(0)
                yield first_job, body.result()
        for job, body in running:
            yield job, body.result()


def _render_cached(
    context: WorkspaceContext,
    slug: str,
    document: Document,
    form: str,
    paper: str | None,
    templates: Mapping[str, bytes],
) -> bytes:
    """A rendered document, from the cache if nothing that it depends on has changed."""
    snapshot = SprintSnapshot(context.workspace, slug)
    key_parts = cache_key_parts(form) if form in catalogue.FORMS else None
    key = None
    if key_parts is not None:
        own_parts = (part for name in sorted(templates) for part in (name, templates[name]))
        key = _cache_key(context, snapshot, document, templates, *key_parts, *own_parts)
    cached = document_cache.load_entry(context.workspace, key)
    if isinstance(cached, bytes):
        return cached
    prepared = _prepare(context, slug, document, templates, snapshot, {})
    body = _render(prepared, form, paper, templates)
    if key is not None and snapshot.is_current():
        document_cache.store_entry(context.workspace, key, body)
    return body


def _render(prepared: _Prepared, form: str, paper: str | None, templates: Mapping[str, bytes]) -> bytes:
    name, template_context = prepared.document.name, prepared.template_context
    return render_document(name, form, template_context, templates, paper=paper or prepared.paper)


def _prepare(
    context: WorkspaceContext,
    slug: str,
    document: Document,
    templates: Mapping[str, bytes],
    snapshot: SprintSnapshot,
    sprints: dict[str, Sprint],
) -> _Prepared:
    """The context of a document, from the cache or else computed. `sprints` keeps the last loaded sprint."""
    key = _cache_key(context, snapshot, document, templates)
    cached = document_cache.load_entry(context.workspace, key)
    if isinstance(cached, list) and [type(part) for part in cached] == [str, dict]:
        paper, template_context = cached
        return _Prepared(document, paper, template_context)
    from sprintkit.actions.load_sprint import load_records
    from sprintkit.actions.render.sprint_source import build_document_context

    if slug not in sprints:
        sprints.clear()
        sprints[slug] = load_records(context, slug)
    template_context = build_document_context(context, sprints[slug], document, templates)
    paper = str(context.raw_settings.get("paper", catalogue.PAPERS[0]))
    if snapshot.is_current():  # otherwise the files have changed since the key was computed
        document_cache.store_entry(context.workspace, key, [paper, template_context])
    return _Prepared(document, paper, template_context)


def _cache_key(
    context: WorkspaceContext,
    snapshot: SprintSnapshot,
    document: Document,
    templates: Mapping[str, bytes],
    *parts: str | bytes,
) -> str | None:
    """The cache key of what follows from a sprint's files for a document, and from `parts`."""
    has_signatures = any(path.startswith("signatures/") for path in snapshot.paths)
    depends_on_day = (
        document.changes_daily
        or has_signatures
        or any(path.startswith("amendments/") for path in snapshot.paths)
    )
    day = context.today.isoformat() if depends_on_day else ""
    words = template_bytes(WORDS_FILE), templates.get(WORDS_FILE, b"")
    keys = [part or "" for part in context.signing_files] if has_signatures else []
    return snapshot.cache_key(__version__, document.name, day, *words, *keys, *parts)


def _rendered_file(context: WorkspaceContext, job: _Job, body: bytes) -> RenderedFile:
    return {
        "slug": job.slug,
        "path": output_file.relative_path(context.root, job.path),
        "shown": str(job.path),
        "document": job.document.name,
        "format": job.form,
        "bytes": len(body),
    }
