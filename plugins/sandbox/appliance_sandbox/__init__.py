"""A local Bot API server and a practice phone for demo, training and tests."""
