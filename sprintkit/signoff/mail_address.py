"""Finds the e-mail address in a contact, in the forms for comparing and for a header."""

from __future__ import annotations

import re
from typing import Final

_ADDRESS: Final = re.compile(r"[^\s@<>,;:\"()\[\]\\]{1,64}@[^\s@<>,;:\"()\[\]\\]{1,255}")
_PLAIN_ADDRESS: Final = re.compile(
    r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?", re.ASCII
)
_MAX_CONTACT: Final = 1_000
"""Most characters of a contact that are searched."""


def find_address(contact: str | None) -> str | None:
    """The first address in a contact (`ann@example.org`, `Ann <ann@example.org>`), as typed; None if it holds none."""
    match = _ADDRESS.search(contact[:_MAX_CONTACT]) if contact else None
    return match[0].rstrip(".") if match else None


def mail_address(contact: str | None) -> str | None:
    """The address that `find_address` finds, case-folded to be compared."""
    address = find_address(contact)
    return address.casefold() if address else None


def plain_address(contact: str | None) -> str | None:
    """The address that `find_address` finds, if it can stand in a header unquoted; else None."""
    address = find_address(contact)
    return address if address and _PLAIN_ADDRESS.fullmatch(address) else None
