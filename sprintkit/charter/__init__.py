"""The agreement: its model, its questions, its rules. No input or output, no clock."""
