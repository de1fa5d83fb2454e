"""Finds texts, comments and headers in a TOML file without parsing its values."""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN = re.compile(
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


def find_comments(text: str) -> list[str]:
    """All comments of a file, in order, each with its `#` and without trailing spaces."""
    if "#" not in text:
        return []
    return [match["comment"].rstrip() for match in _TOKEN.finditer(text) if match.lastgroup == "comment"]


def is_human_comment(comment: str) -> bool:
    """Whether a person wrote it. Lines that begin with `#:` are written by sprintkit, for editors."""
    return not comment.startswith("#:")


def find_long_key(text: str, max_parts: int, max_dots: int) -> int | None:
    """The line of the first key with more than `max_parts` parts; None if there is none.

    In broken text it may be the line of something that only looks like a key. If the dots outside of texts and comments
    exceed `max_dots` before, it is the line where they do.
    """
    line, dots_in_key, dots_in_file = 1, 0, 0
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        if kind == "line":
            line, dots_in_key = line + 1, 0
        elif kind == "text":
            line += match[0].count("\n")
        elif kind == "other":
            dots_in_file += match[0].count(".")
            if dots_in_file > max_dots:
                return line
            for index, piece in enumerate(re.split(r"[=\[\]{},]", match[0])):
                dots_in_key = piece.count(".") + (0 if index else dots_in_key)
                if dots_in_key >= max_parts:
                    return line
    return None


def blank_out(text: str) -> str:
    """`text` with quoted texts and comments masked, so that length and lines stay the same."""
    return _TOKEN.sub(_mask, text)


def _mask(match: re.Match[str]) -> str:
    if match.lastgroup in ("text", "comment"):
        return re.sub(r"[^\n]", "_" if match.lastgroup == "text" else " ", match[0])
    return match[0]


def find_headers(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each line that is a `[table]` or `[[array]]` header; a trailing comment is included."""
    depth, start = 0, 0
    for line in blank_out(text).split("\n"):
        end = start + len(line)
        if depth == 0 and line.lstrip(" \t").startswith("["):
            yield start, end
        else:
            depth += sum(map(line.count, "[{")) - sum(map(line.count, "]}"))
        start = end + 1
