"""Rendering a template with its data to Markdown, HTML or PDF."""
