"""The declaration of a command. It imports nothing, so that `--help` prints at once."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date
    from typing import Any

    from sprintkit.actions.result import Result
    from sprintkit.cli.layout import TextLines
    from sprintkit.cli.output import Output

    AddArguments = Callable[[ArgumentParser], None]
    Run = Callable[[Namespace, date, Output], "Result[Any] | int"]

GROUPS = ("Begin", "Follow", "Show", "Tools")
"""Headings of the help, in its order."""


class Command:
    """One command: its entry in the help, its arguments, and the functions that run it and print its result."""

    __slots__ = (
        "add_arguments", "completions", "examples", "group", "name", "people_only", "position", "run", "summary",
        "text_lines",
    )  # fmt: skip

    def __init__(
        self,
        name: str,
        *,
        group: str,
        position: int,
        summary: str,
        run: "Run",
        text_lines: "TextLines",
        add_arguments: "AddArguments | None" = None,
        completions: "Mapping[str, Callable[[], Iterable[str]]] | None" = None,
        examples: "Sequence[str]" = (),
        people_only: str = "",
    ) -> None:
        self.name = name
        self.group = group
        """One of `GROUPS`."""
        self.position = position
        """The position of the command in its group."""
        self.summary = summary
        self.run = run
        """Carries out the parsed options on a date. Returns a result to print, or an exit code if the command has
        printed everything itself. Raises SprintkitError."""
        self.text_lines = text_lines
        """The lines of a result that has data, given the result and a function that styles text."""
        self.add_arguments = add_arguments
        """Adds the command's own arguments to a parser."""
        self.completions = completions or {}
        """For arguments by `dest`: the words that shell completion offers."""
        self.examples = examples
        """Complete calls, without the leading `sprintkit` unless they start with another program."""
        self.people_only = people_only
        """What an assistant must never do with it, worded to follow `never`, for `instructions`. Every command that records
        what people decided or said has it."""
