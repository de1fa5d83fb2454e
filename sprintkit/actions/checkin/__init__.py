"""The week's record and its corrections."""
