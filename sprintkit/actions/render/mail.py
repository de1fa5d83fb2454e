"""Builds an unsent mail from a document: its plain text, with the charter's PDF attached."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sprintkit.errors import InputError
from sprintkit.signoff.draft_mail import Attachment, build_draft


def build_mail(template_context: Mapping[str, Any], text: bytes, pdf: bytes, slug: str, day: date) -> bytes:
    """The mail that the key `mail` of a document's context describes. Raises InputError if the document has none."""
    mail = template_context.get("mail")
    if mail is None:
        raise InputError("this document is not an email", code="template", hint="Render it as txt.")
    to = [(recipient["name"], recipient["address"] or None) for recipient in mail["to"]]
    (name, address), *others = to or [("", None)]
    return build_draft(
        name=name,
        address=address,
        others=others,
        subject=mail["subject"],
        text=text.decode(),
        attachment=Attachment(f"{slug}-charter.pdf", pdf),
        day=day,
    )
