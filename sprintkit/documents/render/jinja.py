"""Markdown, HTML and plain text by Jinja2, in a sandbox: templates see only dicts, lists, texts and numbers.

Escaping cannot be forgotten: autoescape does it for HTML, a finalizer for Markdown; plain text needs none. A name
missing from the context is an error, never an empty place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Any, Final

from jinja2 import (
    FunctionLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Namespace
from markupsafe import Markup

from sprintkit.documents.builtin_templates import (
    BUILTIN_PREFIX,
    find_unusable,
    template_bytes,
    template_bytes_or_none,
    template_names,
)
from sprintkit.documents.catalogue import template_name
from sprintkit.documents.render.markdown import escape_markdown
from sprintkit.documents.render.plain_text import NO_BREAK_SPACE, plain_value, wrap_lines
from sprintkit.documents.render.sandbox_limits import TOO_MUCH_MEMORY
from sprintkit.errors import InputError, Problem
from sprintkit.text.decoding import UndecodableError, decode_text
from sprintkit.text.escaping import escape_invisible

_READABLE_SUFFIXES: Final = (".j2", ".css", ".svg", ".txt")
_BLANK_LINES: Final = re.compile(r"\n{3,}")
_TEMPLATE_MISTAKES: Final = (
    TemplateError,
    TypeError,
    ValueError,
    ArithmeticError,
    LookupError,
    AttributeError,
    RecursionError,
    MemoryError,
)
"""Everything that a mistake in a template can raise while it renders."""


def load_own_or_builtin(
    changed: Mapping[str, bytes], unusable: Mapping[str, Problem]
) -> Callable[[str], str | None]:
    """A function that returns the text of a template by name: the workspace's own, else the built-in one.

    Built-in templates are also available as shipped/NAME, so that they can be extended. The function raises InputError
    for a template that is `unusable` or not text.
    """
    builtin = {name: template_bytes(name) for name in template_names() if name.endswith(_READABLE_SUFFIXES)}

    def load(name: str) -> str | None:
        if name.startswith(BUILTIN_PREFIX):
            content = builtin.get(name.removeprefix(BUILTIN_PREFIX))
        elif problem := find_unusable(name, unusable):
            raise InputError.from_problems([problem])
        else:
            content = changed.get(name, builtin.get(name))
        if content is None or not name.endswith(_READABLE_SUFFIXES):
            return None
        try:
            return decode_text(content)
        except UndecodableError as error:
            raise template_error(name, error.line, f"it is {error.reason}") from error

    return load


def create_environment(form: str, load: Callable[[str], str | None]) -> ImmutableSandboxedEnvironment:
    """A sandbox for one form. Its templates come from `load` and from nowhere else."""

    def load_source(name: str) -> tuple[str, str, Callable[[], bool]] | None:
        text = load(name)
        return None if text is None else (text, name, lambda: True)

    environment = ImmutableSandboxedEnvironment(
        loader=FunctionLoader(load_source),
        undefined=StrictUndefined,
        autoescape=True,
        finalize=_FINALIZERS.get(form),
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
        optimized=False,  # it finds nothing to fold in the built-in templates, and takes a sixth of their compilation
        auto_reload=False,
        cache_size=100,
    )
    environment.globals.clear()
    environment.globals["range"] = range
    environment.globals["namespace"] = Namespace
    return environment


@cache
def builtin_environment(form: str) -> ImmutableSandboxedEnvironment:
    """The sandbox of the built-in templates for one form."""
    return create_environment(form, _load_builtin)


def _load_builtin(name: str) -> str | None:
    if not name.endswith(_READABLE_SUFFIXES):
        return None
    content = template_bytes_or_none(name.removeprefix(BUILTIN_PREFIX))
    return None if content is None else content.decode("utf-8")


def _escape_for_markdown(value: Any) -> Any:
    """Escape a value that a template inserts into Markdown, unless a template produced it."""
    return value if isinstance(value, Markup) else Markup(escape_markdown(str(value)))


def _collapse_for_plain_text(value: Any) -> Any:
    """Put a value that a template inserts into plain text on one line, unless a template produced it."""
    return value if isinstance(value, Markup) else Markup(plain_value(str(value)))


_FINALIZERS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "md": _escape_for_markdown,
    "txt": _collapse_for_plain_text,
}


def render_pieces(
    environment: ImmutableSandboxedEnvironment, document: str, form: str, context: Mapping[str, Any]
) -> Iterator[str]:
    """The document, piece by piece. Raises InputError with the file, line and variable for a broken template."""
    name = template_name(document, form)
    try:
        yield from environment.get_template(name).generate(dict(context))
    except TemplateSyntaxError as error:
        raise template_error(
            error.name or name, error.lineno, error.message or "it cannot be read"
        ) from error
    except TemplateNotFound as error:
        file, line = _error_position(error, name)
        raise template_error(file, line, f"there is no template '{error.name}'") from error
    except _TEMPLATE_MISTAKES as error:
        file, line = _error_position(error, name)
        code = "limit" if isinstance(error, MemoryError) else "template"
        raise template_error(file, line, _describe_mistake(error), code) from error


def join_pieces(pieces: Iterable[str], form: str) -> str:
    """The document as one text. Except in HTML, runs of blank lines left by omitted parts shrink to one.

    Plain text is wrapped, but not that of a mail: mail programs break its lines to fit the window.
    """
    text = "".join(pieces)
    if form == "html":
        return text
    text = _BLANK_LINES.sub("\n\n", text).strip("\n") + "\n"
    if form == "md":
        return text
    return (wrap_lines(text) if form == "txt" else text).replace(NO_BREAK_SPACE, " ")


def template_error(name: str, line: int | None, message: str, code: str = "template") -> InputError:
    """The error for a mistake in the template `name`, worded for its author."""
    return InputError(
        f"{f'line {line}: ' if line else ''}{escape_invisible(message.rstrip('.'))}.",
        code=code,
        path=f"templates/{escape_invisible(name.removeprefix(BUILTIN_PREFIX))}",
        hint="What a template is given: sprintkit render --eject README.md",
    )


def _describe_mistake(error: BaseException) -> str:
    if isinstance(error, MemoryError):
        return TOO_MUCH_MEMORY
    if isinstance(error, RecursionError):
        return "it includes itself without end"
    message = str(error).rstrip(".")
    return message.replace("'dict object' has no attribute", "the context has no").replace(
        "'builtins.dict object' has no attribute", "the context has no"
    )


def _error_position(error: BaseException, default_name: str) -> tuple[str, int | None]:
    """The file and line of the innermost template in the error's traceback."""
    name, line = default_name, None
    traceback = error.__traceback__
    while traceback is not None:
        file = traceback.tb_frame.f_code.co_filename
        if "__jinja_template__" in traceback.tb_frame.f_globals or file.endswith(_READABLE_SUFFIXES):
            name, line = file, traceback.tb_lineno
        traceback = traceback.tb_next
    return name, line
