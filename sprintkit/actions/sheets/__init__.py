"""Sheets: questions that people answer alone, sent out and taken back."""
