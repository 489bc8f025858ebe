"""The inbox's screens: what was prepared, and the channels."""
