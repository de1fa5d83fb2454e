"""`sprintkit` and `python -m sprintkit`."""

import sys


def main(argv: "list[str] | None" = None) -> int:
    """Run one command; returns its exit code."""
    args = sys.argv[1:] if argv is None else argv
    # What needs nothing else is answered before anything is loaded.
    if args == ["--version"]:
        from sprintkit import __version__
        from sprintkit.cli.fast_path import print_quietly

        return print_quietly(f"sprintkit {__version__}\n")
    if args in (["--help"], ["-h"], ["help"]):
        from sprintkit.cli.fast_path import print_quietly
        from sprintkit.cli.help import overview

        return print_quietly(overview())
    from sprintkit.cli.fast_path import listed

    code = listed(args)
    if code is not None:
        return code
    from sprintkit.cli.main import main as run

    return run(args)


if __name__ == "__main__":
    sys.exit(main())
