"""What each document contains: plain dicts, lists, texts and numbers for its templates.

Each document's module has a `build_context(source, wording)`, which the catalogue names. A charter is passed around as
parsed from TOML: a draft may hold anything anywhere, and the document shows all of it.
"""
