"""Scoping without a terminal."""
