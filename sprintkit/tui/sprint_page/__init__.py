"""The sprint page as blocks of lines, each computed from the sprint and the available width."""
