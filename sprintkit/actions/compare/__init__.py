"""What differs between two texts of a sprint, in the words of its fields."""
