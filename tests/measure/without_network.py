"""Runs a program that the kernel kills as soon as it, or a child process of it, opens an internet socket.

Run it with: python tests/measure/without_network.py PROGRAM ARGUMENT…
"""

from __future__ import annotations

import ctypes
import os
import platform
import socket
import struct
import sys

SOCKET_CALLS = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
"""By machine: the audit number of its architecture, and the number of its system call `socket`."""
_NO_NEW_PRIVILEGES, _SET_SECCOMP, _FILTER = 38, 22, 2
_LOAD, _EQUAL, _RETURN = 0x20, 0x15, 0x06
_ALLOW, _KILL_PROCESS = 0x7FFF0000, 0x80000000


def forbid_sockets() -> None:
    """Have the kernel kill this process and its children at their first socket that is not local. Linux only."""
    architecture, number = SOCKET_CALLS[platform.machine()]
    steps = (
        (_LOAD, 0, 0, 4),
        (_EQUAL, 0, 5, architecture),
        (_LOAD, 0, 0, 0),
        (_EQUAL, 0, 4, number),
        (_LOAD, 0, 0, 16),
        (_EQUAL, 2, 0, socket.AF_UNIX),
        (_EQUAL, 1, 0, socket.AF_NETLINK),
        (_RETURN, 0, 0, _KILL_PROCESS),
        (_RETURN, 0, 0, _ALLOW),
    )
    program = b"".join(struct.pack("HBBI", *step) for step in steps)
    buffer = ctypes.create_string_buffer(program, len(program))
    header = struct.pack("HL", len(steps), ctypes.addressof(buffer))
    library = ctypes.CDLL(None, use_errno=True)
    if library.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) or library.prctl(_SET_SECCOMP, _FILTER, header, 0, 0):
        raise OSError(ctypes.get_errno(), "no filter for system calls could be set")


if __name__ == "__main__":
    forbid_sockets()
    os.execv(sys.argv[1], sys.argv[1:])
