"""Finds the e-mail address in a contact, compares it, and formats it for a header, all by the same rules."""

from __future__ import annotations

import re
from typing import Final

_ADDRESS: Final = re.compile(r"[^\s@<>,;:\"()\[\]\\]{1,64}@[^\s@<>,;:\"()\[\]\\]{1,255}")
_PLAIN_ADDRESS: Final = re.compile(
    r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?", re.ASCII
)
_MAX_CONTACT: Final = 1_000
"""How many characters of a contact are searched."""


def find_address(contact: str | None) -> str | None:
    """The first address in a contact (`ann@example.org`, `Ann <ann@example.org>`), as typed; None if it holds none."""
    match = _ADDRESS.search(contact[:_MAX_CONTACT]) if contact else None
    return match[0].rstrip(".") if match else None


def mail_address(contact: str | None) -> str | None:
    """The address of `find_address` in the form in which addresses are compared."""
    address = find_address(contact)
    return address.casefold() if address else None


def plain_address(contact: str | None) -> str | None:
    """The address of `find_address` if it can stand in a header as it is; else None."""
    address = find_address(contact)
    return address if address and _PLAIN_ADDRESS.fullmatch(address) else None
