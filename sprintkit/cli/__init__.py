"""The command line: parser, the one printer, exit codes."""
