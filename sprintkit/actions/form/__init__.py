"""Forms: which fields a record has, what stands in them, and the record that they make."""
