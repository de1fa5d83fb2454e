"""The terminal's screens; the only package that knows Textual. It opens no file: it calls `actions`."""
