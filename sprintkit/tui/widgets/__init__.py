"""Parts of screens. Each knows one kind of data, and no file."""
