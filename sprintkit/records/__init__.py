"""What is written after the charter: its records, what refuses them, and the charter in force."""
