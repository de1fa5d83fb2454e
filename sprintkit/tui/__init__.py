"""The terminal's screens; the only room that knows Textual. It opens no file: it calls `actions`."""
