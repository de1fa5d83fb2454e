"""Signing, and the evidence that each signature of a sprint gives."""
