"""Documents that people read and sign, as Markdown, HTML and PDF.

`catalogue` declares them. `context` says what each contains, `render` turns a context into a file by the templates.
This package imports neither `store` nor `actions`: whatever a document needs is handed to its context builder.
"""
