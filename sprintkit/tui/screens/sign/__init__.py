"""Signing: the screen of who signs what, and the dialogs in which a decision is made or recorded."""
