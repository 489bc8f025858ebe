"""Reading about patients: the search, and who may be the same person."""
