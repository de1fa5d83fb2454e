"""Reading and writing TOML: codec, tokens, blocks, and edits in place."""
