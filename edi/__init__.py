"""X12 as plain Python values: no Django, no clock, no database."""
