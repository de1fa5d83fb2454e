"""Whose SSH key is whose."""

from __future__ import annotations

from sprintkit.actions.sign.texts import SignableText
from sprintkit.charter.blank import is_blank


def principal_of(text: SignableText, person: str) -> str:
    """How `allowed_signers` names a person: their contact, else their key."""
    entry = text.parsed.charter.people.get(person)
    contact = entry.contact if entry else None
    return person if contact is None or is_blank(contact) else contact.strip()
