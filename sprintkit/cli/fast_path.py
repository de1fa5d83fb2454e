"""Prints the listing of `status` from the cache if nothing has changed since it was printed.

It loads neither argparse nor anything of a sprint, and so recognises only the plain form of the command line;
everything else is left to `sprintkit.cli.main`. Imports inside functions keep this path, and `--version`, within the
limits of `make bench`.
"""

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from sprintkit.errors import SprintkitError


def print_cached_listing(args: "list[str]") -> "int | None":
    """Print the cached listing that `args` ask for, and return the exit code; None if it has to be worked out."""
    request = _parse_plain_listing(args)
    if request is None:
        return None
    folder, form, today = request
    from sprintkit.actions.status.status import cache_key
    from sprintkit.store.cache.listing import ALL_SPRINTS, SprintIndex
    from sprintkit.store.workspace import find_workspace

    try:
        index = SprintIndex.open(find_workspace(folder))
    except _sprintkit_error():  # called only once something is raised
        return None
    text = index.get(ALL_SPRINTS, f"{form} {cache_key(index, today)}")
    return print_text(text) if isinstance(text, str) else None


def print_text(text: str) -> int:
    """Print to stdout, and return the exit code."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError as error:
        return handle_output_error(error)
    return 0


def handle_output_error(error: OSError) -> int:
    """The exit code if stdout cannot be written to. A reader that closed its pipe is no error."""
    _discard_unwritten_output()
    if isinstance(error, BrokenPipeError):
        return 0
    from sprintkit.errors import ExitCode

    sys.stderr.write(f"sprintkit: stdout cannot be written to: {error.strerror}\n")
    return ExitCode.WRITE


def _discard_unwritten_output() -> None:
    """Keep the interpreter from raising again when it flushes stdout at its end."""
    import contextlib

    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _parse_plain_listing(args: "list[str]") -> "tuple[str, str, str] | None":
    """Folder, form (text or json) and date of a plain listing; None for anything else."""
    folder, form, today, has_command = ".", "text", os.environ.get("SPRINTKIT_TODAY", ""), False
    rest = iter(args)
    for arg in rest:
        if arg == "status" and not has_command:
            has_command = True
        elif arg == "--json":
            form = "json"
        elif arg == "-C":
            folder = next(rest, "")
            if not folder:
                return None
        elif arg == "--today":
            today = next(rest, "")
            if not today:
                return None
        elif arg != "--no-color":
            return None
    if sys.stdout is None:  # the caller closed it
        return None
    if form == "text" and (sys.stdout.isatty() or not _is_utf8(sys.stdout.encoding)):
        return None  # the cached text has no colour, and may hold characters that another encoding lacks
    if not today:
        import time

        today = time.strftime("%Y-%m-%d")
    return folder, form, today


def _is_utf8(encoding: "str | None") -> bool:
    return (encoding or "").lower().replace("-", "") == "utf8"


def _sprintkit_error() -> "type[SprintkitError]":
    from sprintkit.errors import SprintkitError

    return SprintkitError
