"""Scans the bytes of an extract for its digest and encoding, and refuses bytes that no text contains."""

from __future__ import annotations

import codecs
import hashlib
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sprintkit.errors import InputError
from sprintkit.measure.worker.job import ExtractSource, OnProgress, unreadable

CHUNK_BYTES: Final = 1 << 20
HEAD_BYTES: Final = 1 << 18
"""The header must end within this many bytes."""
GZIP_MAGIC: Final = b"\x1f\x8b"


@dataclass(frozen=True, kw_only=True)
class TextScan:
    """The result of one pass over a text file."""

    digest: str
    """SHA-256 of the file's bytes, 64 hex digits."""
    head: bytes
    """The first bytes of the text, decompressed."""
    encoding: str
    """`utf-8`, `utf-16` or `latin-1`."""
    is_gzip: bool

    @property
    def head_text(self) -> str:
        """The beginning of the text."""
        return self.head.decode("utf-8-sig" if self.encoding == "utf-8" else self.encoding, "replace")

    @property
    def notes(self) -> tuple[str, ...]:
        """Remarks on how the file is read."""
        return ("It is not UTF-8 and was read as Latin-1.",) if self.encoding == "latin-1" else ()


def scan_text(extract: ExtractSource, on_progress: OnProgress) -> TextScan:
    """Read a text file once. Raises InputError if it is empty or not readable text, and OSError."""
    path = Path(extract.path)
    with path.open("rb") as file:
        is_gzip = file.read(len(GZIP_MAGIC)) == GZIP_MAGIC
    if extract.label.lower().endswith(".gz") and not is_gzip and path.stat().st_size:
        raise unreadable(extract.label, "it is named .gz and is not packed with gzip")
    digest = hashlib.sha256()
    head = b""
    decoder: codecs.IncrementalDecoder | None = codecs.getincrementaldecoder("utf-8")()
    is_utf_16 = False
    on_bytes = _byte_progress(path.stat().st_size, on_progress)
    for chunk in _text_chunks(extract, is_gzip, digest.update, on_bytes):
        if not head:
            is_utf_16 = chunk.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        if len(head) < HEAD_BYTES:
            head += chunk[: HEAD_BYTES - len(head)]
            if len(head) == HEAD_BYTES and not (b"\n" in head or b"\r" in head):
                if b"\0" in head and not is_utf_16:
                    raise _nul_bytes(extract.label)
                raise unreadable(extract.label, "its first line is too long for a header")
        if is_utf_16:
            continue
        if b"\0" in chunk:
            raise _nul_bytes(extract.label)
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
    scan = TextScan(digest=digest.hexdigest(), head=head, encoding=encoding, is_gzip=is_gzip)
    if not scan.head_text.strip():
        raise unreadable(extract.label, "it is empty")
    return scan


def file_digest(path: str, on_progress: OnProgress) -> str:
    """SHA-256 of a file's bytes, as 64 hex digits. Raises OSError."""
    digest = hashlib.sha256()
    on_bytes = _byte_progress(Path(path).stat().st_size, on_progress)
    for chunk in _file_chunks(path, on_bytes):
        digest.update(chunk)
    return digest.hexdigest()


def _nul_bytes(label: str) -> InputError:
    return unreadable(label, "it holds NUL bytes, so it is no text", hint="Export it again as CSV in UTF-8.")


def _byte_progress(size: int, on_progress: OnProgress) -> Callable[[int], None]:
    return lambda read: on_progress("looking at the file", read / max(size, 1))


def _file_chunks(path: str, on_bytes: Callable[[int], None]) -> Iterator[bytes]:
    read = 0
    with Path(path).open("rb", buffering=0) as file:
        while raw := file.read(CHUNK_BYTES):
            read += len(raw)
            on_bytes(read)
            yield raw


def _text_chunks(
    extract: ExtractSource, is_gzip: bool, on_raw: Callable[[bytes], None], on_bytes: Callable[[int], None]
) -> Iterator[bytes]:
    """The text of a file in chunks, decompressed. Raises InputError if the compressed data is damaged."""
    unpacker = zlib.decompressobj(31)
    for chunk in _file_chunks(extract.path, on_bytes):
        on_raw(chunk)
        raw = chunk
        if not is_gzip:
            yield raw
            continue
        while raw:
            try:
                yield unpacker.decompress(raw, CHUNK_BYTES)
            except zlib.error:
                raise unreadable(extract.label, "it is packed with gzip and damaged") from None
            raw = unpacker.unconsumed_tail
            if unpacker.eof:
                raw = unpacker.unused_data
                if not raw.startswith(GZIP_MAGIC):
                    break  # padding behind the last member
                unpacker = zlib.decompressobj(31)
    if is_gzip and not unpacker.eof:
        raise unreadable(extract.label, "it is packed with gzip and cut short")
