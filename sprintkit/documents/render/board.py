"""The board and its pages as HTML, by the built-in templates alone.

They are rendered in this process: no template of a workspace takes part, every user's text in them is short, and
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
"""What every page begins with; `templates/board/page.html.j2` writes it."""


def render_board(context: Mapping[str, Any]) -> bytes:
    """The page of all sprints. Its one script is named by its digest, so that no other one runs."""
    script = builtin_environment("html").get_template("board/sort.js.j2").render()
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return _render("board/index.html.j2", {**context, "script": Markup(script), "script_digest": digest})


def render_page(context: Mapping[str, Any]) -> bytes:
    """The page of one sprint."""
    return _render("board/sprint.html.j2", context)


def _render(name: str, context: Mapping[str, Any]) -> bytes:
    return builtin_environment("html").get_template(name).render(context).encode("utf-8", "replace")
