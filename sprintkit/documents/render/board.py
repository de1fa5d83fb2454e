"""The board and its pages as HTML, by the built-in templates alone.

They are rendered in this process, because no workspace template takes part, user texts in them are short, and
autoescape applies.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from typing import Any, Final

from markupsafe import Markup

from sprintkit.documents.render.jinja import builtin_environment

PAGE_MARK: Final = b"<!DOCTYPE html>\n<!-- A page of a sprintkit board -->\n"
"""The beginning of every page, as `templates/board/page.html.j2` writes it."""


def render_board(context: Mapping[str, Any]) -> bytes:
    """The page of all sprints. It allows its one script by digest, so that no other script can run."""
    script = builtin_environment("html").get_template("board/sort.js.j2").render()
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return _render("board/index.html.j2", {**context, "script": Markup(script), "script_digest": digest})


def render_page(context: Mapping[str, Any]) -> bytes:
    """The page of one sprint."""
    return _render("board/sprint.html.j2", context)


def _render(name: str, context: Mapping[str, Any]) -> bytes:
    return builtin_environment("html").get_template(name).render(context).encode("utf-8", "replace")
