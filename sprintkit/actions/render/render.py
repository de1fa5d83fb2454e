"""Renders the documents of sprints.

The context of a document is cached, so that an unchanged sprint needs neither the model nor the rules nor the records.
These, and the threads of `render_all`, are imported inside functions.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple, TypedDict, final

from sprintkit.actions import output_file
from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.render.house_templates import load_house_templates, require_words
from sprintkit.actions.result import Result
from sprintkit.charter.slug import slugify
from sprintkit.documents import catalogue
from sprintkit.documents.builtin_templates import WORDS_FILE, template_bytes
from sprintkit.documents.render.document import (
    Rendering,
    render_with_notes,
    start_renderer,
)
from sprintkit.errors import ExitCode, InputError, Problem, RefusedError
from sprintkit.store.cache import documents as document_cache
from sprintkit.store.cache.documents import SprintSnapshot
from sprintkit.store.workspace import SPRINTS_FOLDER

TYPE_CHECKING = False
if TYPE_CHECKING:
    from sprintkit.actions.load_sprint import Sprint
    from sprintkit.documents.catalogue import Document
    from sprintkit.store.house_files import HouseTemplates

_FORM_OF_SUFFIX = {form: form for form in catalogue.FORMS} | {"htm": "html", "markdown": "md", "text": "txt"}


@final
class RenderedFile(TypedDict):
    """A document that was written."""

    slug: str
    path: str
    """Relative to the workspace if it is inside it, else absolute."""
    shown: str
    """The path as the caller named it."""
    document: str
    format: str
    bytes: int
    warnings: list[str]
    """What the workspace's templates need and did not get, such as a font."""


@final
class RenderedFiles(TypedDict):
    """All documents that were written."""

    slug: str | None
    """The sprint; None if the documents are of all sprints."""
    path: str
    """The folder."""
    written: list[RenderedFile]


class _PreparedDocument(NamedTuple):
    """A document that is ready to be rendered with its templates."""

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
    person: str | None = None,
) -> Result[RenderedFile]:
    """Render one document and write it to `out`, a file or folder; by default into the current folder.

    Without `form`, the suffix of `out` decides. `person`, by key or name, narrows a personal document to them. Raises
    InputError for an output that exists (unless `force`), an unknown document or a broken template, RefusedError for a
    document that the sprint does not have yet or a person whom the charter does not name, WriteError.
    """
    templates = load_house_templates(context.workspace)
    document = _find_document(document_name, templates)
    form = form or _form_from_suffix(out) or document.default_form()
    _check_personal(document, person)
    output_name = document.output_name(
        slug, form, "" if person is None else slugify(person, fallback="person")
    )
    path = Path(out) if out is not None and out != "-" else Path(output_name)
    if os.path.isdir(path):  # noqa: PTH112  # False for a name that no file can have, where pathlib raises
        path = path / output_name
    output_file.refuse_guarded_places(context.root, path)
    if not force:
        output_file.refuse_existing(path)
    rendering = _render_one(context, slug, document, form, paper, templates, person)
    output_file.write(context.root, path, rendering.body)
    job = _Job(slug, document, form, path)
    return Result(_rendered_file(context, job, rendering), notes=rendering.notes)


