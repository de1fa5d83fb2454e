"""Renders one document in one form.

The sandbox is imported where it is used, because a cached document does not need it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

from sprintkit.documents.builtin_templates import (
    changed_templates,
    find_unusable,
    template_bytes_or_none,
    template_names,
)
from sprintkit.documents.catalogue import (
    FORMS,
    HOUSE_STYLE,
    MAIL_FORM,
    PAPERS,
    TEMPLATE_SUFFIXES,
    template_name,
)
from sprintkit.documents.render.typst_folder import FONTS_FOLDER, TYPST_SUFFIXES, is_font, unsupported_fonts
from sprintkit.errors import InputError, Problem
from sprintkit.text.escaping import escape_invisible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from sprintkit.documents.render.sandbox import TemplateSet

_LONG_TEXT: Final = 3000
"""Characters from which a single text may be why a document is too large."""
_TEXT_SUFFIXES: Final = (".j2", ".css", ".svg")
"""Template files for Markdown, HTML and plain text. `words.json` is left out: its words are in the context."""


class Rendering(NamedTuple):
    """A rendered document."""

    body: bytes
    notes: tuple[str, ...]
    """Sentences for the author of the templates about what they asked for and did not get, such as a font."""


def render_document(
    document: str,
    form: str,
    context: Mapping[str, Any],
    templates: Mapping[str, bytes | str] | None = None,
    *,
    paper: str = "a4",
    unusable: Mapping[str, Problem] | None = None,
) -> bytes:
    """The body of `render_with_notes`."""
    return render_with_notes(document, form, context, templates, paper=paper, unusable=unusable).body


def render_with_notes(
    document: str,
    form: str,
    context: Mapping[str, Any],
    templates: Mapping[str, bytes | str] | None = None,
    *,
    paper: str = "a4",
    unusable: Mapping[str, Problem] | None = None,
) -> Rendering:
    """Render the document called `document` in one of its forms; for `eml`, only the text of the mail.

    `templates` are the files of a workspace's `templates/` folder, by name, and `unusable` says what is wrong with
    those that could not be read; a document that needs one is refused. Another process renders, limited to 5 seconds of
    processor time, 400 MB of memory and 2 MB of output. The same arguments give the same bytes.
    Build the context with `load_wording(templates)`, so that it has the workspace's words.
    Raises InputError for an unknown document, form or paper, for a broken template with its file and line, and for
    a document that exceeds a limit.
    """
    changed = changed_templates(templates)
    if form not in FORMS:
        raise InputError(
            f"'{escape_invisible(form)}' is not a form of a document.",
            code="usage",
            hint=f"Use {_alternatives(FORMS)}.",
        )
    if paper not in PAPERS:
        raise InputError(
            f"'{escape_invisible(paper)}' is not a paper size.",
            code="usage",
            hint=f"Use {_alternatives(PAPERS)}.",
        )
    _check_template_exists(document, form, changed, unusable or {})
    from sprintkit.documents.render.sandbox import LimitError, render_in_sandbox

    template_set = _template_set(form, changed, unusable or {})
    job = {"document": document, "form": form, "context": context, "paper": paper}
    try:
        body, notes = render_in_sandbox(template_set, job)
    except LimitError as error:
        raise _limit_error(job, template_set, str(error)) from None
    except InputError as error:
        (problem,) = error.problems
        if problem.code == "limit" and problem.path is None:
            raise _limit_error(job, template_set, problem.message) from None
        raise
    if form == "pdf":
        notes = [*_unused_fonts(templates or {}, unusable or {}), *notes]
    return Rendering(body, tuple(notes))


def start_renderer(
    form: str,
    templates: Mapping[str, bytes | str] | None = None,
    unusable: Mapping[str, Problem] | None = None,
) -> None:
    """Start the process that `render_with_notes` is going to need, while the caller prepares the context."""
    from sprintkit.documents.render.sandbox import start_process

    start_process(_template_set(form, changed_templates(templates), unusable or {}))


def check_fonts(
    templates: Mapping[str, bytes | str], unusable: Mapping[str, Problem] | None = None
) -> list[str]:
    """What is wrong with a workspace's fonts: files that are not fonts, and names in `house.typ` without a file."""
    from sprintkit.documents.render.sandbox import LimitError, render_in_sandbox

    template_set = _template_set("pdf", changed_templates(templates), unusable or {})
    notes: list[str] = []
    if template_set.changed:
        try:
            _, notes = render_in_sandbox(template_set, {"document": None})
        except LimitError as error:
            notes = [f"The fonts could not be loaded: {error}."]
    return [*_unused_fonts(templates, unusable or {}), *notes]


