"""The practice phone's page: be a customer, see what the shop answers."""
