"""Keeping the office running: back-ups, restore, the nightly drill, and what `./run doctor` finds."""
