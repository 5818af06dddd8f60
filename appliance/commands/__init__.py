"""One module for each command of `appliance`, each with its `command`."""
