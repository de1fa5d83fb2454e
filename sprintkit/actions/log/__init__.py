"""The log: everything that was agreed about a sprint, in chronological order."""
