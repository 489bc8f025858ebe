"""Developer-only scripts. Nothing here runs in an office."""
