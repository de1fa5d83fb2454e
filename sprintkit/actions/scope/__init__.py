"""Scoping without the app, and what may change in an agreed charter."""
