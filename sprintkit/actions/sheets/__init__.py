"""Sheets of questions that people answer on their own: making them, and taking answers in."""
