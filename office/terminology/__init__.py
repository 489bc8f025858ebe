"""Code systems with their effective dates. Never ships licensed texts."""
