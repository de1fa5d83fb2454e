"""Everything that was agreed about a sprint, in the order of time."""
