"""The limits of one rendering, and what is said about one that was stopped."""

from __future__ import annotations

from typing import Final

MEMORY_LIMIT: Final = 400 * 1024 * 1024
TIME_LIMIT: Final = 5
"""Seconds of processor time."""
OUTPUT_LIMIT: Final = 2 * 1024 * 1024
TOO_MUCH_MEMORY: Final = "it needs more than 400 MB of memory"
TOO_MUCH_OUTPUT: Final = "it makes more than 2 MB of output"
