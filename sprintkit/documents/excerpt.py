"""Fits a user's text into a document: shortens it to one line, or starts a sentence with it."""

from __future__ import annotations

from sprintkit.text.escaping import collapse_spaces


def excerpt(text: str, limit: int) -> str:
    """`text` on one line of at most `limit` characters. A longer text is cut between words and ends with …"""
    line = collapse_spaces(text)
    if len(line) <= limit:
        return line
    cut = line[: limit - 1]
    whole_words, _, _ = cut.rpartition(" ")
    return (whole_words if len(whole_words) > limit // 2 else cut).rstrip(" ,;:.–-") + "…"


def sentence_case(text: str) -> str:
    """`text` with its first letter as a capital."""
    return text[:1].upper() + text[1:]
