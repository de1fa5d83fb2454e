"""Reading and writing TOML: whole documents (codec), their limits, and edits that keep comments."""
