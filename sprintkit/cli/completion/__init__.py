"""Completion scripts for bash, zsh and fish, built from the declarations of commands."""
