"""Lists the documents and templates of a workspace, and copies built-in templates into it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypedDict, final

from sprintkit.actions.context import WorkspaceContext
from sprintkit.actions.render.house_templates import load_house_templates
from sprintkit.actions.result import Result
from sprintkit.documents import catalogue
from sprintkit.documents.builtin_templates import WORDS_FILE, find_unusable, template_bytes, template_names
from sprintkit.errors import InputError, Problem, limit_by_file
from sprintkit.store.workspace import TEMPLATES_FOLDER


@final
class ListedDocument(TypedDict):
    """A document that can be rendered."""

    name: str
    title: str
    purpose: str
    formats: list[str]


@final
class ListedTemplate(TypedDict):
    """A file of the templates."""

    name: str
    own: bool
    """Whether the workspace has its own version, which differs from the built-in one."""
    shipped: bool
    """Whether there is a built-in one."""


@final
class UnusableTemplate(TypedDict):
    """A file or folder of the workspace's templates that cannot be used."""

    name: str
    message: str
    hint: str | None


@final
class DocumentList(TypedDict):
    """What can be rendered, and with which templates."""

    documents: list[str]
    unusable: list[UnusableTemplate]
    forms: list[str]
    catalogue: list[ListedDocument]
    templates: list[ListedTemplate]


@final
class EjectedTemplates(TypedDict):
    """Built-in templates that were copied into the workspace."""

    path: str
    ejected: list[str]


def list_documents(context: WorkspaceContext) -> Result[DocumentList]:
    """The documents and the templates of a workspace, built-in ones and its own."""
    templates, builtin = load_house_templates(context.workspace), template_names()
    own_files = templates.files
    documents = catalogue.available(templates.names)
    return Result(
        {
            "documents": [document.name for document in documents],
            "unusable": [
                {"name": name, "message": problem.message, "hint": problem.hint}
                for name, problem in templates.unusable.items()
            ],
            "forms": list(catalogue.FORMS),
            "catalogue": [
                {
                    "name": document.name,
                    "title": document.title,
                    "purpose": document.purpose,
                    "formats": list(document.forms),
                }
                for document in documents
            ],
            "templates": [
                {"name": name, "own": _is_own(name, own_files), "shipped": name in builtin}
                for name in sorted({*builtin, *own_files})
            ],
        },
        notes=tuple(
            f"{problem.path}: {problem.message}"
            for problem in limit_by_file(
                problem._replace(path=TEMPLATES_FOLDER, message=f"{name}: {problem.message}")
                for name, problem in templates.unusable.items()
            )
        ),
    )


def eject_templates(
    context: WorkspaceContext, name: str | None = None, *, force: bool = False
) -> Result[EjectedTemplates]:
    """Copy the built-in templates into the workspace's `templates/`, to be changed there.

    `name` is a document or a template; without it, all are copied. Raises InputError if the name is unknown, or if the
    workspace has already changed a template (unless `force`).
    """
    chosen = [
        template
        for template in template_names()
        if name is None or template == name or template.startswith(f"{name}.")
    ]
    if not chosen:
        raise InputError(
            f"there is no template '{name}'", code="template", hint="See: sprintkit render --list"
        )
    own = load_house_templates(context.workspace)
    changed = [
        template
        for template in chosen
        if _is_own(template, own.files) or find_unusable(template, own.unusable) is not None
    ]
    if changed and not force:
        raise InputError.from_problems(
            Problem(
                "exists",
                "exists already and differs",
                f"templates/{template}",
                "Use --force to overwrite it.",
            )
            for template in changed
        )
    from sprintkit.store import save  # only this use case writes into the workspace

    written = []
    for template in chosen:
        path = f"templates/{template}"
        new_content = _constant(ejected_bytes(template))
        saved = save.update_bytes(context.root, path, new_content, expected=save.ANY_VERSION)
        if saved.was_written:
            written.append(path)
    return Result({"path": "templates", "ejected": written})


def _constant(content: bytes) -> Callable[[bytes | None], bytes]:
    return lambda _: content


def ejected_bytes(name: str) -> bytes:
    """The content of a copy of a built-in file: the file as it is, but all replaceable texts for the words."""
    if name != WORDS_FILE:
        return template_bytes(name)
    from sprintkit.documents.builtin_words import complete_words, encode_words  # loads the charter's model

    return encode_words(complete_words())


def _is_own(name: str, own: Mapping[str, bytes]) -> bool:
    if name not in own:
        return False
    if name not in template_names() or own[name] == template_bytes(name):
        return name not in template_names()
    return name != WORDS_FILE or own[name] != ejected_bytes(name)
