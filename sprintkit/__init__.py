"""sprintkit: scope a fixed-scope sprint, follow it, render the charter people sign."""

__version__ = "0.1.0"
