"""Measuring a data source on an extract of it."""
