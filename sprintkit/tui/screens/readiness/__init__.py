"""The readiness score: 25 questions, one key per answer, and the result."""
