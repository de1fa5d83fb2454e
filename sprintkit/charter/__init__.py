"""The agreement: its model, its questions and its rules. No input or output, no clock."""
