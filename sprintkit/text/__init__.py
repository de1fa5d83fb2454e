"""Dates, figures, labels and escaping: how values become words, each in one home."""
