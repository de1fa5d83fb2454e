"""sprintkit: scope a fixed-scope sprint, follow it, and render the charter that people sign."""

__version__ = "0.2.0"
