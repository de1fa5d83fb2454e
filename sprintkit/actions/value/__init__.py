"""The value calculator: what a month of the automated work is worth."""
