"""The readiness score: its 25 questions, each answered with one key, and its result."""
