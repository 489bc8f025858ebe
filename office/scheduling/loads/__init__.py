"""Future appointments and recalls as the old system's tables have them."""
