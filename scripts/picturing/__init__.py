"""What `scripts/pictures` runs: a demo that is filled with a day's work, and a browser that looks at every page."""
