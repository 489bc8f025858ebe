"""What the schedule decides from values alone."""