def _template_set(form: str, changed: Mapping[str, bytes], unusable: Mapping[str, Problem]) -> TemplateSet:
    from sprintkit.documents.render.sandbox import TemplateSet

    suffixes = TYPST_SUFFIXES if form == "pdf" else _TEXT_SUFFIXES
    return TemplateSet(
        "pdf" if form == "pdf" else "text",
        {name: content for name, content in changed.items() if name.endswith(suffixes)},
        {name: problem for name, problem in unusable.items() if not is_font(name)},
    )


def _unused_fonts(templates: Iterable[str], unusable: Mapping[str, Problem]) -> list[str]:
    unreadable = [
        f"templates/{escape_invisible(name)} is not used: {problem.message.rstrip('.')}."
        for name, problem in unusable.items()
        if name.startswith(FONTS_FOLDER) and is_font(name)
    ]
    return [*unsupported_fonts(templates), *unreadable]


def _limit_error(job: Mapping[str, Any], templates: TemplateSet, reason: str) -> InputError:
    """The error for a rendering that a limit stopped. It blames the workspace's templates if any, else an answer."""
    document, form = job["document"], job["form"]
    path, length = _longest_text(job["context"])
    answer = f"Its longest text is {path}, with {length:,} characters" if length > _LONG_TEXT else ""
    if templates.changed:
        hint = "Look for a loop or a repetition that grows without end."
        return InputError(
            f"this template, or one that it uses, was stopped: {reason}.",
            code="template",
            path=f"templates/{template_name(document, form)}",
            hint=f"{hint} {answer}." if answer else hint,
        )
    return InputError(
        f"the {document} as {form} was stopped: {reason}.",
        code="limit",
        hint=f"{answer}: shorten it."
        if answer
        else "The sprint has more answers than one document can hold.",
    )


def _longest_text(context: Mapping[str, Any]) -> tuple[str, int]:
    """The path and length of the longest text in a context."""
    longest, length = "", 0
    values: list[tuple[str, Any]] = [("", context)]
    while values:
        path, value = values.pop()
        if isinstance(value, Mapping):
            values += ((f"{path}.{key}" if path else str(key), inner) for key, inner in value.items())
        elif isinstance(value, list):
            values += ((f"{path}[{index}]", inner) for index, inner in enumerate(value))
        elif isinstance(value, str) and len(value) >= length:
            longest, length = path, len(value)
    return escape_invisible(longest.removeprefix("charter.").removesuffix(".text")), length


def _check_template_exists(
    document: str, form: str, changed: Mapping[str, bytes], unusable: Mapping[str, Problem]
) -> None:
    """Raise InputError if there is no usable template; the hint lists the documents that have one for this form."""
    template = template_name(document, form)
    if problem := find_unusable(template, unusable):
        raise InputError.from_problems([problem])
    if "/" not in document and (template in changed or template_bytes_or_none(template) is not None):
        return
    suffix = TEMPLATE_SUFFIXES["txt" if form == MAIL_FORM else form]
    templates = {name for name in (*template_names(), *changed) if name.endswith(suffix) and "/" not in name}
    documents = sorted({name.removesuffix(suffix) for name in templates} - {HOUSE_STYLE})
    raise InputError(
        f"There is no template for the document '{escape_invisible(document)}' as {form}.",
        code="template",
        hint=f"There is one for: {', '.join(documents)}.",
    )


def _alternatives(values: tuple[str, ...]) -> str:
    return f"{', '.join(values[:-1])} or {values[-1]}"
