"""The patients' screens."""
