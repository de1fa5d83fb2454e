"""`sprintkit` and `python -m sprintkit`."""

import sys


def main(argv: list[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    args = sys.argv[1:] if argv is None else argv
    if args == ["--version"]:
        from . import __version__  # the one answer that needs nothing else

        print(f"sprintkit {__version__}")
        return 0
    from .cli.main import main as run

    return run(args)


if __name__ == "__main__":
    sys.exit(main())
