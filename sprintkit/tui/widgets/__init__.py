"""Widgets: each knows one kind of data and opens no file."""
