"""An old system's export as careless as real ones are, of invented people."""
