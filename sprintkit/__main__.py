"""The entry point of `sprintkit` and `python -m sprintkit`.

`--version`, `--help` and a cached `status` are answered before anything else is imported: they must feel instant, and
the imports of the other commands take several times as long as Python itself needs to start.
"""

import sys


def main(argv: "list[str] | None" = None) -> int:
    """Run one command and return its exit code.

    With `argv`, it can be called from any Python program: it leaves streams, garbage collector and signal handlers as
    they were. Without, it runs the command line of this process, which ends afterwards.
    """
    from sprintkit.cli.process_state import ProcessState

    with ProcessState(ends_with_run=argv is None):
        return _run(sys.argv[1:] if argv is None else argv)


def _run(args: "list[str]") -> int:
    if args == ["--version"]:
        from sprintkit import __version__
        from sprintkit.cli.fast_path import print_text

        return print_text(f"sprintkit {__version__}\n")
    if args in (["--help"], ["-h"], ["help"]):
        from sprintkit.cli.fast_path import print_text
        from sprintkit.cli.help import overview

        return print_text(overview())
    from sprintkit.cli.fast_path import print_cached_listing

    code = print_cached_listing(args)
    if code is not None:
        return code
    from sprintkit.cli.main import main as run

    return run(args)


if __name__ == "__main__":
    sys.exit(main())
