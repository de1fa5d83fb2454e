"""Differences between two versions of a charter, described with the labels of its fields."""
