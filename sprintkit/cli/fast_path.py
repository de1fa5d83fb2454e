"""The listing of sprints printed again as it was printed before, where nothing changed since.

Loads neither the parser of arguments nor anything of a sprint: what is typed here is recognised only in its plain
form, and whatever is out of the ordinary is left to the long way.
"""

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from sprintkit.errors import SprintkitError


def listed(args: "list[str]") -> "int | None":
    """The exit code once the listing is printed; None leaves everything to be done."""
    wanted = _wanted(args)
    if wanted is None:
        return None
    folder, form, today = wanted
    from sprintkit.actions.status.status import cache_key
    from sprintkit.store.cache.listing import WHOLE, Index
    from sprintkit.store.workspace import find

    try:
        index = Index.open(find(folder))
    except _expected():  # evaluated only when something is raised, so the errors are loaded then alone
        return None
    text = index.get(WHOLE, f"{form} {cache_key(index, today)}")
    return None if text is None else print_quietly(text)


def print_quietly(text: str) -> int:
    """Print to stdout and give the exit code; whoever reads it may go away before the end."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError as error:
        return unprinted(error)
    return 0


def unprinted(error: OSError) -> int:
    """The exit code where stdout does not take what is printed: a reader that has gone is no error."""
    end_quietly()
    if isinstance(error, BrokenPipeError):
        return 0
    sys.stderr.write(f"sprintkit: stdout cannot be written to: {error.strerror}\n")
    return 3


def end_quietly() -> None:
    """What is left unwritten must not raise again when the program ends."""
    import contextlib  # hardly ever needed

    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _wanted(args: "list[str]") -> "tuple[str, str, str] | None":
    """Folder, form and day of a plain listing; None for anything else."""
    folder, form, today, named = ".", "text", os.environ.get("SPRINTKIT_TODAY", ""), False
    rest = iter(args)
    for arg in rest:
        if arg == "status" and not named:
            named = True
        elif arg == "--json":
            form = "json"
        elif arg == "-C":
            folder = next(rest, "")
        elif arg == "--today":
            today = next(rest, "-")
        elif arg != "--no-color":
            return None
    if sys.stdout is None:  # closed by whoever called
        return None
    is_screen = sys.stdout.isatty()
    if form == "text" and (is_screen or not _writes_utf8()):
        return None  # in colour, the app itself, or with signs that the terminal does not have
    if not today:
        import time

        today = time.strftime("%Y-%m-%d")
    return (folder, form, today) if folder else None


def _writes_utf8() -> bool:
    return (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"


def _expected() -> "type[SprintkitError]":
    from sprintkit.errors import SprintkitError

    return SprintkitError
