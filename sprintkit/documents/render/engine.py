"""Markdown and HTML by Jinja2, in a sandbox: a template sees dicts, lists, texts and numbers, and nothing else.

What is put into a document is text in both forms: HTML escapes by autoescape, Markdown by a finalizer, so a
template cannot forget it. A name that the context does not have is an error, never an empty place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Any, Final

from jinja2 import (
    BytecodeCache,
    FunctionLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Namespace
from markupsafe import Markup

from sprintkit.documents.builtin_templates import SHIPPED_PREFIX, names, shipped_bytes, shipped_or_none
from sprintkit.documents.render.template_cache import CompiledTemplates
from sprintkit.documents.text import escape_invisible, markdown
from sprintkit.errors import InputError

_READ: Final = (".j2", ".css", ".svg", ".txt")
_BLANK_LINES: Final = re.compile(r"\n{3,}")
_BROKEN: Final = (
    TemplateError,
    TypeError,
    ValueError,
    ArithmeticError,
    LookupError,
    AttributeError,
    RecursionError,
    MemoryError,
)
"""What a template can raise: its own mistakes, never one of this program."""


def _in_markdown(value: Any) -> Any:
    """Every value on its way into Markdown, escaped unless a template made it."""
    return value if isinstance(value, Markup) else Markup(markdown(str(value)))


def template_name(document: str, form: str) -> str:
    """The file that renders `document` in `form` (md or html)."""
    return f"{document}.{form}.j2"


def sources(own: Mapping[str, bytes]) -> dict[str, str]:
    """All texts that templates may reach by name; the shipped ones also as shipped/NAME, for extending them.

    Raises InputError for a template that is not UTF-8.
    """
    found: dict[str, str] = {}
    for name in names():
        if name.endswith(_READ):
            found[name] = found[SHIPPED_PREFIX + name] = shipped_bytes(name).decode("utf-8")
    for name, content in own.items():
        if name.endswith(_READ):
            try:
                found[name] = content.decode("utf-8-sig")
            except UnicodeDecodeError as error:
                line = content.count(b"\n", 0, error.start) + 1
                raise broken(name, line, "it is not UTF-8 text") from error
    return found


def environment(
    form: str, load: Callable[[str], str | None], cache: BytecodeCache | None = None
) -> ImmutableSandboxedEnvironment:
    """A sandbox for one form, whose templates come from `load` and from nowhere else."""

    def found(name: str) -> tuple[str, str, Callable[[], bool]] | None:
        text = load(name)
        return None if text is None else (text, name, lambda: True)

    made = ImmutableSandboxedEnvironment(
        loader=FunctionLoader(found),
        undefined=StrictUndefined,
        autoescape=True,
        finalize=_in_markdown if form == "md" else None,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=100,
        bytecode_cache=cache,
    )
    made.globals.clear()
    made.globals["range"] = range
    made.globals["namespace"] = Namespace
    return made


@cache
def shipped_environment(form: str) -> ImmutableSandboxedEnvironment:
    """The sandbox of the shipped templates, made once."""
    return environment(form, _shipped_text, CompiledTemplates(form))


def _shipped_text(name: str) -> str | None:
    found = shipped_or_none(name.removeprefix(SHIPPED_PREFIX)) if name.endswith(_READ) else None
    return None if found is None else found.decode("utf-8")


def pieces(
    made: ImmutableSandboxedEnvironment, document: str, form: str, context: Mapping[str, Any]
) -> Iterator[str]:
    """The document, piece by piece. Raises InputError naming file, line and variable of a broken template."""
    name = template_name(document, form)
    try:
        yield from made.get_template(name).generate(dict(context))
    except TemplateSyntaxError as error:
        raise broken(error.name or name, error.lineno, error.message or "it cannot be read") from error
    except TemplateNotFound as error:
        place, line = _place(error, name)
        raise broken(place, line, f"there is no template '{error.name}'") from error
    except _BROKEN as error:
        place, line = _place(error, name)
        raise broken(place, line, _told(error)) from error


def render_trusted(document: str, form: str, context: Mapping[str, Any]) -> bytes:
    """A document from the shipped templates."""
    return joined(pieces(shipped_environment(form), document, form, context), form).encode("utf-8")


def joined(parts: Iterable[str], form: str) -> str:
    """The document as one text; in Markdown, blank lines that belong to parts left out become one."""
    text = "".join(parts)
    return _BLANK_LINES.sub("\n\n", text).strip("\n") + "\n" if form == "md" else text


def broken(name: str, line: int | None, what: str) -> InputError:
    """A template's mistake as a user is told it."""
    shown = f"templates/{escape_invisible(name.removeprefix(SHIPPED_PREFIX))}"
    return InputError(
        f"{f'line {line}: ' if line else ''}{escape_invisible(what.rstrip('.'))}.",
        code="template",
        path=shown,
        hint="What a template is given: sprintkit render --eject README.md",
    )


def _told(error: BaseException) -> str:
    if isinstance(error, MemoryError):
        return "it needs more memory than a template may have, 400 MB"
    if isinstance(error, RecursionError):
        return "it includes itself without end"
    message = str(error).rstrip(".")
    return message.replace("'dict object' has no attribute", "the context has no").replace(
        "'builtins.dict object' has no attribute", "the context has no"
    )


def _place(error: BaseException, fallback: str) -> tuple[str, int | None]:
    """File and line of the innermost template in the error's traceback."""
    name, line = fallback, None
    trace = error.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if "__jinja_template__" in trace.tb_frame.f_globals or file.endswith(_READ):
            name, line = file, trace.tb_lineno
        trace = trace.tb_next
    return name, line
