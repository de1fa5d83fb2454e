"""The content that is signed: its canonical form and its digest."""
