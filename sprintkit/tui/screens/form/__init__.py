"""The check-in form: rows that show their answers, one live control, and the outcome before saving."""
