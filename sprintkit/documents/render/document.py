"""Rendering one document in one form.

Jinja2, Typst and the sandbox are imported where they are used: each costs more than the rest of a command, and no
document needs more than one of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.machinery import PathFinder
from pathlib import Path
from typing import Any, Final

from sprintkit.documents.builtin_templates import (
    changed_templates,
    template_bytes,
    template_bytes_or_none,
    template_names,
)
from sprintkit.documents.catalogue import FORMS, HOUSE_STYLE, PAPERS, TEMPLATE_SUFFIXES, template_name
from sprintkit.errors import InputError
from sprintkit.text.escaping import escape_invisible

_TEXT_SUFFIXES: Final = (".j2", ".css", ".svg")
"""Files that Markdown and HTML are made of. The words of `words.json` are in the context."""


def render_document(
    document: str,
    form: str,
    context: Mapping[str, Any],
    templates: Mapping[str, bytes | str] | None = None,
    *,
    paper: str = "a4",
) -> bytes:
    """Render the document called `document` as md, html or pdf.

    `templates` are the files of a workspace's `templates/` folder, by name. Those equal to a built-in file are
    trusted. If one differs, a separate process renders, limited to 5 seconds, 400 MB and 2 MB of output.
    Build the context with `load_wording(templates)`, so that it has the workspace's words.
    The same arguments give the same bytes.
    Raises InputError for an unknown document, form or paper, and for a broken template with its file and line.
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
    _check_template_exists(document, form, changed)
    if form == "pdf":
        return _render_pdf(document, context, changed, paper)
    from sprintkit.documents.render.jinja import render_builtin, template_sources

    if not any(name.endswith(_TEXT_SUFFIXES) for name in changed):
        return render_builtin(document, form, context)
    from sprintkit.documents.render.sandbox import render_text_in_sandbox

    return render_text_in_sandbox(document, form, context, template_sources(changed))


def cache_key_parts(form: str) -> list[bytes] | None:
    """All that a Markdown or HTML document depends on besides its context and a workspace's templates.

    Two renderings with equal parts, contexts and templates are equal. None for a PDF, which also depends on the
    machine's fonts.
    """
    jinja = PathFinder.find_spec("jinja2")  # finds it without loading it
    if form == "pdf" or jinja is None or jinja.origin is None:
        return None
    compiler = Path(jinja.origin).with_name("compiler.py").stat()
    builtin = (name for name in template_names() if name.endswith(_TEXT_SUFFIXES))
    parts = (part for name in builtin for part in (name.encode(), template_bytes(name)))
    return [form.encode(), jinja.origin.encode(), b"%d" % compiler.st_mtime_ns, *parts]


def _render_pdf(document: str, context: Mapping[str, Any], changed: Mapping[str, bytes], paper: str) -> bytes:
    from sprintkit.documents.render.pdf import TYPST_SUFFIXES, compile_pdf

    used = {name: content for name, content in changed.items() if name.endswith(TYPST_SUFFIXES)}
    if not used:
        return compile_pdf(document, context, {}, paper)
    from sprintkit.documents.render.sandbox import render_pdf_in_sandbox

    return render_pdf_in_sandbox(document, context, used, paper)


def _check_template_exists(document: str, form: str, changed: Mapping[str, bytes]) -> None:
    """Raises InputError if there is no template, with the documents that have one for this form."""
    template = template_name(document, form)
    if "/" not in document and (template in changed or template_bytes_or_none(template) is not None):
        return
    suffix = TEMPLATE_SUFFIXES[form]
    templates = {name for name in (*template_names(), *changed) if name.endswith(suffix) and "/" not in name}
    documents = sorted({name.removesuffix(suffix) for name in templates} - {HOUSE_STYLE})
    raise InputError(
        f"There is no template for the document '{escape_invisible(document)}' as {form}.",
        code="template",
        hint=f"There is one for: {', '.join(documents)}.",
    )


def _alternatives(values: tuple[str, ...]) -> str:
    return f"{', '.join(values[:-1])} or {values[-1]}"
