"""Documents people read and sign, as Markdown, HTML and PDF.

What a document says is made by `charter.charter_context` and `status.status_context`, in the words of
`wording.wording`; what it looks like, by `render` from the templates.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from sprintkit.documents.builtin_templates import names, own_files, shipped_bytes, shipped_or_none
from sprintkit.documents.text import escape_invisible
from sprintkit.errors import InputError

DOCUMENTS: Final = ("charter", "status")
FORMS: Final = ("md", "html", "pdf")
PAPERS: Final = ("a4", "letter")
TEXT_FILES: Final = (".j2", ".css", ".svg")
"""What md and html are made of, beside the words in their context."""

__all__ = [
    "DOCUMENTS",
    "FORMS",
    "PAPERS",
    "makers",
    "render",
    "source",
    "templates",
]


def templates() -> list[str]:
    """Names of all shipped template files, below `templates/`, sorted."""
    return list(names())


def source(name: str) -> bytes:
    """The shipped template file `name`, for a house that starts from it. Raises InputError for an unknown one."""
    return shipped_bytes(name)


def cache_key_parts(form: str) -> list[bytes] | None:
    """All that a document follows from beside its context and a workspace's templates; None where not all is known.

    Two renderings with the same makers, context and overrides are the same text. For md and html.
    """
    from importlib.machinery import PathFinder  # is loaded with Python itself

    engine = PathFinder.find_spec("jinja2")  # without loading it
    if form == "pdf" or engine is None or engine.origin is None:
        return None
    status = Path(engine.origin).with_name("compiler.py").stat()
    shipped = (name for name in names() if name.endswith(TEXT_FILES))
    parts = (part for name in shipped for part in (name.encode(), shipped_bytes(name)))
    return [form.encode(), engine.origin.encode(), b"%d" % status.st_mtime_ns, *parts]


def render_document(
    document: str,
    form: str,
    context: Mapping[str, Any],
    overrides: Mapping[str, bytes | str] | None = None,
    *,
    paper: str = "a4",
) -> bytes:
    """`document` (charter, status, or one that a workspace has a template for) as md, html or pdf.

    `overrides` are the files of a workspace's `templates/` by name. Those that equal a shipped one are trusted;
    as soon as one differs, rendering happens in a process of its own with 5 seconds, 400 MB and 2 MB of output.
    Build the context with `wording.wording(overrides)`, so that a house's words are in it.
    The same arguments give the same bytes. Raises InputError, naming file, line and variable of a broken template.
    """
    own = own_files(overrides)
    if form not in FORMS:
        raise InputError(
            f"'{escape_invisible(form)}' is no form of a document.", code="usage", hint="Use md, html or pdf."
        )
    if paper not in PAPERS:
        raise InputError(f"'{escape_invisible(paper)}' is no paper.", code="usage", hint="Use a4 or letter.")
    _known(document, form, own)
    if form == "pdf":
        return _pdf(document, context, own, paper)
    from sprintkit.documents.render.engine import (  # Jinja2 costs more than the rest of a command; PDF does without
        render_trusted,
        sources,
    )

    if not any(name.endswith(TEXT_FILES) for name in own):
        return render_trusted(document, form, context)
    from sprintkit.documents.render.sandbox import (
        render_text_confined,  # starts a process; only for templates of a workspace
    )

    return render_text_confined(document, form, context, sources(own))


def _pdf(document: str, context: Mapping[str, Any], own: Mapping[str, bytes], paper: str) -> bytes:
    from sprintkit.documents.render.pdf import (  # Typst is loaded by this form alone
        TYPST_FILES,
        compile_pdf,
    )

    used = {name: content for name, content in own.items() if name.endswith(TYPST_FILES)}
    if not used:
        return compile_pdf(document, context, {}, paper)
    from sprintkit.documents.render.sandbox import (
        render_pdf_confined,  # starts a process; only for templates of a workspace
    )

    return render_pdf_confined(document, context, used, paper)


def _known(document: str, form: str, own: Mapping[str, bytes]) -> None:
    suffix = ".typ" if form == "pdf" else f".{form}.j2"
    name = f"{document}{suffix}"
    if "/" not in document and (name in own or shipped_or_none(name) is not None):
        return
    known = {*names(), *own}
    there = sorted(
        {name.removesuffix(suffix) for name in known if name.endswith(suffix) and "/" not in name} - {"house"}
    )
    raise InputError(
        f"There is no template for the document '{escape_invisible(document)}' as {form}.",
        code="template",
        hint=f"There is one for: {', '.join(there)}.",
    )
