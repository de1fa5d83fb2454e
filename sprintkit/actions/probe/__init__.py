"""Measuring a data source, or the metric, on an extract."""
