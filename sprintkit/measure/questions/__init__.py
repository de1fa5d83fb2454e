"""What the data suggests and only its owner can tell: decisions on counts, with the thresholds and where they come from."""
