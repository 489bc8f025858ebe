"""Every change of the schedule."""
