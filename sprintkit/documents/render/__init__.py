"""Rendering a context with templates: Jinja2 makes Markdown and HTML, Typst makes PDF."""
