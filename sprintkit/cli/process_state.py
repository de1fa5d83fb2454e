"""Prepares the process for a run and restores it afterwards: the standard streams and the garbage collector.

Every start loads this module, even `--version`; it imports only what Python has already loaded.
"""

import errno
import gc
import io
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn, TextIO

_STREAM_NAMES = ("stdin", "stdout", "stderr")


class ClosedStream(io.TextIOBase):
    """Replaces a standard stream that the caller closed: reading and writing raise OSError."""

    encoding = "utf-8"
    errors = "backslashreplace"

    @property
    def buffer(self) -> "ClosedStream":
        """The stream of bytes, which is closed as well."""
        return self

    def read(self, size: "int | None" = -1) -> "NoReturn":
        raise OSError(errno.EBADF, "it is closed")

    def write(self, text: "str | bytes") -> "NoReturn":
        raise OSError(errno.EBADF, "it is closed")


class ProcessState:
    """A context manager for one run, which makes the standard streams usable and restores everything afterwards.

    A closed stream becomes a `ClosedStream`, and its descriptor is occupied; otherwise the next opened file would get it,
    and the output of a library would go into that file. Characters that an encoding lacks are printed as escapes.
    """

    def __init__(self, *, ends_with_run: bool) -> None:
        """With `ends_with_run`, the process ends after the run, so that nothing has to be restored."""
        self._ends_with_run = ends_with_run
        self._streams: list[TextIO | None] = []
        self._error_handlers: list[tuple[io.TextIOWrapper, str]] = []
        self._occupied: list[int] = []
        self._was_collecting = True

    def __enter__(self) -> "ProcessState":
        self._was_collecting = gc.isenabled()
        self._occupied = _occupy_closed_descriptors()
        self._streams = [getattr(sys, name) for name in _STREAM_NAMES]
        for name, stream in zip(_STREAM_NAMES, self._streams, strict=True):
            if stream is None or stream.closed:
                setattr(sys, name, ClosedStream())
            elif name != "stdin" and isinstance(stream, io.TextIOWrapper):
                self._error_handlers.append((stream, stream.errors or "strict"))
                _reconfigure(stream, "backslashreplace")
        return self

    def __exit__(self, *_: object) -> None:
        if self._ends_with_run:
            _discard_unwritten_output()
            return
        for stream, handler in self._error_handlers:
            _reconfigure(stream, handler)
        for name, original in zip(_STREAM_NAMES, self._streams, strict=True):
            setattr(sys, name, original)
        for descriptor in self._occupied:
            os.close(descriptor)
        if self._was_collecting:
            gc.enable()
        else:
            gc.disable()


def _occupy_closed_descriptors() -> "list[int]":
    """Open the null device in place of each standard stream that is closed; returns the descriptors."""
    occupied = []
    for number in range(len(_STREAM_NAMES)):
        try:
            os.fstat(number)
        except OSError:
            descriptor = os.open(os.devnull, os.O_RDWR)  # gets the lowest number that is free
            occupied.append(descriptor)
            os.set_inheritable(descriptor, True)  # other programs started from here must not meet this either
    return occupied


def _reconfigure(stream: io.TextIOWrapper, error_handler: str) -> None:
    if stream.errors == error_handler:
        return
    try:
        stream.reconfigure(errors=error_handler)
    except (OSError, ValueError):  # what is left in its buffer cannot be written
        return


def _discard_unwritten_output() -> None:
    """Keep the interpreter from failing when it flushes the streams at its end: that would change the exit code."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            try:
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
            except (OSError, ValueError):
                continue
