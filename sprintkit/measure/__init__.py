"""Measure an extract: the only package that opens one, and it does so in a process of its own."""
