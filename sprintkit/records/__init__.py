"""What is written after the charter: its records, their validation, and the charter in force."""
