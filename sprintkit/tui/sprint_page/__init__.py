"""The sprint page as blocks of lines: each block is a function of what is known and of the width there is."""
