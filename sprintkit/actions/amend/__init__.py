"""Amendments: what a change of an agreed charter is, proposing it, and the cut that a health reason asks for."""
