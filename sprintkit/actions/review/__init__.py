"""The monthly review of an operating sprint: its form, and recording it."""
