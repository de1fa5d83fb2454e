"""The readiness score: 25 questions, one key an answer, and what follows from them."""
