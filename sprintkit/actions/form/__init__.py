"""Forms: the fields of a record, its draft, its preview, and the record that the answers make."""
