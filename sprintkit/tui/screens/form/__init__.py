"""The form of a record: rows that show their answers, one control for the row in focus, a review before saving."""
