"""What a document says, as plain data for its template."""
