"""Where a sprint is, why, and whether it finishes in time. Pure functions; the day is an argument."""
