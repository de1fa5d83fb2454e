"""Where sprints stand: one row a sprint, one sprint whole, and the rows of home."""
