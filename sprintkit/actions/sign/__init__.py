"""Signing, and what the signatures of a sprint are worth."""
