"""What was signed: the canonical form of a charter, and its digest."""
