"""The monthly review of a sprint that is operated: recording it, and its form."""
