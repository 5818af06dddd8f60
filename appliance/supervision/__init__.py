"""Keeping `appliance web` and `appliance worker` running: the parts of `appliance.supervisor`.

Only the standard library: the supervisor stays small, and does not fail for the reason its children fail for.
"""
