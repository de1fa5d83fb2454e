"""A scoping session: answers, where they stand, how they are shown, and how they reach the disk."""
