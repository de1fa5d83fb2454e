"""Decides from counts whether the data raises a question for its owner. Each threshold is stated with its source."""
