"""Writes an unsent mail as a file that any mail program opens as a draft.

It is put together here rather than by the standard library, so that the same input gives the same file in every version of
Python, and so that no name or address can add a header: names become encoded words or quoted strings, and an address with
special characters is left out.
"""

from __future__ import annotations

import hashlib
import quopri
import re
from base64 import encodebytes
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from email.header import Header
from email.utils import format_datetime
from typing import Final, NamedTuple

from sprintkit.text.escaping import one_line

_MAX_HEADER_TEXT: Final = 200
"""Most characters of a name or subject; the rest is cut."""


class Attachment(NamedTuple):
    """A PDF attached to a mail."""

    file_name: str
    content: bytes


def build_draft(
    *,
    name: str,
    address: str | None,
    others: Sequence[tuple[str, str | None]] = (),
    subject: str,
    text: str,
    attachment: Attachment,
    day: date,
) -> bytes:
    """Return an `.eml` file: `X-Unsent: 1`, a text in UTF-8 and a PDF, dated noon UTC on `day`, without a sender.

    `address` comes from `mail_address.plain_address`; recipients without one are left out of `To`. `others` are further
    recipients, as name and address.
    """
    body = quopri.encodestring(text.replace("\r\n", "\n").encode("utf-8", "replace")).replace(b"\n", b"\r\n")
    recipients = ",\r\n ".join(
        f"{_display_name(name)} <{address}>" for name, address in ((name, address), *others) if address
    )
    boundary = f"sprintkit-{hashlib.sha256(body + attachment.content).hexdigest()[:32]}"
    sent = format_datetime(datetime.combine(day, time(12), UTC))
    file_name = re.sub(r"[^\w.-]+", "-", attachment.file_name, flags=re.ASCII)
    head = [
        "X-Unsent: 1",
        *([f"To: {recipients}"] if recipients else []),
        f"Subject: {_encode_header(subject, 'Subject')}",
        f"Date: {sent}",
        "MIME-Version: 1.0",
        f'Content-Type: multipart/mixed; boundary="{boundary}"',
        "",
        f"--{boundary}",
        'Content-Type: text/plain; charset="utf-8"',
        "Content-Transfer-Encoding: quoted-printable",
        "",
        "",
    ]
    middle = [
        "",
        f"--{boundary}",
        "Content-Type: application/pdf",
        f'Content-Disposition: attachment; filename="{file_name}"',
        "Content-Transfer-Encoding: base64",
        "",
        "",
    ]
    return b"".join(
        (
            "\r\n".join(head).encode("ascii"),
            body,
            "\r\n".join(middle).encode("ascii"),
            encodebytes(attachment.content).replace(b"\n", b"\r\n"),
            f"--{boundary}--\r\n".encode("ascii"),
        )
    )


def _display_name(name: str) -> str:
    """A name to stand before an address: quoted if it is ASCII, else as encoded words."""
    text = one_line(name)[:_MAX_HEADER_TEXT]
    if not text.isascii():
        return _encode_header(text, "To")
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _encode_header(text: str, header: str) -> str:
    """A text as the folded value of a header."""
    line = one_line(text)[:_MAX_HEADER_TEXT].encode("utf-8", "replace").decode()
    charset = "us-ascii" if line.isascii() and "=?" not in line else "utf-8"
    return Header(line, charset, header_name=header).encode(linesep="\r\n")
