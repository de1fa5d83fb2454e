"""Results kept in the user's cache folder so that commands are fast; deleting them loses nothing."""
