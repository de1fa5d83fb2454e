"""Rendering the documents of sprints to files."""
