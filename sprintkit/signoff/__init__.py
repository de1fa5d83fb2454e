"""Signing: canonical content and digests, classes of change, SSH signatures, and approvals by mail."""
