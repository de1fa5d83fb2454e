"""What each document contains: plain dicts, lists, texts and numbers for its templates.

A document's module has `build_context(source, wording)`, which the catalogue names. A charter is passed around as it
was parsed from TOML: a draft may hold anything anywhere, and a document shows it all.
"""
