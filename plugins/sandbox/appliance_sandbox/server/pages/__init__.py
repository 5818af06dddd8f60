"""The HTTP side: the Bot API itself, its files, and the control API."""
