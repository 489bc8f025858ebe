"""Checks that a biller can read, one file a SNIP level."""
