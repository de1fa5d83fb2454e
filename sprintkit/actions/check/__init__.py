"""Findings for charters and records."""
