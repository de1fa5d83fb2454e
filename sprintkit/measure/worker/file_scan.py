"""What an extract is, from its bytes: its digest, its encoding, and the bytes that text cannot have."""

from __future__ import annotations

import codecs
import hashlib
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

CHUNK_BYTES: Final = 1 << 20
HEAD_BYTES: Final = 1 << 18
"""Bytes from the beginning in which the header must end."""


@dataclass(frozen=True, kw_only=True)
class FileScan:
    """What one pass over a file found."""

    digest: str
    """SHA-256 of its bytes as they lie there, 64 hex digits."""
    head: bytes
    """The first bytes of the text, unpacked."""
    encoding: str
    """`utf-8`, `utf-16` or `latin-1`."""
    has_nul: bool
    size: int
    """Bytes of the text, unpacked."""


def scan_text(path: str, *, is_gzip: bool, on_bytes: Callable[[int], None]) -> FileScan:
    """Read a text file once. Stops at the first NUL byte. `on_bytes` gets the number of bytes read so far.

    Raises OSError, and ValueError if it is not gzip.
    """
    digest = hashlib.sha256()
    head, size = b"", 0
    decoder: codecs.IncrementalDecoder | None = codecs.getincrementaldecoder("utf-8")()
    is_utf_16 = False
    for chunk in _text_chunks(path, is_gzip, digest.update, on_bytes):
        if not size:
            is_utf_16 = chunk.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        size += len(chunk)
        if len(head) < HEAD_BYTES:
            head += chunk[: HEAD_BYTES - len(head)]
        if is_utf_16:
            continue
        if b"\0" in chunk:
            return FileScan(digest="", head=head, encoding="", has_nul=True, size=size)
        if decoder is not None:
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError:
                decoder = None
    if decoder is not None and not is_utf_16:
        try:
            decoder.decode(b"", True)
        except UnicodeDecodeError:
            decoder = None
    encoding = "utf-16" if is_utf_16 else "latin-1" if decoder is None else "utf-8"
    return FileScan(digest=digest.hexdigest(), head=head, encoding=encoding, has_nul=False, size=size)


def file_digest(path: str, on_bytes: Callable[[int], None]) -> str:
    """SHA-256 of a file's bytes, as 64 hex digits. Raises OSError."""
    digest = hashlib.sha256()
    for _ in _text_chunks(path, False, digest.update, on_bytes):
        pass
    return digest.hexdigest()


def _text_chunks(
    path: str, is_gzip: bool, on_raw: Callable[[bytes], None], on_bytes: Callable[[int], None]
) -> Iterator[bytes]:
    """The text of a file in chunks, unpacked."""
    unpacker = zlib.decompressobj(31) if is_gzip else None
    read = 0
    with Path(path).open("rb", buffering=0) as file:
        while raw := file.read(CHUNK_BYTES):
            on_raw(raw)
            read += len(raw)
            on_bytes(read)
            if unpacker is None:
                yield raw
                continue
            while raw:
                try:
                    yield unpacker.decompress(raw, CHUNK_BYTES)
                except zlib.error:
                    raise ValueError("not gzip") from None
                raw = unpacker.unconsumed_tail
                if unpacker.eof:
                    raw = unpacker.unused_data
                    if not raw.startswith(b"\x1f\x8b"):
                        break  # padding behind the last member
                    unpacker = zlib.decompressobj(31)
