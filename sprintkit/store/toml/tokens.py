"""Where texts, comments and brackets lie in a TOML file, without understanding its values."""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

TOKEN = re.compile(
    r"""
      (?P<text>  \"\"\" (?: [^"\\] | \\. | "{1,2}(?!") )* (?: "{3,5} | \Z )
               | ''' (?: [^'] | '{1,2}(?!') )* (?: '{3,5} | \Z )
               | " (?: [^"\\\n] | \\[^\n] )* (?: " | (?=\n) | \Z )
               | ' [^'\n]* (?: ' | (?=\n) | \Z ) )
    | (?P<comment> \# [^\n]* )
    | (?P<line> \n )
    | (?P<other> [^"'\#\n]+ | . )
    """,
    re.VERBOSE | re.DOTALL,
)


def comments(text: str) -> list[str]:
    """All comments of a file, in order, `#` included, without blanks at their end."""
    if "#" not in text:
        return []
    return [match["comment"].rstrip() for match in TOKEN.finditer(text) if match.lastgroup == "comment"]


def is_of_a_person(comment: str) -> bool:
    """Whether a person wrote it: `#:` marks a line for editors, which sprintkit writes itself."""
    return not comment.startswith("#:")


def long_key(text: str, most: int, most_dots: int) -> int | None:
    """The line of the first key with more than `most` parts, or of what looks like one in broken text.

    Or the line where the dots outside of texts and comments become more than `most_dots`.
    """
    line, dots, all_dots = 1, 0, 0
    for match in TOKEN.finditer(text):
        kind = match.lastgroup
        if kind == "line":
            line, dots = line + 1, 0
        elif kind == "text":
            line += match[0].count("\n")
        elif kind == "other":
            all_dots += match[0].count(".")
            if all_dots > most_dots:
                return line
            for at, piece in enumerate(re.split(r"[=\[\]{},]", match[0])):
                dots = piece.count(".") if at else dots + piece.count(".")
                if dots >= most:
                    return line
    return None


def blanked(text: str) -> str:
    """`text` with texts and comments blanked out, of the same length and with the same lines."""
    return TOKEN.sub(_blank, text)


def _blank(match: re.Match[str]) -> str:
    if match.lastgroup in ("text", "comment"):
        return re.sub(r"[^\n]", "_" if match.lastgroup == "text" else " ", match[0])
    return match[0]


def headers(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each line that is a `[table]` or `[[array]]` header, comments at its end included."""
    depth, start = 0, 0
    for line in blanked(text).split("\n"):
        end = start + len(line)
        if depth == 0 and line.lstrip(" \t").startswith("["):
            yield start, end
        else:
            depth += sum(map(line.count, "[{")) - sum(map(line.count, "]}"))
        start = end + 1
