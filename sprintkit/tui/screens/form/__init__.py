"""The form of a record: a row for each answer, a control in the row in focus, and a review before saving."""
