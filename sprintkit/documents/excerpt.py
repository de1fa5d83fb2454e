"""Shortening a user's text to one line."""

from __future__ import annotations

from sprintkit.text.escaping import collapse_blanks


def excerpt(text: str, limit: int) -> str:
    """`text` on one line of at most `limit` characters. A longer text is cut between words and ends with …"""
    line = collapse_blanks(text)
    if len(line) <= limit:
        return line
    cut = line[: limit - 1]
    whole_words, _, _ = cut.rpartition(" ")
    return (whole_words if len(whole_words) > limit // 2 else cut).rstrip(" ,;:.–-") + "…"
