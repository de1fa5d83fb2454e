"""What runs in the process that reads an extract; only there duckdb and calamine are imported."""
