"""The pages: thin views that parse, call one service, render."""
