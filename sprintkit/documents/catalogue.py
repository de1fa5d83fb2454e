"""Every document, declared once. The command line, the app, completion and rendering all read this list.

To add a document: declare it in DOCUMENTS, write a module in `documents/context` whose `build_context` says what
the document contains, and add one template for each of its forms to `templates/`.

Loads neither a template engine nor the charter's model, because help and the app's first screen import it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from sprintkit.progress.state import State

TEMPLATE_SUFFIXES: Final = {"md": ".md.j2", "html": ".html.j2", "pdf": ".typ", "txt": ".txt.j2"}
"""The suffix of template names for each form that has templates."""
MAIL_FORM: Final = "eml"
"""A mail, ready to be sent, with the plain text of a document."""
FORMS: Final = (*TEMPLATE_SUFFIXES, MAIL_FORM)
"""All forms."""
PREFERRED_FORMS: Final = ("pdf", MAIL_FORM, "txt")
"""The first of these that a document has is its default form."""
DEFAULT_FORM: Final = PREFERRED_FORMS[0]
PAGES: Final = ("md", "html", "pdf")
"""The forms of a document with pages."""
PAPERS: Final = ("a4", "letter")
HOUSE_STYLE: Final = "house"
"""`house.typ` holds a workspace's colours and fonts. It looks like a template but is not a document."""

CHARTERED: Final[tuple[State, ...]] = (
    "chartered", "partly_signed", "signed", "running", "due", "operating", "stopped",
)  # fmt: skip
"""The states of a sprint that has a charter."""
ANY_STATE: Final[tuple[State, ...]] = ("scoping", *CHARTERED)
"""Every state in which the sprint's files can be read."""


class Document(NamedTuple):
    """One document that can be rendered for a sprint."""

    name: str
    """What people type: `sprintkit render SPRINT name`. Its templates begin with it."""
    title: str
    purpose: str
    """What the document is for, in a few words after the title."""
    forms: tuple[str, ...]
    """The forms it has, in the order of FORMS."""
    context: str
    """`module:function`. The function takes a SprintSource and a Wording and returns the templates' context."""
    file_name: str
    """The default output file. {slug} and {form} are filled in."""
    states: tuple[State, ...]
    """The states in which a sprint has this document."""
    reads: tuple[str, ...]
    """The sprint's files and folders that it shows. It is refused while one of them cannot be read."""
    changes_daily: bool = False
    """Whether the same files can give a different document on another day, even without amendments."""
    is_personal: bool = False
    """Whether it can be rendered for one person, with only what concerns them."""

    def output_name(self, slug: str, form: str, person: str = "") -> str:
        """The name of the file that it is written to by default; `person` is the slug of the addressee, if any."""
        name = self.file_name.replace("{slug}", slug)
        if person:
            name = name.replace(".{form}", f"-{person}.{{form}}")
        return name.replace("{form}", form)

    def default_form(self) -> str:
        """The form it is rendered in if none is requested."""
        return next((form for form in PREFERRED_FORMS if form in self.forms), self.forms[0])


_DOCUMENT_NAME: Final = re.compile(r"[\w.-]+")
"""Valid names of a workspace's own documents. Stray copies such as `house (1)` do not match."""
_AGREEMENT: Final = ("charter.toml", "draft.toml", "signatures", "amendments")
_ENDING: Final = ("closing.toml", "reviews")
"""Records written at the end of a sprint and after it."""

