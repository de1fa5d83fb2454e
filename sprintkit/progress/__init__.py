"""How far a sprint is, why, and whether it will finish in time. Pure functions; the day is an argument."""
