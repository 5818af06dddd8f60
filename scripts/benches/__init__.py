"""Benches: real processes, ratios of what is measured in the same run, and a bar for each figure."""
