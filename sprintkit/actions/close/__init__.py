"""Ending a sprint: operate, or stop."""
