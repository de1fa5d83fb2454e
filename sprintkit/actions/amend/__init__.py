"""Amendments: classifying a change of an agreed charter, proposing it, and the cut that a health reason suggests."""
