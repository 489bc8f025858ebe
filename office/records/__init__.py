"""The chart: encounters and what was received about a patient. Never deletes."""
