"""The schedule's screens."""
