"""Measure extracts. No other package opens one, and this one does so in a separate process."""