def _form_from_suffix(out: str | None) -> str | None:
    """The form that the suffix of an output stands for; None if it stands for none."""
    suffix = "" if out is None else Path(out).suffix.lower().removeprefix(".")
    return _FORM_OF_SUFFIX.get(suffix)


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

    Without `form`, each is rendered in all its forms. Documents that a sprint does not have yet, or that have no content
    yet, are skipped with a note. Those that cannot be rendered are skipped too, and reported as errors with exit code 2.
    Raises as `render_one` if none can be rendered. Existing outputs are refused before anything is written.
    `report_progress` receives a line after each document.
    """
    folder = Path(out or ".")
    templates = load_house_templates(context.workspace)
    slugs = context.workspace.slugs() if slug is None else [context.workspace.require_sprint(slug)]
    declared = catalogue.available(templates.names)[: len(catalogue.DOCUMENTS)]
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
    notes: dict[str, None] = {}
    problems: dict[Problem, None] = {}
    for job, rendering in _render_jobs(context, jobs, paper, templates, notes, problems):
        output_file.write(context.root, job.path, rendering.body)
        written.append(_rendered_file(context, job, rendering))
        notes |= dict.fromkeys(rendering.notes)
        if report_progress is not None:
            report_progress(f"{len(written)} of {len(jobs)}: {job.path}")
    if problems and not written:
        raise InputError.from_problems(problems)
    return Result(
        {"slug": slug, "path": str(folder), "written": written},
        errors=tuple(problems),
        exit_code=ExitCode.USAGE if problems else ExitCode.OK,
        notes=tuple(notes),
    )


def render_bytes(
    context: WorkspaceContext,
    slug: str,
    document_name: str | None = None,
    form: str | None = None,
    paper: str | None = None,
    *,
    person: str | None = None,
) -> Rendering:
    """One document of a sprint as bytes, with notes about it. Raises as `render_one` does."""
    templates = load_house_templates(context.workspace)
    document = _find_document(document_name, templates)
    _check_personal(document, person)
    form = form or document.default_form()
    return _render_one(context, slug, document, form, paper, templates, person)


def available_documents(context: WorkspaceContext) -> tuple[Document, ...]:
    """The documents of a workspace: the declared ones, then its own."""
    return catalogue.available(load_house_templates(context.workspace).names)


def _find_document(name: str | None, templates: HouseTemplates) -> Document:
    """The document called `name`, the default one without a name. Raises InputError for an unknown one."""
    if name is None:
        name = catalogue.default_document().name
    documents = catalogue.available(templates.names)
    for document in documents:
        if document.name == name:
            return document
    names = ", ".join(document.name for document in documents)
    raise InputError(f"there is no document '{name}'", code="template", hint=f"There is: {names}.")


def _check_personal(document: Document, person: str | None) -> None:
    """Raise InputError if a person is given for a document that is the same for everybody."""
    if person is None or document.is_personal:
        return
    names = ", ".join(document.name for document in catalogue.DOCUMENTS if document.is_personal)
    raise InputError(
        f"the {document.name} is the same for everybody", code="usage", hint=f"--for is for: {names}."
    )


def _render_jobs(
    context: WorkspaceContext,
    jobs: list[_Job],
    paper: str | None,
    templates: HouseTemplates,
    notes: dict[str, None],
    problems: dict[Problem, None],
) -> Iterator[tuple[_Job, Rendering]]:
    """The rendered documents in order. Several are rendered at once.

    Adds a note to `notes` for each document that a sprint does not have, and to `problems` why others cannot be rendered.
    """
    from concurrent.futures import Future, ThreadPoolExecutor

    sprints: dict[str, Sprint] = {}
    prepared: _PreparedDocument | None = None
    prepared_for: tuple[str, str] | None = None
    running: list[tuple[_Job, _PreparedDocument, Future[Rendering]]] = []
    workers = min(4, os.cpu_count() or 1)

    def finished(until: int) -> Iterator[tuple[_Job, Rendering]]:
        while len(running) > until:
            job, mailed, rendering = running.pop(0)
            try:
                rendered = rendering.result()
                if job.form == catalogue.MAIL_FORM:
                    rendered = _as_mail(context, job.slug, mailed, rendered, paper)
                yield job, rendered
            except InputError as error:
                problems.update(dict.fromkeys(error.problems))

    with ThreadPoolExecutor(workers) as pool:
        for job in jobs:
            if prepared_for != (job.slug, job.document.name):
                prepared_for, prepared = (job.slug, job.document.name), None
                snapshot = SprintSnapshot(context.workspace, job.slug)
                try:
                    prepared = _prepare(context, job.slug, job.document, templates, snapshot, sprints)
                except RefusedError as error:
                    notes |= {
                        f"{job.slug}: no {job.document.name}: {problem.message}": None
                        for problem in error.problems
                    }
                except InputError as error:
                    problems.update(dict.fromkeys(error.problems))
            if prepared is not None and (not_yet := prepared.template_context.get("not_yet")):
                notes[f"{job.slug}: no {job.document.name}: {not_yet}"] = None
            elif prepared is not None:
                running.append((job, prepared, pool.submit(_render, prepared, job, paper, templates)))
            # Keeps no more documents in memory than are being rendered.
            yield from finished(workers)
        yield from finished(0)


def _render_one(
    context: WorkspaceContext,
    slug: str,
    document: Document,
    form: str,
    paper: str | None,
    templates: HouseTemplates,
    person: str | None = None,
) -> Rendering:
    snapshot = SprintSnapshot(context.workspace, slug)
    start_renderer(form, templates.files, templates.unusable)
    prepared = _prepare(context, slug, document, templates, snapshot, {}, person)
    rendering = _render(prepared, _Job(slug, document, form, Path()), paper, templates)
    if form == catalogue.MAIL_FORM:
        rendering = _as_mail(context, slug, prepared, rendering, paper)
    return rendering


def _as_mail(
    context: WorkspaceContext, slug: str, prepared: _PreparedDocument, text: Rendering, paper: str | None
) -> Rendering:
    """A rendered text as a mail, with the charter's PDF."""
    from sprintkit.actions.render.mail import build_mail  # a mail is rarely rendered

    pdf = render_bytes(context, slug, "charter", "pdf", paper)
    body = build_mail(prepared.template_context, text.body, pdf.body, slug, context.today)
    return Rendering(body, (*text.notes, *pdf.notes))