DOCUMENTS: Final[tuple[Document, ...]] = (
    Document(
        name="charter",
        title="Charter",
        purpose="the agreement that people read and sign",
        forms=PAGES,
        context="sprintkit.documents.context.charter:build_context",
        file_name="{slug}-charter.{form}",
        states=ANY_STATE,
        reads=(*_AGREEMENT, "probes"),
        changes_daily=True,
    ),
    Document(
        name="status",
        title="Status",
        purpose="the week on one page: health, reasons, and who is needed for what",
        forms=PAGES,
        context="sprintkit.documents.context.status:build_context",
        file_name="{slug}-status.{form}",
        states=CHARTERED,
        reads=(*_AGREEMENT, "signed", "checkins", "probes", "closing.toml", "readiness.toml"),
        changes_daily=True,
    ),
    Document(
        name="brief",
        title="Brief",
        purpose="page one of the charter alone, for a sponsor who reads nothing else",
        forms=PAGES,
        context="sprintkit.documents.context.brief:build_context",
        file_name="{slug}-brief.{form}",
        states=ANY_STATE,
        reads=(*_AGREEMENT, "probes"),
        changes_daily=True,
    ),
    Document(
        name="weekly",
        title="Weekly",
        purpose="the week in ten plain lines, for a mail or a chat; with --for, what waits for one person",
        forms=("md", "txt"),
        context="sprintkit.documents.context.weekly:build_context",
        file_name="{slug}-weekly.{form}",
        states=CHARTERED,
        reads=(*_AGREEMENT, "signed", "checkins", *_ENDING),
        changes_daily=True,
        is_personal=True,
    ),
    Document(
        name="request",
        title="Request",
        purpose="a mail that asks those who have not signed for their approval; with --for, one of them",
        forms=("txt", MAIL_FORM),
        context="sprintkit.documents.context.request:build_context",
        file_name="{slug}-request.{form}",
        states=CHARTERED,
        reads=(*_AGREEMENT, "signed", "checkins", "closing.toml"),
        changes_daily=True,
        is_personal=True,
    ),
    Document(
        name="closing",
        title="Closing",
        purpose="how the sprint ended: the verdict, what was accepted, the metric, the cost, the lesson",
        forms=PAGES,
        context="sprintkit.documents.context.closing:build_context",
        file_name="{slug}-closing.{form}",
        states=CHARTERED,
        reads=(*_AGREEMENT, "signed", "checkins", *_ENDING),
        changes_daily=True,
    ),
    Document(
        name="handover",
        title="Handover",
        purpose="what its owner needs: duties, fallback, alerts, checks, reviews, how to switch it off",
        forms=PAGES,
        context="sprintkit.documents.context.handover:build_context",
        file_name="{slug}-handover.{form}",
        states=CHARTERED,
        reads=(*_AGREEMENT, "signed", "checkins", *_ENDING),
        changes_daily=True,
    ),
    Document(
        name="readiness",
        title="Readiness",
        purpose="the readiness score on one page: band, what to fix first, the 25 answers and their proofs",
        forms=("md", "html", "pdf", "txt"),
        context="sprintkit.documents.context.readiness:build_context",
        file_name="{slug}-readiness.{form}",
        states=ANY_STATE,
        reads=(*_AGREEMENT, "readiness.toml"),
    ),
)  # fmt: skip


def default_document() -> Document:
    """The document that is rendered if none is named."""
    return DOCUMENTS[0]


def available(templates: Iterable[str] = ()) -> tuple[Document, ...]:
    """The documents of a workspace whose `templates/` folder holds these files.

    First the declared documents, with any forms that the workspace adds to them, then the workspace's own by name.
    A document of the workspace's own gets the same context as the charter.
    """
    own_forms: dict[str, set[str]] = {}
    for template in templates:
        for form, suffix in TEMPLATE_SUFFIXES.items():
            name = template.removesuffix(suffix)
            if (
                name != template
                and "/" not in name
                and name != HOUSE_STYLE
                and _DOCUMENT_NAME.fullmatch(name)
            ):
                own_forms.setdefault(name, set()).add(form)
    declared = [
        document._replace(forms=_in_order({*document.forms, *own_forms.pop(document.name, ())}))
        for document in DOCUMENTS
    ]
    base = default_document()
    own = [
        base._replace(
            name=name,
            title=name[:1].upper() + name[1:],
            purpose="this workspace's own",
            forms=_in_order(forms),
            file_name=f"{{slug}}-{name}.{{form}}",
        )
        for name, forms in sorted(own_forms.items())
    ]
    return (*declared, *own)


def template_name(document: str, form: str) -> str:
    """The template that renders the document called `document` in `form`; a mail uses the plain-text template."""
    return f"{document}{TEMPLATE_SUFFIXES['txt' if form == MAIL_FORM else form]}"


def _in_order(forms: set[str]) -> tuple[str, ...]:
    return tuple(form for form in FORMS if form in forms)
