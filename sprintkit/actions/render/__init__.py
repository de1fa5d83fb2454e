"""Documents for people who never open a terminal."""
