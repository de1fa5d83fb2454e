"""What was signed: its canonical form, its digest, and what changed since."""
