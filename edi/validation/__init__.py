"""Whether a transaction is what its guide says: SNIP levels 1 to 5, one file a level (WEDI SNIP types of testing)."""
