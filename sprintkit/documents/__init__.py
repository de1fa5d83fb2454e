"""Documents that people read and sign, as Markdown, HTML and PDF.

`catalogue` declares them, `context` builds what each contains, and `render` turns a context into a file with templates.
This package imports neither `store` nor `actions`: whatever a document needs is handed to its context builder.
"""
