"""Every command that works, and the help of the whole program. Loads nothing, so that help is there at once."""

TABLE = (
    (
        "Begin",
        (
            ("demo", "the three sample sprints in a temporary workspace, as if they ran today"),
            ("init", "make a workspace", "init our-sprints"),
            (
                "scope",
                "scope a sprint, new or resumed; a charter once it is complete",
                "scope",
                "scope lead --from answers.toml",
                "scope lead --set success_metric.baseline=95 --set 'owner.person=Odile Tamsworth'",
                "scope next --like lead",
            ),
            (
                "ask",
                "a sheet for people who answer apart, or hold a parked question",
                "ask lead > sheet.toml",
                "ask lead --parked --for 'Tunde Okonfield'",
            ),
            ("answer", "take a sheet back", "answer lead --as 'north rep' --from sheet.toml"),
        ),
    ),
    (
        "Follow",
        (
            ("check", "what the rules find", "check", "check lead", "check --explain MET-005"),
            ("status", "where sprints stand, and why", "status", "status --fail-on at-risk"),
            ("checkin", "the week's record", "checkin lead --from friday.toml"),
        ),
    ),
    (
        "Show",
        (
            (
                "render",
                "a document as PDF, HTML or Markdown",
                "render lead",
                "render lead status --format html -o status.html",
                "render --all -o documents",
            ),
        ),
    ),
    (
        "Tools",
        (
            ("schema", "the JSON Schema of a kind of file, for editors"),
            ("doctor", "what is wrong with this installation or workspace"),
            ("completion", "completion for a shell", 'eval "$(sprintkit completion bash)"'),
        ),
    ),
)
"""Groups, and in each the commands: name, summary, examples."""

_HEAD = """\
sprintkit: scope a fixed-scope sprint, follow it week by week, render the charter people sign.

usage: sprintkit [COMMAND] [options]

Without a command it opens the app; piped, or with --json, it is `status`.
"""
_TAIL = """\
Options everywhere
  -C DIR        work in the workspace that DIR lies in
  --json        one JSON document on stdout
  --today DATE  as if it were this day (also SPRINTKIT_TODAY)
  --no-color    no colour (also NO_COLOR)
  --version     the version

sprintkit COMMAND --help tells more about one, with examples.
Exit codes: 0 fine, 1 the answer is no, 2 a wrong call or an unreadable file, 3 could not write.
"""


def overview() -> str:
    """The text of `sprintkit --help`."""
    parts = [_HEAD]
    for group, commands in TABLE:
        rows = [f"  {name:<12}{summary}" for name, summary, *_ in commands]
        parts.append("\n".join([group, *rows]) + "\n")
    return "\n".join([*parts, _TAIL])
