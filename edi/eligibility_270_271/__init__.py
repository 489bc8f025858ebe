"""Is the patient covered, and for what: 270 005010X279A1 asked, 271 answered."""
