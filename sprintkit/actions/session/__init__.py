"""A scoping session: its answers and what follows from them, its rows, its review, and its file."""
