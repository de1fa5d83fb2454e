"""The limits of one rendering: `sandbox_worker` sets them in its own process, `sandbox` kills what exceeds them."""

from __future__ import annotations

from typing import Final

MEMORY_LIMIT_BYTES: Final = 400 * 1024 * 1024
CPU_LIMIT_SECONDS: Final = 5
"""Processor time; `sandbox.WAIT_LIMIT` limits wall-clock time."""
OUTPUT_LIMIT_BYTES: Final = 2 * 1024 * 1024
TOO_MUCH_MEMORY: Final = "it needs more than 400 MB of memory"
TOO_MUCH_OUTPUT: Final = "it makes more than 2 MB of output"
