"""Prints the listing of `status` from the cache if nothing has changed since it was last printed.

It loads neither argparse nor a sprint, so it recognises only the plain form of the command line and leaves everything else
to `sprintkit.cli.main`. Imports inside functions keep this path, and `--version`, within the limits of `make bench`.
"""

import codecs
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from sprintkit.errors import SprintkitError


def print_cached_listing(args: "list[str]") -> "int | None":
    """Print the cached listing that `args` request, and return the exit code; None if it has to be computed."""
    request = _parse_plain_listing(args)
    if request is None:
        return None
    folder, form, today = request
    from sprintkit.actions.status.entries import cache_key
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
    """The exit code if stdout cannot be written to. A reader that closed its pipe is not an error."""
    if isinstance(error, BrokenPipeError):
        return 0
    from sprintkit.errors import ExitCode

    try:
        sys.stderr.write(f"sprintkit: stdout cannot be written to: {error.strerror}\n")
        sys.stderr.flush()
    except OSError:  # only the exit code can report it
        pass
    return ExitCode.WRITE


def _parse_plain_listing(args: "list[str]") -> "tuple[str, str, str] | None":
    """Folder, form (text or json) and date of a plain listing; None for anything else.

    Whatever it accepts has the same meaning in `sprintkit.cli.parser`, which defines the grammar.
    """
    folder, form, today, has_command = ".", "text", os.environ.get("SPRINTKIT_TODAY", ""), False
    rest = iter(args)
    for arg in rest:
        if arg == "status" and not has_command:
            has_command = True
        elif arg == "--json":
            form = "json"
        elif arg in ("-C", "--today"):
            value = next(rest, "")
            if not value or value[0] == "-":
                return None
            if arg == "-C":
                folder = value
            else:
                today = value
        elif arg != "--no-color":
            return None
    if not has_command and form == "text" and is_web_terminal():
        return None  # the app opens
    if form == "text" and (sys.stdout.isatty() or not is_utf8(sys.stdout.encoding)):
        return None  # the cached text has no colour, and may have characters that another encoding lacks
    if not today:
        import time

        today = time.strftime("%Y-%m-%d")
    return folder, form, today


def is_web_terminal() -> bool:
    """Whether the terminal is a browser, reached through pipes: Textual's web driver was asked for."""
    return os.environ.get("TEXTUAL_DRIVER", "").startswith("textual.drivers.web_driver:")


def is_utf8(encoding: "str | None") -> bool:
    """Whether this is a name of UTF-8."""
    try:
        return codecs.lookup(encoding or "").name == "utf-8"
    except LookupError:
        return False


def _sprintkit_error() -> "type[SprintkitError]":
    from sprintkit.errors import SprintkitError

    return SprintkitError