def _render(
    prepared: _PreparedDocument, job: _Job, paper: str | None, templates: HouseTemplates
) -> Rendering:
    try:
        return render_with_notes(
            prepared.document.name,
            job.form,
            prepared.template_context,
            templates.files,
            paper=paper or prepared.paper,
            unusable=templates.unusable,
        )
    except InputError as error:
        raise InputError.from_problems(
            problem._replace(path=problem.path or f"{SPRINTS_FOLDER}/{job.slug}")
            for problem in error.problems
        ) from error


def _prepare(
    context: WorkspaceContext,
    slug: str,
    document: Document,
    templates: HouseTemplates,
    snapshot: SprintSnapshot,
    sprints: dict[str, Sprint],
    person: str | None = None,
) -> _PreparedDocument:
    """The context of a document, from the cache or else computed. `sprints` keeps the last loaded sprint."""
    require_words(templates)
    key = _cache_key(context, snapshot, document, templates, person)
    cached = document_cache.load_entry(context.workspace, key)
    if isinstance(cached, list) and [type(part) for part in cached] == [str, dict]:
        paper, template_context = cached
        return _PreparedDocument(document, paper, template_context)
    from sprintkit.actions.load_sprint import load_records
    from sprintkit.actions.render.sprint_source import build_document_context

    if slug not in sprints:
        sprints.clear()
        sprints[slug] = load_records(context, slug)
    template_context = build_document_context(context, sprints[slug], document, templates, person)
    paper = str(context.raw_settings.get("paper", catalogue.PAPERS[0]))
    if snapshot.is_current():  # otherwise the files have changed since the key was computed
        document_cache.store_entry(context.workspace, key, [paper, template_context])
    return _PreparedDocument(document, paper, template_context)


def _cache_key(
    context: WorkspaceContext,
    snapshot: SprintSnapshot,
    document: Document,
    templates: HouseTemplates,
    person: str | None,
) -> str | None:
    """The cache key of the context of a document of `person`."""
    has_signatures = any(path.startswith("signatures/") for path in snapshot.paths)
    depends_on_day = (
        document.changes_daily
        or has_signatures
        or any(path.startswith("amendments/") for path in snapshot.paths)
    )
    day = context.today.isoformat() if depends_on_day else ""
    words = template_bytes(WORDS_FILE), templates.files.get(WORDS_FILE, b"")
    keys = [part or "" for part in context.signing_files] if has_signatures else []
    return snapshot.cache_key(document.name, person or "", day, *words, *keys)


def _rendered_file(context: WorkspaceContext, job: _Job, rendering: Rendering) -> RenderedFile:
    return {
        "slug": job.slug,
        "path": output_file.relative_path(context.root, job.path),
        "shown": str(job.path),
        "document": job.document.name,
        "format": job.form,
        "bytes": len(rendering.body),
        "warnings": list(rendering.notes),
    }
